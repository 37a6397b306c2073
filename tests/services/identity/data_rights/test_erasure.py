"""Erasing an account: at once, later, for want of use; and what a backup gives back."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from chassis.caller import Person
from services.identity.accounts.model import AccountNotFound
from services.identity.assembly import Parts, open_parts
from services.identity.settings import Settings
from tests.services.identity.conftest import (
    CAMILLE,
    PASSWORD,
    Gateway,
    Post,
    SetClock,
    staff_member,
    state_of,
    step_up,
)
from tests.support.environment import REPOSITORY

PROFILE = {"family_name": "Quimbert-Marqueur", "city": "Nîmes"}


async def erase(gateway: Gateway, person: Person, when: str = "now") -> tuple[int, object]:
    body = {"when": when, "step_up": await step_up(gateway, person)}
    return await gateway.call("POST", f"/accounts/{person.account_id}/erasure", body, person)


@pytest.mark.promise("DAT-03", "ACC-02")
async def test_erasing_is_immediate_and_the_identifier_is_never_given_again(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    person = Person(str(camille))
    path = f"/accounts/{camille}"
    await gateway.call("PATCH", f"{path}/profile", {"fields": PROFILE}, person)
    await gateway.call("PUT", f"{path}/favourites/carte-dechetterie", None, person)
    assert await erase(gateway, person) == (200, {"erasure_due_at": None})
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 401
    for place in ("", "/profile", "/favourites", "/events", "/factors"):
        assert (await gateway.call("GET", path + place, None, person))[0] == 404
    async with parts.database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM accounts")
        assert (row["wrapped_key"], row["profile"], row["email_digest"]) == (None, None, None)
        for table in ("credentials", "profile_fields", "favourites", "proofs"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0
    [mail] = [mail for mail in await post.run() if mail.to == CAMILLE.email]
    assert "effacé" in mail.subject
    body = {
        "identifier": CAMILLE.identifier,
        "password": PASSWORD,
        "email": "autre@courriel.example",
        "key": "a-key-of-the-form-1234",
    }
    status, problem = await gateway.call("POST", "/registrations", body)
    assert (status, problem["code"]) == (409, "identifier-taken")


@pytest.mark.promise("DAT-03")
async def test_a_restored_backup_does_not_give_the_person_back(
    gateway: Gateway,
    parts: Parts,
    camille: UUID,
    post: Post,
    settings: Settings,
    clock: SetClock,
    identity_environment: dict[str, str],
    servers: object,
) -> None:
    person = Person(str(camille))
    await gateway.call("PATCH", f"/accounts/{camille}/profile", {"fields": PROFILE}, person)
    url = settings.database_url
    name = url.rpartition("/")[2]
    await gateway.client.close()
    admin = await asyncpg.connect(servers.database_url("postgres"))  # type: ignore[attr-defined]
    await parts.database.close()
    backup = f"{name}_backup"
    await admin.execute(f"CREATE DATABASE {backup} OWNER parvis_identity TEMPLATE {name}")
    try:
        async with open_parts(settings, clock) as live:
            await erase_directly(live, camille)
        restored = {**identity_environment, "PARVIS_DATABASE_URL": f"{url}_backup"}
        opened = Settings(**{**vars(settings), "database_url": f"{url}_backup"})
        async with open_parts(opened, clock) as before:
            profile = await before.core.profiles.read_profile(camille)
            assert profile[0].value == "Quimbert-Marqueur"
        done = await asyncio.to_thread(run_command, "replay-erasures", restored)
        assert done.returncode == 0, done.stderr
        assert "1 accounts erased again" in done.stdout
        async with open_parts(opened, clock) as after:
            with pytest.raises(AccountNotFound):
                await after.core.profiles.read_profile(camille)
            assert await state_of(after, camille) == "erased"
            async with after.database.connection() as connection:
                assert await connection.fetchval("SELECT count(*) FROM profile_fields") == 0
            assert await after.erasures.replay() == 0
    finally:
        await admin.execute(f"DROP DATABASE {backup} WITH (FORCE)")
        await admin.close()


async def erase_directly(parts: Parts, account_id: UUID) -> None:
    from services.identity.erasures.model import Reason

    async with parts.database.transaction() as connection:
        account = await parts.accounts.lock_account(connection, account_id)
        await parts.erasures.erase(connection, account, Reason.OWNER)
    await Post(parts).run()


def run_command(name: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.identity", name],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.promise("DAT-03")
async def test_a_change_of_mind_keeps_the_account(
    gateway: Gateway, parts: Parts, camille: UUID, clock: SetClock
) -> None:
    person = Person(str(camille))
    status, planned = await erase(gateway, person, "later")
    due = (clock.instant + timedelta(days=14)).isoformat()
    assert (status, planned) == (200, {"erasure_due_at": due})
    assert (await gateway.call("DELETE", f"/accounts/{camille}/erasure", None, person))[0] == 204
    clock.instant += timedelta(days=15)
    await parts.erasures.expire()
    assert await state_of(parts, camille) == "active"
    await erase(gateway, person, "later")
    clock.instant += timedelta(days=13, hours=23)
    await parts.erasures.expire()
    assert await state_of(parts, camille) == "active"
    clock.instant += timedelta(hours=1)
    assert (await parts.erasures.expire())["planned"] == 1
    assert await state_of(parts, camille) == "erased"


@pytest.mark.promise("DAT-06")
async def test_an_unused_account_is_warned_then_erased(
    gateway: Gateway, parts: Parts, camille: UUID, clock: SetClock, post: Post
) -> None:
    staff = await staff_member(parts, "agnes", "agent")
    start = clock.instant
    clock.instant = start + timedelta(days=699)
    assert (await parts.erasures.expire())["warned"] == 0
    clock.instant = start + timedelta(days=702)
    assert (await parts.erasures.expire())["warned"] == 1
    [mail] = await post.run()
    assert (mail.to, "/connexion" in mail.text) == (CAMILLE.email, True)
    clock.instant = start + timedelta(days=731)
    assert (await parts.erasures.expire()) == {
        "unconfirmed": 0,
        "planned": 0,
        "unused": 0,
        "warned": 0,
    }
    clock.instant = start + timedelta(days=733)
    assert (await parts.erasures.expire())["unused"] == 1
    assert await state_of(parts, camille) == "erased"
    assert await state_of(parts, staff.account_id) == "active"


@pytest.mark.promise("DAT-06")
async def test_a_sign_in_keeps_an_account_that_was_warned(
    gateway: Gateway, parts: Parts, camille: UUID, clock: SetClock
) -> None:
    clock.instant += timedelta(days=710)
    assert (await parts.erasures.expire())["warned"] == 1
    clock.instant += timedelta(days=29)
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200
    clock.instant += timedelta(days=2)
    assert (await parts.erasures.expire())["unused"] == 0
    assert await state_of(parts, camille) == "active"


async def test_a_member_of_staff_is_first_relieved_of_the_role(
    gateway: Gateway, parts: Parts
) -> None:
    staff = await staff_member(parts, "agnes", "agent")
    status, problem = await erase(gateway, staff)
    assert (status, problem["code"]) == (409, "staff-account-kept")  # type: ignore[index]
