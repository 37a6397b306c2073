"""The trail of sign-ins."""

import os
import subprocess
import sys
from uuid import UUID

import pytest

from chassis.audit import verify_audit
from services.identity.assembly import Parts
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway
from tests.support.environment import REPOSITORY

TAMPER = """
ALTER TABLE audit_entries DISABLE TRIGGER audit_is_append_only;
UPDATE audit_entries SET action = 'signed-in' WHERE position = 1;
"""


@pytest.mark.promise("DAT-05", "SEC-01")
async def test_it_keeps_sign_ins_by_account_without_personal_data(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    assert (await gateway.sign_in(CAMILLE.identifier, "wrong")).status == 401
    assert (await gateway.sign_in("nobody", "wrong")).status == 401
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200
    await gateway.client.close()  # what was still to be written is
    async with parts.database.connection() as connection:
        rows = await connection.fetch("SELECT * FROM audit_entries ORDER BY position")
        report = await verify_audit(connection)
    found = {(row["action"], row["subject"], row["detail"].get("reason")) for row in rows}
    assert found == {
        ("sign-in-refused", f"account:{camille}", "password"),
        ("signed-in", f"account:{camille}", None),
    }
    assert (report.entries, report.faults) == (2, [])


async def test_a_command_tells_where_the_trail_was_altered(
    gateway: Gateway, parts: Parts, camille: UUID, identity_environment: dict[str, str]
) -> None:
    assert (await gateway.sign_in(CAMILLE.identifier, "wrong")).status == 401
    await gateway.client.close()
    before = verify(identity_environment)
    assert before.returncode == 0, before.stderr
    assert before.stdout.startswith("entries 1\nhead ")
    async with parts.database.connection() as connection:
        await connection.execute(TAMPER)
    after = verify(identity_environment)
    assert after.returncode == 1
    assert "fault at 1: content was altered" in after.stdout


def verify(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.identity", "verify-audit"],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
