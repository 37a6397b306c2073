"""The gateway before the real identity and procedures services, with an account signed in."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from redis.asyncio import Redis

from authority.profile import default_folder, load_profile
from chassis.caller import Person
from chassis.database import Database
from chassis.settings import read_settings
from gateway.app import build_app as build_gateway
from gateway.sessions import SessionStore
from gateway.settings import Settings as GatewaySettings
from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.identity.app import build_app as build_identity
from services.identity.assembly import Parts, open_parts
from services.identity.settings import Settings as IdentitySettings
from services.procedures.app import build_app as build_procedures
from services.procedures.catalogue.service import CatalogueService
from services.procedures.settings import Settings as ProceduresSettings
from tests.gateway.conftest import ABSOLUTE, IDLE, SESSION_KEY, SetClock
from tests.services.procedures.portal import Draft
from tests.services.procedures.portal import Portal as Procedures
from tests.support.environment import service_environment

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
MANON = Profile("manon.pagnol", "Manon Pagnol", "manon.pagnol@courriel.example")
KEPT = {"family_name": "Pagnol", "given_name": "Manon", "phone": "0466025555"}


@dataclass
class Browser:
    """A browser before the gateway, and what stands behind it."""

    client: TestClient  # type: ignore[type-arg]
    identity: Parts
    procedures: Procedures
    servers: Mapping[str, TestServer]
    sessions: SessionStore
    person: Person

    @property
    def account_id(self) -> UUID:
        return UUID(self.person.account_id)

    async def get(self, path: str) -> str:
        response = await self.client.get(path, allow_redirects=False)
        page = unescape(await response.text())
        assert response.status == 200, f"{response.status} {page}"
        return page

    async def post(self, path: str, page: str, **typed: str) -> ClientResponse:
        """Send the form that a page holds, with what is typed in it."""
        fields = {**dict(HIDDEN.findall(page)), **typed}
        return await self.client.post(path, data=fields, allow_redirects=False)

    async def sign_in(self, *roles: str) -> None:
        """Put the account in the browser's session, as the sign-in does."""
        session = self.sessions.new_session()
        content = {"account_id": self.person.account_id, "display_name": "Manon", "roles": roles}
        session.put("account", {**content, "identifier": MANON.identifier})
        await self.sessions.save_session(session)
        self.client.session.cookie_jar.clear()
        cookies = {"parvis": session.token}
        self.client.session.cookie_jar.update_cookies(cookies, self.client.make_url("/"))

    async def start(self, procedure: str = "carte-decheterie") -> Draft:
        """Begin a request of the account."""
        return await self.procedures.start(procedure, person=self.person)

    async def kept(self) -> dict[str, str]:
        """Return what the account keeps."""
        fields = await self.identity.core.profiles.read_profile(self.account_id)
        return {field.name: field.value for field in fields}


@pytest.fixture
async def browser(
    identity_database_url: str,
    procedures_database_url: str,
    redis_url: str,
    service_keys: Path,
    clock: SetClock,
    environment: str,
    redis: Redis,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Browser]:
    """Manon, signed in, her family name, given name and telephone kept."""
    servers: dict[str, TestServer] = {}
    async with AsyncExitStack() as stack:

        def variables(service: str, url: str) -> None:
            found = service_environment(
                service, service_keys, database_url=url, redis_url=redis_url
            )
            for name, value in found.items():
                monkeypatch.setenv(name, value)

        async def serve(name: str, application: web.Application) -> None:
            servers[name] = TestServer(application)
            await servers[name].start_server()
            stack.push_async_callback(servers[name].close)
            url = str(servers[name].make_url("")).rstrip("/")
            monkeypatch.setenv(f"PARVIS_{name.upper()}_URL", url)

        async def open_client(application: web.Application | TestServer) -> TestClient:  # type: ignore[type-arg]
            server = application if isinstance(application, TestServer) else TestServer(application)
            client = TestClient(server)
            await client.start_server()
            stack.push_async_callback(client.close)
            return client

        variables("identity", identity_database_url)
        identity_settings = read_settings(IdentitySettings.read)
        parts = await stack.enter_async_context(open_parts(identity_settings, clock))
        await serve("identity", build_identity(identity_settings, clock))
        variables("procedures", procedures_database_url)
        database = await Database.open(procedures_database_url, size=1)
        stack.push_async_callback(database.close)
        catalogue = CatalogueService(database, load_profile(default_folder()), clock)
        await catalogue.load_definitions(default_folder())
        await serve("procedures", build_procedures(read_settings(ProceduresSettings.read), clock))
        monkeypatch.setenv("PARVIS_PRIVATE_KEY_FILE", str(service_keys / "gateway.pem"))
        client = await open_client(build_gateway(read_settings(GatewaySettings.read), clock))
        direct = await open_client(servers["procedures"])
        sessions = SessionStore(
            redis, SESSION_KEY, clock, idle_seconds=IDLE, absolute_seconds=ABSOLUTE
        )
        async with parts.database.transaction() as connection:
            account = await parts.accounts.open_account(connection, NewAccount(MANON))
        await parts.core.profiles.update_profile(account.id, KEPT)
        procedures = Procedures(direct, clock, service_keys)  # type: ignore[arg-type]
        person = Person(str(account.id))
        opened = Browser(client, parts, procedures, servers, sessions, person)
        await opened.sign_in()
        yield opened
