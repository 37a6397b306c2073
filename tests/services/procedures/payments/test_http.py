"""The addresses of payments, called as the gateway calls them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from chassis.caller import Person
from chassis.database import Database
from deploy.simulators.dgfip.app import Dgfip
from deploy.simulators.dgfip.app import build_app as build_simulator
from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.dgfip.faults import Fault
from deploy.simulators.dgfip.model import Decision
from services.procedures.app import build_app
from services.procedures.cashier import CASHIER
from services.procedures.payments.handlers import PAYMENT_KEY
from services.procedures.payments.office_handlers import ROLE
from services.procedures.settings import Settings
from tests.services.procedures.payments.samples import START
from tests.services.procedures.portal import Portal, SetClock

OFFICER = Person("0191f0a0-0000-7000-8000-0000000000aa", (ROLE,))
WATER = "paiement-facture-eau"
REGIE = "eau-assainissement"
SETTINGS = {
    "numcli": "006382",
    "mode": "web_service",
    "saisie": "T",
    "account": "Régie de l’eau",
    "minimum_cents": 100,
    "maximum_cents": 500_000,
    "active": True,
    "revision": 0,
}


class Desk:
    """A portal, the simulator behind it, and one payer's secret."""

    def __init__(self, portal: Portal, dgfip: Dgfip) -> None:
        self.portal = portal
        self.dgfip = dgfip
        self.key = portal.ids.new_secret()

    async def call(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        headers = {PAYMENT_KEY: more.pop("key", self.key)}
        response = await self.portal.call(method, path, headers=headers, **more)
        body = await response.read()
        is_json = "json" in response.content_type
        return response.status, (await response.json() if is_json and body else body)

    def bill(self, **changes: Any) -> dict[str, Any]:
        payment_id = self.portal.ids.new_id()
        return {
            "id": str(payment_id),
            "access_key": self.key,
            "procedure": WATER,
            "reference": "2026 00000000 0001 23",
            "amount": "45,90 €",
            "email": "jean.payeur@example.org",
            "terms_receipt": self.portal.receipt(payment_id),
            **changes,
        }

    async def opened(self, **changes: Any) -> str:
        body = self.bill(**changes)
        status, view = await self.call("POST", "/payments", json=body)
        assert status == 201, view
        return f"/payments/{view['id']}"

    async def set_regie(self, **changes: Any) -> tuple[int, Any]:
        path = f"/cash-office/{REGIE}/settings"
        body = {**SETTINGS, **changes}
        return await self.call("PUT", path, json=body, person=OFFICER)

    async def pay(self, path: str, result: str = "P") -> dict[str, Any]:
        status, redirection = await self.call("POST", f"{path}/attempts")
        assert status == 200, redirection
        idop = URL(redirection["redirect_url"]).query["idop"]
        self.dgfip.register.decide(idop, Decision(result, "never"))
        _, view = await self.call("POST", f"{path}/look-up")
        found: dict[str, Any] = view
        return found


@pytest.fixture
async def desk(
    seeded: Database,
    procedures_environment: dict[str, str],
    clock: SetClock,
    service_keys: Path,
    settings: Settings,
) -> AsyncIterator[Desk]:
    dgfip = Dgfip.new(MovableClock(START))
    async with TestServer(build_simulator(dgfip), host="127.0.0.1") as server:
        address = str(server.make_url("")).rstrip("/")
        here = Settings(**{**vars(settings), "payfip_url": address})
        async with TestClient(TestServer(build_app(here, clock))) as client:
            opened = Desk(Portal(client, clock, service_keys), dgfip)
            assert (await opened.set_regie())[0] == 200
            yield opened


@pytest.mark.promise("PAY-01", "PAY-03")
async def test_a_bill_is_opened_paid_and_acknowledged(desk: Desk) -> None:
    path = await desk.opened()
    _, view = await desk.call("GET", path)
    assert (view["state"], view["reference"], view["amount_cents"]) == (
        "due",
        "202600000000000123",
        4590,
    )
    assert "45,90" in view["amount"]
    view = await desk.pay(path)
    assert (view["state"], view["can_start"]) == ("paid", False)
    (attempt,) = view["attempts"]
    assert [event["kind"] for event in attempt["events"]] == ["started", "open", "paid"]
    status, pdf = await desk.call("GET", f"{path}/attempts/{attempt['id']}/acknowledgement.pdf")
    assert (status, pdf[:5]) == (200, b"%PDF-")
    status, problem = await desk.call("POST", f"{path}/attempts")
    assert (status, problem["code"]) == (409, "already-paid")


async def test_opening_twice_opens_once(desk: Desk) -> None:
    body = desk.bill()
    first = await desk.call("POST", "/payments", json=body)
    assert await desk.call("POST", "/payments", json=body) == first


@pytest.mark.promise("PAY-03")
@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"reference": ""}, "/reference", "missing"),
        ({"reference": "12-34"}, "/reference", "invalid"),
        ({"reference": "référence1"}, "/reference", "invalid"),
        ({"amount": ""}, "/amount", "missing"),
        ({"amount": "quarante"}, "/amount", "invalid"),
        ({"amount": "45,901"}, "/amount", "invalid"),
        ({"amount": "0,99"}, "/amount", "too-low"),
        ({"amount": "5 000,01"}, "/amount", "too-high"),
        ({"email": ""}, "/email", "missing"),
        ({"email": "a@b"}, "/email", "invalid"),
        ({"email": "é@exemple.fr"}, "/email", "invalid"),
        ({"exer": "26"}, "/exer", "invalid"),
    ],
)
async def test_each_fault_of_a_bill_is_told_by_its_field(
    desk: Desk, change: dict[str, str], field: str, code: str
) -> None:
    status, problem = await desk.call("POST", "/payments", json=desk.bill(**change))
    assert (status, problem["code"]) == (422, "bill-invalid")
    (error,) = problem["errors"]
    assert (error["pointer"], error["code"]) == (field, code)
    assert error["message"].endswith((".", "…"))


async def test_every_fault_is_told_at_once(desk: Desk) -> None:
    body = desk.bill(reference="", amount="", email="")
    _, problem = await desk.call("POST", "/payments", json=body)
    assert [error["pointer"] for error in problem["errors"]] == ["/reference", "/amount", "/email"]


@pytest.mark.promise("SEC-02")
async def test_a_payment_is_shown_to_its_payer_only(desk: Desk) -> None:
    path = await desk.opened()
    for key in ("", "x" * 43):
        for method, address in (
            ("GET", path),
            ("POST", f"{path}/attempts"),
            ("POST", f"{path}/look-up"),
        ):
            status, problem = await desk.call(method, address, key=key)
            assert (status, problem["code"]) == (404, "payment-not-found")
    stranger = Person("0191f0a0-0000-7000-8000-0000000000bb", (ROLE,))
    assert (await desk.call("GET", path, key="", person=stranger))[0] == 404


async def test_the_terms_must_be_accepted_first(desk: Desk) -> None:
    body = desk.bill(terms_receipt=desk.portal.receipt(desk.portal.ids.new_id()))
    status, problem = await desk.call("POST", "/payments", json=body)
    assert (status, problem["code"]) == (422, "terms-not-accepted")


@pytest.mark.promise("PAY-06")
async def test_with_the_dgfip_down_it_says_so(desk: Desk) -> None:
    path = await desk.opened()
    desk.dgfip.faults.planned.append(Fault("bad_gateway"))
    status, problem = await desk.call("POST", f"{path}/attempts")
    assert (status, problem["code"], problem["reason"]) == (424, "provider-unavailable", "unknown")
    _, view = await desk.call("GET", path)
    assert view["state"] == "unknown"
    assert "Rien n’a été débité" in view["message"]


@pytest.mark.promise("PAY-03")
async def test_who_comes_back_needs_no_key(desk: Desk) -> None:
    path = await desk.opened()
    _, redirection = await desk.call("POST", f"{path}/attempts")
    tokens = desk.portal.client.app[CASHIER].payments.starting._ordering.tokens  # type: ignore[union-attr]
    body = {
        "token": tokens.token(UUID(redirection["attempt_id"])),
        "pairs": [["idop", URL(redirection["redirect_url"]).query["idop"]]],
    }
    status, view = await desk.call("POST", "/payment-returns", json=body, key="")
    assert (status, view["state"]) == (200, "open")
    assert "jean.payeur" not in str(view)
    status, _ = await desk.call("POST", "/payment-returns", json={"token": "x"}, key="")
    assert status == 404


async def test_a_notification_is_always_taken(desk: Desk) -> None:
    for pairs in ([], [["idop", "x"]], [["a", "b"], ["A", "c"]]):
        status, _ = await desk.call("POST", "/payment-notifications", json={"pairs": pairs})
        assert status == 204


@pytest.mark.promise("PAY-05")
async def test_a_procedure_leads_to_its_configured_partner_only(desk: Desk) -> None:
    status, target = await desk.call("GET", f"/procedures/{WATER}/partner")
    assert status == 200
    assert "Finances publiques" in target["name"]
    assert len(target["data_shared"]) == 4
    status, left = await desk.call("POST", "/procedures/demande-logement-social/departures")
    assert (status, left["url"]) == (200, "http://127.0.0.1:8027/")
    assert (await desk.call("POST", "/procedures/carte-decheterie/departures"))[0] == 404
