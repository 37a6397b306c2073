"""Paying a bill, in each kind of browser, with the DGFiP played by the simulator."""

import re
from uuid import uuid4

import aiohttp
import pytest
from yarl import URL

from tests.journeys.steps import assert_at, new_address, text_of_pdf
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal, until

BILL = "/partenaires/paiement-facture-eau"
CARD, REFUSED = "result-1", "result-3"
UNTOLD = {"result": "V", "notify": "now"}


def new_reference() -> str:
    """Return a reference of 18 figures that no other test pays."""
    return f"{uuid4().int % 10**18:018d}"


async def open_bill(visitor: Visitor, reference: str, email: str) -> str:
    """Type a bill and accept the terms; return the address of its payment."""
    await visitor.open(BILL)
    await assert_at(visitor, "/paiements/factures/paiement-facture-eau")
    typed = {"champ-reference": reference, "champ-amount": "45,90", "champ-email": email}
    await visitor.fill(typed)
    await visitor.tick("champ-accepted")
    await visitor.press("Vérifier et continuer")
    assert "45,90" in await visitor.title() + await visitor.text()
    return await visitor.address()


async def leave(visitor: Visitor, button: str = "Aller vers le paiement") -> None:
    """Go to the page that names the DGFiP, read it, then follow its link."""
    await visitor.press(button)
    text = await visitor.text()
    for told in ("Direction générale des Finances publiques", "propres conditions", "Montant"):
        assert told in text
    await visitor.follow("Continuer vers le paiement")
    assert (await visitor.title()).startswith("Paiement")


async def choose(visitor: Visitor, choice: str) -> None:
    """Do something on the DGFiP's page, and come back."""
    await visitor.tick(choice)
    await visitor.press("Valider")
    assert "/paiements/retour/" in await visitor.address()


@pytest.mark.promise("PAY-01", "PAY-03", "PAY-05", "SES-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_bill_is_refused_then_paid_and_acknowledged(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    portal.forget_limits()
    visitor, email, reference = await open_visitor(kind), new_address(), new_reference()
    own = await open_bill(visitor, reference, email)
    await leave(visitor)
    await choose(visitor, REFUSED)
    assert "refusé par la banque" in await visitor.text()
    await visitor.follow("Voir mon paiement")
    assert await visitor.address() == own
    await leave(visitor, "Essayer de nouveau")
    await choose(visitor, CARD)
    assert "Payé" in await visitor.text()
    await visitor.follow("Voir mon paiement")
    assert "Paiement confirmé par la DGFiP" in await visitor.text()
    pdf = await visitor.download("Télécharger l’attestation")
    assert reference in text_of_pdf(pdf)
    [mail] = await portal.mails(email)
    assert reference in mail["subject"]
    assert await portal.attachment(mail["attachments"][0]) == pdf


@pytest.mark.promise("PAY-03")
async def test_each_fault_is_told_and_what_was_typed_is_kept(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    visitor = await open_visitor("chromium")
    await visitor.open(BILL)
    await visitor.fill({"champ-reference": "12", "champ-amount": "beaucoup"})
    await visitor.tick("champ-accepted")
    await visitor.press("Vérifier et continuer")
    fields = [field for field, _message in await visitor.summary()]
    assert fields == ["champ-reference", "champ-amount", "champ-email"]
    assert await visitor.value("champ-amount") == "beaucoup"


@pytest.mark.promise("PAY-02", "PAY-03")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_tab_closed_at_the_payment_page_is_found_paid_later(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    visitor, email = await open_visitor(kind), new_address()
    own = await open_bill(visitor, new_reference(), email)
    await leave(visitor)
    idop = URL(await visitor.address()).query["idop"]
    # the payer does everything on the DGFiP's site, and closes the tab there
    await visitor.reopen()
    async with aiohttp.request(
        "POST", f"{portal.stack.urls['dgfip']}/api/operations/{idop}/decision", json=UNTOLD
    ) as response:
        assert response.status == 200
    # the worker learns it by the notification alone
    [mail] = await portal.mails(email)
    assert "Votre paiement" in mail["subject"]
    await visitor.open(URL(own).path)
    assert "Payé" in await visitor.text()


@pytest.mark.promise("PAY-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_double_click_leads_to_one_page_and_one_payment(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    visitor, reference = await open_visitor(kind), new_reference()
    own = await open_bill(visitor, reference, new_address())
    await visitor.press_twice("Aller vers le paiement")
    await assert_at(visitor, "/partir")
    await visitor.follow("Continuer vers le paiement")
    first = await visitor.address()
    # going back and pressing once more leads to the same page
    await visitor.open(URL(own).path)
    assert "Nous vérifions auprès de la DGFiP" in await visitor.text()
    await leave(visitor, "Reprendre ce paiement")
    assert await visitor.address() == first
    [_only] = [one for one in await _operations(portal) if one["refdet"] == reference]
    await choose(visitor, CARD)
    assert "Payé" in await visitor.text()


@pytest.mark.promise("PAY-03")
@pytest.mark.parametrize("kind", KINDS)
async def test_the_return_page_needs_no_session_and_believes_nothing(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    visitor = await open_visitor("plain")
    reference = new_reference()
    await open_bill(visitor, reference, new_address())
    await leave(visitor)
    await visitor.tick(CARD)
    idop = URL(await visitor.address()).query["idop"]
    listed = await _operations(portal)
    back = URL(next(one["return_url"] for one in listed if one["idop"] == idop))
    stranger = await open_visitor(kind)
    await stranger.open(f"{back.path}?idop={idop}&resultrans=P&montant=4590")
    assert "Nous vérifions auprès de la DGFiP" in await stranger.text()
    await visitor.press("Valider")
    await stranger.open(f"{back.path}?idop={idop}")
    text = await stranger.text()
    assert "Payé" in text
    assert "@" not in re.sub(r"\S+@nimes-metropole\S*", "", text)


@pytest.mark.promise("PAY-02")
async def test_notifications_are_taken_in_every_variant(portal: RunningPortal) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("/paiements/notifications", "/paiements/retour/inconnu"):
            address = portal.url + path
            for name in ("idop", "idOp", "IDOP"):
                for sent in ({"params": {name: "x"}}, {"data": {name: "x"}}):
                    method = "GET" if "params" in sent else "POST"
                    async with session.request(method, address, **sent) as response:  # type: ignore[arg-type]
                        assert (response.status, response.content_type) == (200, "text/html")


@pytest.mark.promise("PAY-06")
async def test_with_the_dgfip_away_the_page_says_so_and_all_catches_up(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    visitor = await open_visitor("plain")
    own = await open_bill(visitor, new_reference(), new_address())
    dgfip = portal.stack.urls["dgfip"]
    fault = {"kind": "bad_gateway", "operation": "creerPaiementSecurise"}
    async with aiohttp.request("POST", f"{dgfip}/api/faults", json=fault) as response:
        assert response.status == 204
    await visitor.press("Aller vers le paiement")
    assert await visitor.address() == own
    text = await visitor.text()
    assert "La DGFiP ne répond pas en ce moment. Rien n’a été débité" in text
    assert "Vous pourrez réessayer dans un quart d’heure" in text

    async def is_told() -> bool:
        await visitor.open("/demarches/paiement-facture-eau")
        return "Le service du partenaire est perturbé en ce moment" in await visitor.text()

    # the procedure's page is kept for two seconds
    await until(is_told)
    await visitor.open("/demarches")
    assert "démarches" in await visitor.title()

    async def answers() -> bool:
        other = await open_visitor("plain")
        await open_bill(other, new_reference(), new_address())
        await other.press("Aller vers le paiement")
        return "/partir" in await other.address()

    await until(answers)


async def _operations(portal: RunningPortal) -> list[dict[str, str]]:
    async with aiohttp.request("GET", f"{portal.stack.urls['dgfip']}/api/operations") as response:
        found: list[dict[str, str]] = (await response.json())["operations"]
        return found
