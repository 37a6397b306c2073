"""Changing the master key: resumable, with both keys accepted meanwhile."""

import asyncio
import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from dataclasses import replace
from uuid import UUID

import pytest

from chassis.keyring import SealBroken
from services.identity.assembly import open_parts
from services.identity.keys.service import KeyService
from services.identity.settings import Settings
from tests.services.identity.conftest import CAMILLE, SetClock
from tests.support.environment import REPOSITORY

NEW = bytes(range(32))


@pytest.mark.promise("DAT-05")
async def test_every_key_is_wrapped_anew_and_everything_is_still_found(
    settings: Settings,
    clock: SetClock,
    camille: UUID,
    identity_environment: dict[str, str],
) -> None:
    both = replace(settings, master_key=NEW, former_master_key=settings.master_key)
    async with open_parts(both, clock) as parts:
        assert (await parts.accounts.read_account(camille)).profile == CAMILLE
    environment = identity_environment | {
        "PARVIS_MASTER_KEY": urlsafe_b64encode(NEW).decode(),
        "PARVIS_FORMER_MASTER_KEY": urlsafe_b64encode(settings.master_key).decode(),
    }
    first = await asyncio.to_thread(rotate, environment)
    assert "3 keys wrapped anew" in first.stdout, first.stderr
    again = await asyncio.to_thread(rotate, environment)
    assert "0 keys wrapped anew" in again.stdout
    alone = replace(settings, master_key=NEW)
    async with open_parts(alone, clock) as parts, parts.database.connection() as connection:
        found = await parts.accounts.find_by_identifier(connection, CAMILLE.identifier)
        assert found is not None
        assert (found.id, found.profile) == (camille, CAMILLE)
    with pytest.raises(SealBroken):
        async with open_parts(settings, clock):
            pass


async def test_a_rotation_that_was_interrupted_goes_on(
    settings: Settings, clock: SetClock, camille: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = replace(settings, master_key=NEW, former_master_key=settings.master_key)
    async with open_parts(both, clock) as parts:
        service = KeyService(parts.database, parts.base.keyring)
        with monkeypatch.context() as patched:
            patched.setattr(KeyService, "_rotate_batch", interrupted)
            with pytest.raises(ConnectionError):
                await service.rotate(parts.base.seal)
        assert (await parts.accounts.read_account(camille)).profile == CAMILLE
        assert await service.rotate(parts.base.seal) == 1


async def interrupted(*_: object) -> None:
    raise ConnectionError


def rotate(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.identity", "rotate-master-key"],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
