"""The cash officer's pages before the real services (PAY-04)."""

from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import FormData

from chassis.http_client import ServiceProblem
from gateway.pages.payments import bill, fee
from tests.gateway.conftest import environment as environment
from tests.gateway.pages.legal.conftest import HIDDEN, Portal, location, texts
from tests.gateway.pages.legal.conftest import portal as portal

pytestmark = pytest.mark.promise("PAY-04")
Refusal = Callable[[ServiceProblem, Any], list[dict[str, str]]]
REGIE = "/agents/regie/eau-assainissement"
SETTINGS = {
    "numcli": "006382",
    "mode": "web_service",
    "saisie": "T",
    "account": "Régie de l’eau",
    "minimum_cents": "100",
    "maximum_cents": "500000",
    "active": "yes",
}
LINE = "24112026;1000;006382;2026;202600000000000999;4590;P;000123"
FILE = f"dattrans;heurtrans;numcli;exer;refdet;montant;resultrans;numauto\r\n{LINE}\r\n"


@pytest.mark.promise("SEC-02")
async def test_only_cash_officers_get_in(portal: Portal) -> None:
    for path in ("/agents/regie", REGIE, f"{REGIE}/export?du=2026-11-01&au=2026-11-30"):
        response, _ = await portal.get(path)
        assert location(response).startswith("/connexion?return_to=/agents/regie")
    await portal.sign_in("editor")
    for path in ("/agents/regie", REGIE):
        assert (await portal.get(path))[0].status == 403


async def test_a_cash_officer_sets_the_regie_and_reconciles(portal: Portal) -> None:
    await portal.sign_in("cash_officer")
    _, page = await portal.get("/agents/regie")
    assert REGIE in page
    _, page = await portal.get(REGIE)
    assert "Aucune alerte" in page
    response, wrong = await portal.post(f"{REGIE}/reglages", page, **{**SETTINGS, "numcli": "12"})
    assert response.status == 422
    assert 'href="#champ-numcli"' in wrong
    response, _ = await portal.post(f"{REGIE}/reglages", page, **SETTINGS)
    assert location(response) == REGIE
    _, page = await portal.get(REGIE)
    assert "Réglages enregistrés" in page
    assert await _send_file(portal, page, FILE) == REGIE
    _, page = await portal.get(REGIE)
    told = texts(page)
    assert "sans paiement connu" in told
    assert "Ligne sans paiement connu" in told
    assert "202600000000000999" in told


async def test_a_file_that_cannot_be_read_is_said(portal: Portal) -> None:
    await portal.sign_in("cash_officer")
    _, page = await portal.get(REGIE)
    await portal.post(f"{REGIE}/reglages", page, **SETTINGS)
    _, page = await portal.get(REGIE)
    assert await _send_file(portal, page, "rien\r\n") == REGIE
    assert "Il manque à ce fichier" in (await portal.get(REGIE))[1]


async def _send_file(portal: Portal, page: str, content: str) -> str:
    form = FormData()
    form.add_field("csrf_token", dict(HIDDEN.findall(page))["csrf_token"])
    form.add_field("file", content.encode(), filename="regie.csv", content_type="text/csv")
    path = f"{REGIE}/fichiers"
    response = await portal.client.post(path, data=form, allow_redirects=False)
    assert response.status == 303, await response.text()
    return location(response)


@pytest.mark.promise("PAY-03")
@pytest.mark.parametrize("refusal", [fee.refusal, bill.refusal])
def test_a_regie_that_takes_no_payment_is_said_in_words(refusal: Refusal) -> None:
    closed = ServiceProblem("procedures", 409, {"code": "online-payment-closed"})
    [error] = refusal(closed, str)
    assert "n’est pas possible en ce moment pour ce service" in error["message"]
    assert refusal(ServiceProblem("procedures", 409, {"code": "x"}), str) == []


async def test_an_export_without_its_dates_is_asked_for_again(portal: Portal) -> None:
    await portal.sign_in("cash_officer")
    response, _ = await portal.get(f"{REGIE}/export?du=hier&au=")
    assert location(response) == REGIE
    assert "Indiquez les deux dates" in (await portal.get(REGIE))[1]
