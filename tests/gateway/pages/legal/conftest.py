"""The gateway before the real legal and procedures services, all on one clock."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from redis.asyncio import Redis

from authority.profile import default_folder, load_profile
from chassis.database import Database
from chassis.settings import read_settings
from gateway.app import build_app as build_gateway
from gateway.sessions import SessionStore
from gateway.settings import Settings as GatewaySettings
from services.legal import app as legal
from services.legal.settings import Settings as LegalSettings
from services.procedures.app import build_app as build_procedures
from services.procedures.catalogue.service import CatalogueService
from services.procedures.settings import Settings as ProceduresSettings
from tests.gateway.conftest import ABSOLUTE, IDLE, SESSION_KEY, SetClock
from tests.support.environment import service_environment

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Portal:
    """A browser before the gateway, and what stands behind it."""

    client: TestClient  # type: ignore[type-arg]
    clock: SetClock
    legal: legal.Parts
    servers: dict[str, TestServer]
    sessions: SessionStore

    async def get(self, path: str) -> tuple[ClientResponse, str]:
        response = await self.client.get(path, allow_redirects=False)
        return response, await response.text()

    async def post(self, path: str, page: str, **typed: str) -> tuple[ClientResponse, str]:
        """Send the form that a page holds, with what is typed in it."""
        fields = {**dict(HIDDEN.findall(page)), **typed}
        response = await self.client.post(path, data=fields, allow_redirects=False)
        return response, await response.text()

    async def sign_in(self, *roles: str) -> str:
        """Put an account in the browser's session, as the sign-in does; return its id."""
        account = str(uuid4())
        session = self.sessions.new_session()
        content = {"account_id": account, "identifier": "c", "display_name": "C", "roles": roles}
        session.put("account", content)
        await self.sessions.save_session(session)
        self.client.session.cookie_jar.clear()
        self.client.session.cookie_jar.update_cookies(
            {"parvis": session.token}, self.client.make_url("/")
        )
        return account


def location(response: ClientResponse) -> str:
    parts = urlsplit(response.headers["Location"])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture
async def portal(
    legal_database_url: str,
    procedures_database_url: str,
    redis_url: str,
    service_keys: Path,
    clock: SetClock,
    environment: str,
    redis: Redis,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Portal]:
    def variables(service: str, url: str) -> None:
        found = service_environment(service, service_keys, database_url=url, redis_url=redis_url)
        for name, value in found.items():
            monkeypatch.setenv(name, value)

    servers: dict[str, TestServer] = {}
    async with AsyncExitStack() as stack:

        async def serve(name: str, application: web.Application) -> None:
            server = TestServer(application)
            await server.start_server()
            stack.push_async_callback(server.close)
            servers[name] = server
            monkeypatch.setenv(f"PARVIS_{name.upper()}_URL", str(server.make_url("")).rstrip("/"))

        variables("legal", legal_database_url)
        settings = read_settings(LegalSettings.read)
        parts = await stack.enter_async_context(legal.open_parts(settings, clock))
        await serve("legal", legal.build_app(settings, clock))
        variables("procedures", procedures_database_url)
        database = await Database.open(procedures_database_url, size=1)
        stack.push_async_callback(database.close)
        catalogue = CatalogueService(database, load_profile(default_folder()), clock)
        await catalogue.load_definitions(default_folder())
        await serve("procedures", build_procedures(read_settings(ProceduresSettings.read), clock))
        monkeypatch.setenv("PARVIS_PRIVATE_KEY_FILE", str(service_keys / "gateway.pem"))
        gateway = build_gateway(read_settings(GatewaySettings.read), clock)
        client = TestClient(TestServer(gateway))
        await client.start_server()
        stack.push_async_callback(client.close)
        sessions = SessionStore(
            redis, SESSION_KEY, clock, idle_seconds=IDLE, absolute_seconds=ABSOLUTE
        )
        yield Portal(client, clock, parts, servers, sessions)


def texts(page: str) -> str:
    """The words of a page, one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
