"""The identity service on a database of its own, and a gateway that calls it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from chassis.caller import CallerSigner, Person, load_private_key
from chassis.clock import Clock
from chassis.settings import read_settings
from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.identity.app import build_app
from services.identity.assembly import Parts, open_parts
from services.identity.settings import Settings
from tests.support.environment import service_environment

PASSWORD = "Le pont du Gard, 3 étages"
CAMILLE = Profile("Camille.Durand", "Camille Durand-Ümlaut", "camille@courriel.example")


class SetClock(Clock):
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


@dataclass
class Gateway:
    """Calls the service as the gateway does, for browsers at the addresses given."""

    client: TestClient  # type: ignore[type-arg]
    clock: Clock
    keys: Path

    def token(self, person: Person | None = None, service: str = "gateway") -> str:
        key = load_private_key(self.keys / f"{service}.pem")
        return f"Bearer {CallerSigner(service, key, self.clock).token('identity', person)}"

    async def sign_in(
        self, identifier: str, password: str, address: str = "192.0.2.1", service: str = "gateway"
    ) -> ClientResponse:
        return await self.client.post(
            "/sign-ins",
            json={"identifier": identifier, "password": password},
            headers={"Authorization": self.token(service=service), "Client-Address": address},
        )

    async def read_account(self, account_id: object, person: Person | None) -> ClientResponse:
        return await self.client.get(
            f"/accounts/{account_id}", headers={"Authorization": self.token(person)}
        )


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def identity_environment(
    identity_database_url: str, redis_url: str, service_keys: Path
) -> dict[str, str]:
    """The least costly hash that the settings allow: the tests are not about its strength."""
    return service_environment(
        "identity",
        service_keys,
        database_url=identity_database_url,
        redis_url=redis_url,
        PARVIS_ARGON2_MEMORY_KIB="19456",
        PARVIS_ARGON2_ITERATIONS="2",
    )


@pytest.fixture
def settings(identity_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in identity_environment.items():
        monkeypatch.setenv(name, value)
    return read_settings(Settings.read)


@pytest.fixture
async def parts(settings: Settings, clock: SetClock) -> AsyncIterator[Parts]:
    async with open_parts(settings, clock) as opened:
        yield opened


@pytest.fixture
async def camille(parts: Parts) -> UUID:
    """An account with the password PASSWORD."""
    async with parts.database.transaction() as connection:
        account = await parts.accounts.open_account(connection, NewAccount(CAMILLE))
        await parts.passwords.set_password(connection, account.id, PASSWORD)
    return account.id


@pytest.fixture
async def gateway(
    settings: Settings, clock: SetClock, service_keys: Path, aiohttp_client: AiohttpClient
) -> Gateway:
    return Gateway(await aiohttp_client(build_app(settings, clock)), clock, service_keys)
