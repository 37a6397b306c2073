"""Every route bears what nobody should send: no 5xx, clear refusals (SEC-01)."""

from collections.abc import Mapping
from typing import BinaryIO
from uuid import UUID

import pytest
from aiohttp import ClientResponse
from yarl import URL

from chassis.caller import Person
from services.identity.routes import ROUTES
from tests.services.identity.conftest import Gateway
from tests.support.hostile_routes import assault
from tests.support.hostile_values import Hostile

CALLS = 900


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("service", ["gateway", "procedures"])
async def test_no_route_breaks(gateway: Gateway, camille: UUID, service: str) -> None:
    person = Person(str(camille), ("moderator", "administrator", "supervisor"))

    async def send(
        method: str, path: URL, *, data: BinaryIO, headers: Mapping[str, str]
    ) -> ClientResponse:
        own = {"Authorization": gateway.token(person, service), "Client-Address": "192.0.2.1"}
        return await gateway.client.request(method, path, data=data, headers={**headers, **own})

    known = {"id": [str(camille)]}
    await assault(send, ROUTES, Hostile(1), CALLS, lambda name: known.get(name, ()))
