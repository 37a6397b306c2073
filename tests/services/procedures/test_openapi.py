"""Every answer of the service is one that its own description announces."""

import asyncio

import pytest

from tests.services.procedures.portal import CARD, CARD_PAGES, Portal
from tests.support.described import examine


@pytest.mark.promise("SEC-01")
async def test_every_answer_is_described(portal: Portal) -> None:
    # the portal's clock stands still: one token serves all the calls
    draft = await portal.start(CARD)
    headers = {
        "Authorization": f"Bearer {portal.signer('gateway').token('procedures')}",
        "Request-Key": draft.key,
    }
    at = {"id": str(draft.id)}
    known = {
        "GET /procedures/{slug}": {"path_parameters": {"slug": CARD}},
        "GET /requests/{id}": {"path_parameters": at},
        "GET /requests/{id}/certification": {"path_parameters": at},
    }
    places = {
        "id": [str(draft.id)],
        "slug": [CARD, "paiement-facture-eau"],
        "page": list(CARD_PAGES),
        "document": ["proof_of_address", "identity"],
    }
    url = str(portal.client.make_url("")).rstrip("/")
    # legal is not there: the declaration was kept in French only
    away = frozenset({"declaration-unavailable"})
    await asyncio.to_thread(examine, url, headers, known, places, away)


@pytest.mark.promise("SEC-02")
async def test_every_address_refuses_a_call_that_nobody_signed(portal: Portal) -> None:
    async with portal.client.get("/openapi.json") as response:
        paths = (await response.json())["paths"]
    found = {}
    for path, operations in paths.items():
        for method in operations:
            address = path.replace("{id}", "0").replace("{", "").replace("}", "")
            async with portal.client.request(method, address) as response:
                found[method, path] = response.status
    assert found
    assert set(found.values()) == {401}
