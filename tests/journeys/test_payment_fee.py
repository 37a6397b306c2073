"""Paying the fee of a filed request, and giving up on the way, in each kind of browser."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from yarl import URL

from deploy.simulators.dgfip.clock import PARIS
from tests.journeys import steps
from tests.journeys.test_payment import CARD, choose, leave
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal

CHECK = "/demarches/controle-assainissement-vente"
SELLER = {
    "champ-applicant.family_name": "Pagnol",
    "champ-applicant.given_name": "Manon",
    "champ-phone": "04 66 00 00 00",
}
DWELLING = {
    "champ-dwelling.street": "12 rue de la République",
    "champ-dwelling.postal_code": "30900",
    "champ-dwelling.commune": "30189",
}
ABANDONED = "result-5"
PAY = "Payer les frais"


async def file_check(visitor: Visitor, email: str) -> steps.Filed:
    """File the request for a sanitation check, whose fee is 150 euros."""
    await visitor.open(f"{CHECK}/commencer")
    await visitor.tick("champ-accepted")
    await visitor.press("Accepter et commencer")
    await steps.assert_at(visitor, "/etapes/vendeur")
    await visitor.fill({**SELLER, "champ-email": email})
    await visitor.press("Enregistrer et continuer")
    await steps.assert_at(visitor, "/etapes/bien")
    visit = datetime.now(PARIS) + timedelta(days=30)
    await visitor.fill({**DWELLING, "champ-visit": f"{visit:%d/%m/%Y}"})
    await visitor.tick("champ-system")
    await visitor.press("Enregistrer et continuer")
    await steps.assert_at(visitor, "/etapes/rapport")
    await visitor.tick("champ-to_notary-2")
    await visitor.press("Enregistrer et continuer")
    await visitor.attach("champ-titre-propriete", steps.electricity_bill())
    await visitor.press("Envoyer ce fichier")
    await visitor.follow("Continuer")
    await steps.assert_at(visitor, "/recapitulatif")
    return await steps.certify_and_file(visitor)


async def open_fee(visitor: Visitor) -> str:
    """Open the payment of the fee from the request's page; return its address."""
    assert "Frais à payer : 150,00 €" in await visitor.text()
    await visitor.follow(PAY)
    assert (await visitor.title()).startswith("Payer les frais du dossier")
    await visitor.press("Continuer")
    assert "Votre paiement de 150,00 €" in await visitor.text()
    return await visitor.address()


async def pay(visitor: Visitor, button: str) -> None:
    """Pay by card on the DGFiP's page, and read so on coming back."""
    await leave(visitor, button)
    await choose(visitor, CARD)
    assert "Payé" in await visitor.text()


async def read_paid(portal: RunningPortal, visitor: Visitor, filed: steps.Filed) -> None:
    """Read on the request's page that the fee is paid; it is not asked for again."""
    path = URL(filed.address).path
    await visitor.open(path)
    text = await visitor.text()
    assert "Frais payés : 150,00 €" in text
    assert PAY not in text
    await visitor.open(f"{path}/paiement")
    await steps.assert_at(visitor, path)


async def read_acknowledgement(portal: RunningPortal, email: str, filed: steps.Filed) -> None:
    """Receive one acknowledgement of the payment, beside that of the request."""
    mails = await portal.mails(email, least=2)
    [mail] = [mail for mail in mails if "paiement" in mail["subject"]]
    reference = filed.number.replace("-", "")
    assert reference in mail["subject"]
    pdf = await portal.attachment(mail["attachments"][0])
    text = steps.text_of_pdf(pdf)
    assert reference in text
    assert "150,00" in text


@pytest.mark.promise("PAY-01", "PAY-03", "PAY-05", "SES-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_the_fee_of_a_request_is_paid_and_acknowledged(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    visitor, email = await open_visitor(kind), steps.new_address()
    filed = await file_check(visitor, email)
    await open_fee(visitor)
    await pay(visitor, "Aller vers le paiement")
    await read_paid(portal, visitor, filed)
    await read_acknowledgement(portal, email, filed)


@pytest.mark.promise("PAY-02", "PAY-03")
@pytest.mark.parametrize("kind", KINDS)
async def test_who_gives_up_at_the_payment_page_waits_until_it_is_final(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    visitor, email = await open_visitor(kind), steps.new_address()
    filed = await file_check(visitor, email)
    own = await open_fee(visitor)
    await leave(visitor)
    await choose(visitor, ABANDONED)
    # the DGFiP may still turn it into a payment for five minutes
    assert "Ne payez pas une seconde fois" in await visitor.text()
    await visitor.follow("Voir mon paiement")
    assert await visitor.address() == own
    await visitor.press("Reprendre ce paiement")
    assert await visitor.address() == own
    assert "Un paiement est déjà en cours" in await visitor.text()
    await visitor.open(URL(filed.address).path)
    assert "Un paiement des frais (150,00 €) est en cours" in await visitor.text()


@pytest.mark.promise("PAY-02", "PAY-03")
@pytest.mark.parametrize("kind", KINDS)
async def test_once_the_abandonment_is_final_the_fee_is_paid_at_the_second_try(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    visitor, email = await open_visitor(kind), steps.new_address()
    filed = await file_check(visitor, email)
    own = await open_fee(visitor)
    await leave(visitor)
    await abandon_six_minutes_ago(portal, URL(await visitor.address()).query["idop"])
    await visitor.open(URL(own).path)
    assert "Le paiement a été abandonné. Rien n’a été débité" in await visitor.text()
    await pay(visitor, "Essayer de nouveau")
    await read_paid(portal, visitor, filed)
    await read_acknowledgement(portal, email, filed)


async def abandon_six_minutes_ago(portal: RunningPortal, idop: str) -> None:
    """Have the DGFiP date the abandonment back: the portal's own clock stays the world's."""
    at = (datetime.now(UTC) - timedelta(minutes=6)).astimezone(PARIS)
    dated = {"dattrans": f"{at:%d%m%Y}", "heurtrans": f"{at:%H%M}"}
    decision = {"result": "A", "notify": "never", "echo": dated}
    address = f"{portal.stack.urls['dgfip']}/api/operations/{idop}/decision"
    async with aiohttp.request("POST", address, json=decision) as response:
        assert response.status == 200
