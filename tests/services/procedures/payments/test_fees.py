"""The fee of a filed request: one debt, whoever pays it, once (PAY-03)."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.database import Database
from services.procedures.catalogue.handlers import CATALOGUE
from services.procedures.catalogue.model import FeeSpec
from services.procedures.payments.regie_repository import RegieRepository
from services.procedures.requests.service import RequestService
from tests.services.procedures.payments.test_http import Desk
from tests.services.procedures.payments.test_http import desk as desk
from tests.services.procedures.payments.till import SETTINGS
from tests.services.procedures.portal import Draft

pytestmark = pytest.mark.promise("PAY-03")


@pytest.fixture
def with_fee(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request has a fee of 15 euros."""
    definition_of = RequestService.definition_of

    async def with_a_fee(self: RequestService, request: Any, connection: Any = None) -> Any:
        return replace(await definition_of(self, request, connection), fee=FeeSpec(1500))

    monkeypatch.setattr(RequestService, "definition_of", with_a_fee)


async def open_fee(desk: Desk, draft: Draft, email: str = "") -> tuple[int, Any]:
    body = {"id": str(desk.portal.ids.new_id()), "access_key": desk.key, "email": email}
    headers = {"Request-Key": draft.key}
    response = await desk.portal.call("POST", f"{draft.path}/payments", json=body, headers=headers)
    return response.status, await response.json()


async def read_fee(desk: Desk, draft: Draft) -> tuple[int, Any]:
    headers = {"Request-Key": draft.key}
    response = await desk.portal.call("GET", f"{draft.path}/fee", headers=headers)
    return response.status, await response.json()


async def filed(desk: Desk) -> Draft:
    draft, view = await desk.portal.filed()
    assert view["state"] == "filed"
    return draft


async def set_regie_of(desk: Desk, seeded: Database) -> None:
    """The régie of the service in charge takes payments."""
    async with seeded.transaction() as connection:
        catalogue = desk.portal.client.app[CATALOGUE]  # type: ignore[union-attr]
        definition = await catalogue.find_current("carte-decheterie")
        settings = replace(SETTINGS, id=definition.service)
        await RegieRepository().upsert_regie(connection, settings)


async def test_the_fee_of_a_request_is_paid_once(
    desk: Desk, seeded: Database, with_fee: None
) -> None:
    draft = await filed(desk)
    await set_regie_of(desk, seeded)
    assert (await read_fee(desk, draft))[1]["state"] == "due"
    status, view = await open_fee(desk, draft)
    assert status == 201, view
    assert (view["amount_cents"], view["reference"][:6]) == (1500, "NM2026")
    assert (await read_fee(desk, draft))[1]["state"] == "due"
    await desk.call("POST", f"/payments/{view['id']}/attempts")
    assert (await read_fee(desk, draft))[1]["state"] == "underway"
    paid = await desk.pay(f"/payments/{view['id']}")
    assert paid["state"] == "paid"
    _, fee = await read_fee(desk, draft)
    assert (fee["state"], fee["amount_cents"]) == ("paid", 1500)
    assert fee["message"].startswith("Frais payés")
    status, problem = await open_fee(desk, draft)
    assert (status, problem["code"]) == (409, "already-paid")


async def test_two_payers_of_one_fee_share_its_debt(
    desk: Desk, seeded: Database, with_fee: None
) -> None:
    draft = await filed(desk)
    await set_regie_of(desk, seeded)
    first, second = await open_fee(desk, draft), await open_fee(desk, draft, "autre@example.org")
    assert first[1]["reference"] == second[1]["reference"]
    async with seeded.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM debts") == 1
        assert await connection.fetchval("SELECT count(*) FROM payers") == 2


async def test_what_is_not_filed_or_has_no_fee_is_not_paid(desk: Desk) -> None:
    draft = await desk.portal.complete()
    status, problem = await open_fee(desk, draft)
    assert (status, problem["code"]) == (409, "online-payment-closed")
    status, problem = await read_fee(desk, draft)
    assert (status, problem["code"]) == (409, "online-payment-closed")


@pytest.mark.promise("SEC-02")
async def test_the_fee_of_somebody_else_is_not_found(desk: Desk, with_fee: None) -> None:
    draft = await filed(desk)
    draft.key = "x" * 43
    status, problem = await open_fee(desk, draft)
    assert (status, problem["code"]) == (404, "request-not-found")
    status, problem = await read_fee(desk, draft)
    assert (status, problem["code"]) == (404, "request-not-found")
