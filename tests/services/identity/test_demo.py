"""Demo accounts: only on a local stack, with passwords of their own."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pyotp
import pytest

from services.identity.assembly import Parts
from services.identity.credentials.model import is_strong
from services.identity.demo import PEOPLE, new_password, seed_demo
from tests.services.identity.conftest import Gateway
from tests.support.environment import REPOSITORY


def read(file: Path) -> dict[str, str]:
    return {one["identifier"]: one["password"] for one in json.loads(file.read_text())}


async def count_accounts(parts: Parts) -> int:
    async with parts.database.connection() as connection:
        return int(await connection.fetchval("SELECT count(*) FROM accounts"))


async def test_a_second_seed_changes_nothing(
    parts: Parts, gateway: Gateway, tmp_path: Path
) -> None:
    file = tmp_path / "demo.json"
    await asyncio.gather(*(seed_demo(parts, file) for _ in range(3)))
    first = file.read_text()
    await seed_demo(parts, file)
    assert file.read_text() == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert await count_accounts(parts) == len(PEOPLE)
    passwords = read(file)
    assert {"camille.durand", "aline.agent", "adele.systeme"} <= set(passwords)
    for identifier, password in passwords.items():
        assert is_strong(password)
        assert (await gateway.sign_in(identifier, password)).status == 200


@pytest.mark.parametrize("damage", ["", "[]", '[{"identifier": "camille.durand"}]', "{"])
async def test_a_lost_file_gives_new_passwords(
    parts: Parts, gateway: Gateway, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "demo.json"
    await seed_demo(parts, file)
    before = read(file)
    file.write_text(damage)
    await seed_demo(parts, file)
    after = read(file)
    assert await count_accounts(parts) == len(PEOPLE)
    for identifier in before:
        assert after[identifier] != before[identifier]
        assert (await gateway.sign_in(identifier, before[identifier])).status == 401
        assert (await gateway.sign_in(identifier, after[identifier])).status == 200


def test_passwords_are_strong_and_differ() -> None:
    passwords = {new_password() for _ in range(200)}
    assert len(passwords) == 200
    assert all(is_strong(password) and len(password) == 16 for password in passwords)


@pytest.mark.promise("SEC-01")
def test_it_refuses_demo_accounts_in_production(
    identity_environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "demo.json"
    done = seed(
        identity_environment,
        PARVIS_ENVIRONMENT="production",
        PARVIS_DEMO_SIGN_INS_FILE=str(file),
    )
    assert done.returncode == 2
    assert "PARVIS_DEMO_SIGN_INS_FILE: demo accounts exist only where" in done.stderr
    assert not file.exists()


def test_it_makes_no_account_unless_asked(identity_environment: dict[str, str]) -> None:
    done = seed(identity_environment, PARVIS_ENVIRONMENT="production")
    assert done.returncode == 0, done.stderr
    assert "no demo account" in done.stdout


def test_it_tells_every_faulty_setting(identity_environment: dict[str, str]) -> None:
    done = seed(
        identity_environment,
        PARVIS_MASTER_KEY="c2hvcnQ",
        PARVIS_ARGON2_MEMORY_KIB="1024",
        PARVIS_ENVIRONMENT="elsewhere",
    )
    assert done.returncode == 2
    for name in ("PARVIS_MASTER_KEY", "PARVIS_ARGON2_MEMORY_KIB", "PARVIS_ENVIRONMENT"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def seed(environment: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.identity", "seed"],
        cwd=REPOSITORY,
        env=os.environ | environment | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.promise("ACC-11")
async def test_staff_of_the_demo_sign_in_with_their_second_step(
    parts: Parts, gateway: Gateway, tmp_path: Path
) -> None:
    file = tmp_path / "demo.json"
    await seed_demo(parts, file)
    staff = next(one for one in json.loads(file.read_text()) if one["identifier"] == "sophie.chef")
    first = await (await gateway.sign_in(staff["identifier"], staff["password"])).json()
    code = pyotp.TOTP(staff["totp_secret"]).at(gateway.clock.now())
    body = {"token": first["second_step"]["token"], "kind": "totp", "code": code}
    status, answer = await gateway.call("POST", "/sign-ins/second-step", body)
    assert (status, ", ".join(answer["roles"])) == (200, staff["roles"])
    assert {"agent", "supervisor"} <= set(answer["roles"])
