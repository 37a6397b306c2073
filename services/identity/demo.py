"""Demo accounts of a local stack: their passwords are made by chance and told to its owner only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chassis.clock import IdSource
from chassis.database import Connection
from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.identity.assembly import Parts
from services.identity.credentials.model import is_strong
from services.identity.second_factors.totp import new_seed

PASSWORD_CHARACTERS = 16


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can try the portal."""

    profile: Profile
    description: str
    roles: Sequence[str] = ()


PEOPLE: Sequence[DemoPerson] = (
    DemoPerson(
        Profile("camille.durand", "Camille Durand", "camille.durand@parvis.example"),
        "Camille Durand, resident",
    ),
    DemoPerson(
        Profile("samir.benali", "Samir Benali", "samir.benali@parvis.example"),
        "Samir Benali, resident",
    ),
    DemoPerson(
        Profile("aline.agent", "Aline Morel", "aline.morel@parvis.example"),
        "Aline Morel, agent of the waste and road services",
        ("agent", "agent:dechets", "agent:voirie"),
    ),
    DemoPerson(
        Profile("sophie.chef", "Sophie Garnier", "sophie.garnier@parvis.example"),
        "Sophie Garnier, supervisor of the waste service",
        ("agent", "supervisor", "agent:dechets", "supervisor:dechets"),
    ),
    DemoPerson(
        Profile("edith.textes", "Édith Roux", "edith.roux@parvis.example"),
        "Édith Roux, editor of the legal texts",
        ("editor",),
    ),
    DemoPerson(
        Profile("paul.textes", "Paul Vidal", "paul.vidal@parvis.example"),
        "Paul Vidal, second editor and publisher",
        ("editor", "publisher"),
    ),
    DemoPerson(
        Profile("delphine.donnees", "Delphine Caron", "delphine.caron@parvis.example"),
        "Delphine Caron, data protection officer",
        ("dpo",),
    ),
    DemoPerson(
        Profile("rachel.regie", "Rachel Imbert", "rachel.imbert@parvis.example"),
        "Rachel Imbert, cash officer of every régie",
        ("cash_officer",),
    ),
    DemoPerson(
        Profile("adele.systeme", "Adèle Fabre", "adele.fabre@parvis.example"),
        "Adèle Fabre, administrator",
        ("administrator", "supervisor"),
    ),
)


async def seed_demo(parts: Parts, file: Path) -> int:
    """Make the demo accounts that are missing and write everybody's password; return how many.

    An account whose password is no longer in the file, or not the one in it, gets a new one.
    """
    written = _read(file)
    async with parts.database.transaction() as connection:
        await parts.accounts.lock_seed(connection)
        sign_ins = [await _seed_person(parts, connection, person, written) for person in PEOPLE]
        # before the commit: should that fail, the next seed sees that the passwords differ
        _write(file, sign_ins)
    return len(sign_ins)


async def _seed_person(
    parts: Parts,
    connection: Connection,
    person: DemoPerson,
    written: Mapping[str, Mapping[str, str]],
) -> Mapping[str, str]:
    profile = person.profile
    before = written.get(profile.identifier, {})
    password = before.get("password", "")
    right, found = await parts.passwords.check_password(profile.identifier, password)
    account_id = found.account_id if found else None
    if account_id is None:
        new = NewAccount(profile, person.roles)
        account_id = (await parts.accounts.open_account(connection, new)).id
    if not right:
        password = new_password()
        await parts.passwords.set_password(connection, account_id, password)
    sign_in = {
        "identifier": profile.identifier,
        "password": password,
        "description": person.description,
    }
    if not person.roles:
        return sign_in
    await parts.accounts.change_roles(connection, account_id, person.roles)
    seed = before.get("totp_secret", "") if right else ""
    if not seed:
        seed = new_seed()
        await parts.factors.add_seed(connection, account_id, seed)
    return {**sign_in, "roles": ", ".join(person.roles), "totp_secret": seed}


def new_password() -> str:
    """Return a strong password: 16 characters of 64, drawn again until all four types are there."""
    ids = IdSource()
    while not is_strong(password := ids.new_secret()[:PASSWORD_CHARACTERS]):
        pass
    return password


def _read(file: Path) -> dict[str, dict[str, str]]:
    """Return what is written of each person; nothing when the file is missing or broken."""
    try:
        return {one["identifier"]: one | {"password": one["password"]} for one in _people(file)}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _people(file: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(file.read_text())
    return found


def _write(file: Path, sign_ins: Sequence[Mapping[str, str]]) -> None:
    """Replace the file in one step; only its owner may read it."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(sign_ins, indent=2, ensure_ascii=False))
    unfinished.replace(file)
