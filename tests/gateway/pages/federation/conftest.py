"""The gateway before the real identity and legal services, and both identity providers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from authority.profile import default_folder
from chassis.settings import read_settings
from deploy.local.ports import free_ports
from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.franceconnect.app import Provider
from deploy.simulators.franceconnect.app import build_app as build_provider
from deploy.simulators.franceconnect.faults import Fault
from deploy.simulators.franceconnect.model import Client
from gateway.app import build_app as build_gateway
from gateway.settings import Settings as GatewaySettings
from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.identity.app import build_app as build_identity
from services.identity.assembly import Parts, open_parts
from services.identity.settings import Settings as IdentitySettings
from services.legal import app as legal
from services.legal.documents.authority_texts import load_versions
from services.legal.settings import Settings as LegalSettings
from tests.gateway.conftest import SetClock
from tests.journeys.plain_visitor import PlainVisitor
from tests.support.environment import service_environment
from tests.support.plain_browser import PlainBrowser

PASSWORD = "Le pont du Gard, 3 étages"
MANON = Profile("manon.pagnol", "Manon Pagnol", "manon@courriel.example")
SECRET = "a secret of the portal and of nobody else"
BUTTON = "S’identifier avec FranceConnect"
Serve = Callable[[str, web.Application, int], Awaitable[None]]


@dataclass
class Portal:
    """A newcomer before the gateway, and what stands behind it."""

    url: str
    visitor: PlainVisitor
    identity: Parts
    provider: Provider
    servers: dict[str, TestServer]
    clock: SetClock

    async def come(self, person: str = "angela", fault: str = "", back: str = "") -> None:
        """Sign in with FranceConnect: the button, the person, and back."""
        if fault:
            self.provider.faults.planned.append(Fault(fault))
        await self.visitor.open(back or "/connexion")
        await self.visitor.follow(BUTTON)
        await self.choose(person)

    async def choose(self, person: str) -> None:
        """Choose who one is on the provider's page."""
        await self.visitor.tick(f"person-{person}")
        await self.visitor.press("Continuer vers le site")

    async def prove(self, identifier: str = MANON.identifier, password: str = PASSWORD) -> None:
        """Link the account whose password is typed."""
        typed = {"champ-password": password}
        if identifier:
            typed["champ-identifier"] = identifier
        await self.visitor.fill(typed)
        await self.visitor.press("Lier mon compte")

    async def open_account(self, profile: Profile = MANON, *roles: str) -> UUID:
        """Open an account with the password PASSWORD."""
        async with self.identity.database.transaction() as connection:
            new = NewAccount(profile, roles)
            account = await self.identity.accounts.open_account(connection, new)
            await self.identity.passwords.set_password(connection, account.id, PASSWORD)
        return account.id

    @property
    def text(self) -> str:
        return self.visitor.page.text

    @property
    def path(self) -> str:
        return URL(self.visitor.page.url).path


@pytest.fixture
async def serve(
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[Serve, dict[str, TestServer]]]:
    servers: dict[str, TestServer] = {}
    async with AsyncExitStack() as stack:

        async def start(name: str, application: web.Application, port: int = 0) -> None:
            server = TestServer(application, host="127.0.0.1", port=port or None)
            await server.start_server()
            stack.push_async_callback(server.close)
            servers[name] = server
            monkeypatch.setenv(f"PARVIS_{name.upper()}_URL", str(server.make_url("")).rstrip("/"))

        yield start, servers


@pytest.fixture
async def portal(
    serve: tuple[Serve, dict[str, TestServer]],
    identity_database_url: str,
    legal_database_url: str,
    redis_url: str,
    service_keys: Path,
    clock: SetClock,
    environment: str,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Portal]:
    start, servers = serve
    port, provider_port = free_ports(2)
    url = f"http://127.0.0.1:{port}"

    def variables(service: str, database_url: str) -> None:
        found = service_environment(
            service, service_keys, database_url=database_url, redis_url=redis_url
        )
        for name, value in {**found, "PARVIS_PUBLIC_URL": url}.items():
            monkeypatch.setenv(name, value)

    async with AsyncExitStack() as stack:
        variables("legal", legal_database_url)
        settings = read_settings(LegalSettings.read)
        texts = await stack.enter_async_context(legal.open_parts(settings, clock))
        await texts.publications.publish_versions(load_versions(default_folder()))
        await start("legal", legal.build_app(settings, clock), 0)
        monkeypatch.setenv("PARVIS_ARGON2_MEMORY_KIB", "19456")
        monkeypatch.setenv("PARVIS_ARGON2_ITERATIONS", "2")
        variables("identity", identity_database_url)
        identity = read_settings(IdentitySettings.read)
        parts = await stack.enter_async_context(open_parts(identity, clock))
        await start("identity", build_identity(identity, clock), 0)
        provider = Provider.new(clients(url), MovableClock(clock.instant))
        await start("provider", build_provider(provider), provider_port)
        configure(monkeypatch, f"http://127.0.0.1:{provider_port}")
        monkeypatch.setenv("PARVIS_PRIVATE_KEY_FILE", str(service_keys / "gateway.pem"))
        await start("gateway", build_gateway(read_settings(GatewaySettings.read), clock), port)
        browser = await stack.enter_async_context(PlainBrowser(url))
        yield Portal(url, PlainVisitor(browser), parts, provider, servers, clock)


def clients(url: str) -> dict[str, Client]:
    """The portal as both providers know it."""
    return {
        name: Client(
            f"portal-{name}",
            SECRET,
            (f"{url}/connexion/{name}/retour",),
            (f"{url}/deconnexion/{name}/retour",),
        )
        for name in ("franceconnect", "proconnect")
    }


def configure(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Set what the gateway must know of both providers."""
    for name, path in (("franceconnect", "/api/v2"), ("proconnect", "/proconnect/api/v2")):
        monkeypatch.setenv(f"PARVIS_{name.upper()}_ISSUER", f"{url}{path}")
        monkeypatch.setenv(f"PARVIS_{name.upper()}_CLIENT_ID", f"portal-{name}")
        monkeypatch.setenv(f"PARVIS_{name.upper()}_CLIENT_SECRET", SECRET)
