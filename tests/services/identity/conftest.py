"""The identity service on a database of its own, and a gateway that calls it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from json import loads
from pathlib import Path
from re import search
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from chassis.caller import CallerSigner, Person, load_private_key
from chassis.clock import Clock
from chassis.http_client import ServiceUnavailable
from chassis.mailer import Mail
from chassis.settings import read_settings
from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.identity.app import build_app
from services.identity.assembly import Parts, open_parts
from services.identity.settings import Settings
from services.identity.worker import job_handlers
from tests.support.environment import NOWHERE, service_environment

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

    async def call(
        self,
        method: str,
        path: str,
        json: Any = None,
        person: Person | None = None,
        *,
        service: str = "gateway",
    ) -> tuple[int, Any]:
        """Return the status and the JSON of an answer; None when it has none."""
        headers = {"Authorization": self.token(person, service), "Client-Address": "192.0.2.1"}
        response = await self.client.request(method, path, json=json, headers=headers)
        body = await response.read()
        return response.status, loads(body) if body and b"{" in body[:1] else None

    async def read_account(self, account_id: object, person: Person | None) -> ClientResponse:
        return await self.client.get(
            f"/accounts/{account_id}", headers={"Authorization": self.token(person)}
        )


class Post:
    """Runs the jobs that wait, as the worker does, and keeps the mails that leave."""

    def __init__(self, parts: Parts) -> None:
        self.sent: list[Mail] = []
        self.left: list[str] = []
        self._parts = parts
        self._handlers = job_handlers(parts, self)  # type: ignore[arg-type]

    async def send(self, mail: Mail) -> None:
        self.sent.append(mail)

    async def run(self) -> list[Mail]:
        """Run every job until none waits; return the mails that left now.

        `left` names those that another service's absence makes the worker try again later.
        """
        before = len(self.sent)
        while job := await self._next():
            try:
                await self._handlers[job["entrypoint"]](loads(job["payload"]))
            except ServiceUnavailable:
                self.left.append(job["entrypoint"])
        return self.sent[before:]

    async def _next(self) -> Any:
        async with self._parts.database.connection() as connection:
            return await connection.fetchrow(
                "DELETE FROM pgqueuer WHERE id = (SELECT min(id) FROM pgqueuer)"
                " RETURNING entrypoint, payload"
            )


def secret_in(mail: Mail, path: str) -> str:
    """Return the secret of the link to `path` in a mail."""
    found = search(rf"{path}\?lien=([\w-]+)", mail.text)
    assert found is not None, mail.text
    return found[1]


@pytest.fixture
def post(parts: Parts) -> Post:
    return Post(parts)


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
        PARVIS_PROCEDURES_URL=f"http://{NOWHERE}",
        PARVIS_LEGAL_URL=f"http://{NOWHERE}",
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


async def staff_member(parts: Parts, name: str, *roles: str) -> Person:
    """Return a member of staff, signed in with their roles."""
    async with parts.database.transaction() as connection:
        profile = Profile(name, name.title(), f"{name}@mairie.example")
        account = await parts.accounts.open_account(connection, NewAccount(profile, roles))
        await parts.passwords.set_password(connection, account.id, PASSWORD)
    return Person(str(account.id), roles)


async def step_up(gateway: Gateway, person: Person) -> str:
    """Return a token for one sensitive change."""
    path = f"/accounts/{person.account_id}/step-ups"
    status, answer = await gateway.call("POST", path, {"password": PASSWORD}, person)
    assert status == 200, answer
    return str(answer["step_up"])


async def state_of(parts: Parts, account_id: object) -> str:
    """Return an account's state."""
    async with parts.database.connection() as connection:
        state = await connection.fetchval(
            "SELECT state FROM accounts WHERE id = $1", UUID(str(account_id))
        )
    return str(state)
