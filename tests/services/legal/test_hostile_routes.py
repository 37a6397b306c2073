"""Every route bears what nobody should send: no 5xx, clear refusals (SEC-01)."""

from collections.abc import Mapping
from typing import BinaryIO

import pytest
from aiohttp import ClientResponse
from yarl import URL

from chassis.caller import Person
from chassis.clock import IdSource
from services.legal.routes import ROUTES
from tests.services.legal.conftest import TERMS, Callers
from tests.support.hostile_routes import assault
from tests.support.hostile_values import Hostile

CALLS = 600


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("service", ["gateway", "procedures"])
async def test_no_route_breaks(callers: Callers, published: object, service: str) -> None:
    person = Person(str(IdSource().new_id()), ("editor", "publisher"))

    async def send(
        method: str, path: URL, *, data: BinaryIO, headers: Mapping[str, str]
    ) -> ClientResponse:
        sent = {**headers, **callers.authorization(service, person)}
        return await callers.client.request(method, path, data=data, headers=sent)

    known = {"slug": [TERMS], "version": ["1"], "id": [person.account_id]}
    await assault(send, ROUTES, Hostile(1), CALLS, lambda name: known.get(name, ()))
