"""Every route bears what nobody should send: no 5xx, clear refusals (SEC-01)."""

from collections.abc import Mapping
from typing import BinaryIO

import pytest
from aiohttp import ClientResponse
from yarl import URL

from chassis.caller import Person
from chassis.clock import IdSource
from services.procedures.routes import ROUTES
from tests.services.procedures.office import WASTE
from tests.services.procedures.portal import CARD, Portal
from tests.support.hostile_routes import assault
from tests.support.hostile_values import Hostile

CALLS = 1500
ROLES = (f"agent:{WASTE}", f"supervisor:{WASTE}", "administrator", "cash-officer", "editor")


@pytest.mark.promise("SEC-01")
async def test_no_route_breaks(portal: Portal) -> None:
    draft, view = await portal.filed()
    person = Person(str(IdSource().new_id()), ROLES)

    async def send(
        method: str, path: URL, *, data: BinaryIO, headers: Mapping[str, str]
    ) -> ClientResponse:
        token = portal.signer("gateway").token("procedures", person)
        own = {"Authorization": f"Bearer {token}", "Request-Key": draft.key}
        return await portal.client.request(method, path, data=data, headers={**headers, **own})

    known = {"id": [str(draft.id), CARD], "number": [view["number"]], "page": ["vous"]}
    await assault(send, ROUTES, Hostile(1), CALLS, lambda name: known.get(name, ()))
