"""A simulator of its own for each test, on a clock that only the test moves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from re import search
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.franceconnect.app import Provider, build_app
from deploy.simulators.franceconnect.model import FLAVOURS, Client, Flavour

SECRET = "a secret of the portal and of nobody else"
BACK = "http://127.0.0.1:9/connexion/{}/retour"
BYE = "http://127.0.0.1:9/deconnexion/{}/retour"
CLIENTS = {
    name: Client(f"portal-{name}", SECRET, (BACK.format(name),), (BYE.format(name),))
    for name in FLAVOURS
}
SCOPES = {
    "franceconnect": "openid identite_pivot email",
    "proconnect": "openid given_name usual_name email uid siret idp_id",
}


@dataclass
class Portal:
    """Asks a simulated provider as an independent client does, by its discovery alone."""

    client: TestClient[web.Request, web.Application]
    provider: Provider
    flavour: Flavour

    async def discover(self) -> dict[str, Any]:
        path = f"{self.flavour.path}/.well-known/openid-configuration"
        async with self.client.get(path) as answer:
            assert answer.status == 200
            found: dict[str, Any] = await answer.json()
            return found

    def query(self, **changes: str) -> dict[str, str]:
        name = self.flavour.name
        asked = {
            "response_type": "code",
            "client_id": CLIENTS[name].client_id,
            "redirect_uri": BACK.format(name),
            "scope": SCOPES[name],
            "state": "s" * 43,
            "nonce": "n" * 43,
            "acr_values": "eidas1",
            **changes,
        }
        return {key: value for key, value in asked.items() if value}

    async def ask(self, **changes: str) -> tuple[int, str]:
        """Return the status and the page of /authorize."""
        path = URL((await self.discover())["authorization_endpoint"]).path
        async with self.client.get(path, params=self.query(**changes)) as answer:
            return answer.status, await answer.text()

    async def choose(self, page: str, **typed: str) -> URL:
        """Send the form of the page; return where it leads."""
        found = search(r'action="([^"]+)"', page)
        assert found is not None, page
        async with self.client.post(found[1], data=typed, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()
            return URL(answer.headers["Location"])

    async def code(self, person: str, fault: str = "", **changes: str) -> str:
        """Sign somebody in and return the code."""
        _, page = await self.ask(**changes)
        address = await self.choose(page, person=person, fault=fault, go="continue")
        assert address.query["state"] == self.query(**changes)["state"]
        return address.query["code"]

    async def exchange(self, code: str, **changes: str) -> tuple[int, dict[str, Any]]:
        path = URL((await self.discover())["token_endpoint"]).path
        name = self.flavour.name
        form = {
            "grant_type": "authorization_code",
            "client_id": CLIENTS[name].client_id,
            "client_secret": SECRET,
            "redirect_uri": BACK.format(name),
            "code": code,
            **changes,
        }
        async with self.client.post(path, data=form) as answer:
            return answer.status, await answer.json()

    async def userinfo(self, token: str) -> ClientResponse:
        path = URL((await self.discover())["userinfo_endpoint"]).path
        return await self.client.get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def provider() -> Provider:
    return Provider.new(CLIENTS, MovableClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)))


@pytest.fixture
async def client(
    provider: Provider,
) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with TestClient(TestServer(build_app(provider), host="127.0.0.1")) as opened:
        yield opened


@pytest.fixture
def portal(client: TestClient[web.Request, web.Application], provider: Provider) -> Portal:
    return Portal(client, provider, FLAVOURS["franceconnect"])


@pytest.fixture
def staff_portal(client: TestClient[web.Request, web.Application], provider: Provider) -> Portal:
    return Portal(client, provider, FLAVOURS["proconnect"])
