"""Every answer is one that the service's own description announces."""

import asyncio
from uuid import UUID

from chassis.caller import Person
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway
from tests.support.described import examine


async def test_every_answer_is_described(gateway: Gateway, camille: UUID) -> None:
    headers = {
        "Authorization": gateway.token(Person(str(camille))),
        "Client-Address": "192.0.2.1",
    }
    typed = {"identifier": CAMILLE.identifier, "password": PASSWORD}
    known = {
        "POST /sign-ins": {"body": typed, "media_type": "application/json"},
        "GET /accounts/{id}": {"path_parameters": {"id": str(camille)}},
    }
    url = str(gateway.client.make_url("")).rstrip("/")
    await asyncio.to_thread(examine, url, headers, known)
