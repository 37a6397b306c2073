"""A request without an account, whole, in each kind of browser."""

import pytest

from tests.journeys import steps
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal

NOT_ACCEPTED = "Cochez la case pour accepter les conditions"
NOT_CERTIFIED = "Cochez la case pour certifier vos renseignements"
WRONG_TYPE = ("facture.pdf", b"<html>this is no PDF</html>", "application/pdf")


@pytest.mark.promise("SES-02", "CAT-02", "REQ-01", "REQ-05", "REQ-06", "LEG-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_found_filled_filed_acknowledged_and_followed(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    email = steps.new_address()
    visitor = await open_visitor(kind)
    await steps.find_card(visitor)
    await begin_without_accepting(visitor)
    await steps.accept_terms(visitor)
    await mistake_twice(visitor, email)
    await steps.fill_address(visitor)
    await steps.choose_card(visitor)
    await join_what_is_no_pdf(visitor)
    await steps.join_bill(visitor)
    await read_over(visitor, email)
    await file_without_certifying(visitor)
    filed = await steps.certify_and_file(visitor)
    pdf = await visitor.download("Accusé de réception (PDF)")

    [mail] = await portal.mails(email)
    assert filed.number in mail["subject"] + mail["text"]
    [attachment] = mail["attachments"]
    assert await portal.attachment(attachment) == pdf
    text = steps.text_of_pdf(pdf)
    assert filed.number in text
    assert filed.code in mail["text"]
    assert filed.code not in text

    later = await open_visitor(kind)
    await steps.follow_file(later, filed.number.lower(), filed.code)
    assert (await later.title()).startswith(f"Dossier {filed.number}")
    assert await later.address() == filed.address
    assert await later.download("Accusé de réception (PDF)") == pdf


async def begin_without_accepting(visitor: Visitor) -> None:
    await visitor.press("Accepter et commencer")
    assert (await visitor.title()).startswith("Erreur : Conditions")
    [(field, message)] = await visitor.summary()
    assert field == "champ-accepted"
    assert message.startswith(NOT_ACCEPTED)


async def mistake_twice(visitor: Visitor, email: str) -> None:
    """Forget the name and mistype the address: both are told, nothing typed is lost."""
    typed = {"champ-given_name": "Manon", "champ-email": "manon.pagnol(at)example.org"}
    await visitor.fill(typed)
    await visitor.press("Enregistrer et continuer")
    assert (await visitor.title()).startswith("Erreur : Vous – ")
    assert [field for field, _message in await visitor.summary()] == [
        "champ-family_name",
        "champ-email",
    ]
    for field, value in typed.items():
        assert await visitor.value(field) == value
    await visitor.fill({"champ-family_name": "Pagnol", "champ-email": email})
    await visitor.press("Enregistrer et continuer")
    assert (await visitor.title()).startswith("Votre adresse – ")


async def join_what_is_no_pdf(visitor: Visitor) -> None:
    await visitor.attach("champ-justificatif-domicile", WRONG_TYPE)
    await visitor.press("Envoyer ce fichier")
    [(field, message)] = await visitor.summary()
    assert field == "champ-justificatif-domicile"
    assert "PDF" in message


async def read_over(visitor: Visitor, email: str) -> None:
    text = await visitor.text()
    for value in ("Pagnol", email, "12 rue de la République", "Première carte", "électricité.pdf"):
        assert value in text
    assert "Code pénal" in text or "code pénal" in text


async def file_without_certifying(visitor: Visitor) -> None:
    await visitor.press("Déposer ma demande")
    [(field, message)] = await visitor.summary()
    assert field == "champ-certified"
    assert message.startswith(NOT_CERTIFIED)
