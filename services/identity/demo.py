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

PASSWORD_CHARACTERS = 16


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can try the portal."""

    profile: Profile
    description: str


PEOPLE: Sequence[DemoPerson] = (
    DemoPerson(
        Profile("camille.durand", "Camille Durand", "camille.durand@parvis.example"),
        "Camille Durand, resident",
    ),
    DemoPerson(
        Profile("samir.benali", "Samir Benali", "samir.benali@parvis.example"),
        "Samir Benali, resident",
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
    parts: Parts, connection: Connection, person: DemoPerson, written: Mapping[str, str]
) -> Mapping[str, str]:
    profile = person.profile
    password = written.get(profile.identifier, "")
    right, found = await parts.passwords.check_password(profile.identifier, password)
    if not right:
        password = new_password()
        account_id = found.account_id if found else None
        if account_id is None:
            account_id = (await parts.accounts.open_account(connection, NewAccount(profile))).id
        await parts.passwords.set_password(connection, account_id, password)
    return {
        "identifier": profile.identifier,
        "password": password,
        "description": person.description,
    }


def new_password() -> str:
    """Return a strong password: 16 characters of 64, drawn again until all four types are there."""
    ids = IdSource()
    while not is_strong(password := ids.new_secret()[:PASSWORD_CHARACTERS]):
        pass
    return password


def _read(file: Path) -> dict[str, str]:
    try:
        return {one["identifier"]: one["password"] for one in json.loads(file.read_text())}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _write(file: Path, sign_ins: Sequence[Mapping[str, str]]) -> None:
    """Replace the file in one step; only its owner may read it."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(sign_ins, indent=2, ensure_ascii=False))
    unfinished.replace(file)
