"""The acknowledgement of filing: what the law asks for, once, as PDF and mail (REQ-05)."""

import asyncio
import io
from email.message import EmailMessage
from typing import Any

import aiosmtplib
import pytest
from pypdf import PdfReader

from chassis.database import Database
from chassis.mailer import Mailer
from deploy.local.ports import free_port
from services.procedures.parts import ACKNOWLEDGEMENTS
from tests.services.procedures.acknowledgements.smtp import Inbox
from tests.services.procedures.portal import CARD_PAGES, DECLARATION, Draft, Portal, pdf

pytestmark = pytest.mark.promise("REQ-05")
PUBLIC_URL = "https://demarches.example"


async def acknowledgement_pdf(portal: Portal, draft: Draft) -> bytes:
    response = await portal.call("GET", f"{draft.path}/acknowledgement.pdf", key=draft.key)
    assert response.status == 200
    assert response.content_type == "application/pdf"
    return await response.read()


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.promise("REQ-05")
async def test_the_pdf_is_tagged_and_says_what_the_law_asks_for(portal: Portal) -> None:
    draft, view = await portal.filed()
    content = await acknowledgement_pdf(portal, draft)
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.root_object
    assert root["/StructTreeRoot"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title
    text = words(content)
    for fact in (
        view["number"],
        "24 novembre 2026",
        "10 h 00",
        "24 janvier 2027",
        "acceptée",
        "L231-1",
        *view["service"]["address_lines"],
        view["service"]["telephone"],
        view["service"]["email"],
        "Aucun document obligatoire ne manque",
        "recours",
    ):
        assert fact.replace("\u00a0", " ") in text, fact
    assert view["tracking_code"] not in text, "the secret code is not in a paper that is shown"


@pytest.mark.promise("REQ-03")
async def test_it_names_the_declaration_certified_its_version_and_time(
    portal: Portal, inbox: Inbox
) -> None:
    draft, _ = await portal.filed()
    portal.clock.instant = portal.clock.instant.replace(hour=18)
    await send(portal, draft, inbox.port)
    body = inbox.messages[0].get_body()
    assert body is not None
    certified = (
        f"Déclaration certifiée : « {DECLARATION.title} », version {DECLARATION.version}, "
        f"empreinte {DECLARATION.content_hash[:16]}, le 24 novembre 2026 à 10 h 00"
    )
    spaced = " ".join(body.get_content().replace("\u00a0", " ").split())
    assert certified in spaced
    assert certified.partition(" : ")[2] in words(await acknowledgement_pdf(portal, draft))


async def test_an_english_request_has_an_english_acknowledgement(portal: Portal) -> None:
    draft = portal.new_draft()
    body = portal.new_body(draft, language="en")
    assert (await portal.call("POST", "/requests", json=body)).status == 201
    for page, answers in CARD_PAGES.items():
        assert (await portal.save(draft, page, answers)).status == 200
    await portal.upload(draft, pdf())
    assert (await portal.file(draft, language="en")).status == 200
    content = await acknowledgement_pdf(portal, draft)
    assert PdfReader(io.BytesIO(content)).root_object["/Lang"].startswith("en")
    assert "24 January 2027" in words(content)


async def test_it_is_issued_once_whoever_asks(portal: Portal, seeded: Database) -> None:
    draft, _ = await portal.filed()
    first = await asyncio.gather(*(acknowledgement_pdf(portal, draft) for _ in range(6)))
    portal.clock.instant = portal.clock.instant.replace(hour=18)
    assert len({*first, await acknowledgement_pdf(portal, draft)}) == 1
    async with seeded.connection() as connection:
        row = await connection.fetchrow("SELECT pdf, content_hash FROM acknowledgements")
    assert row is not None
    assert b"%PDF" not in row["pdf"], "it is sealed at rest"


async def test_a_draft_has_none_and_a_stranger_gets_none(portal: Portal) -> None:
    draft = await portal.complete()
    path = f"{draft.path}/acknowledgement.pdf"
    assert (await portal.call("GET", path, key=draft.key)).status == 404
    assert (await portal.file(draft)).status == 200
    assert (await portal.call("GET", path, key=portal.ids.new_secret())).status == 404
    assert (await portal.call("GET", path, key=draft.key)).status == 200


async def send(portal: Portal, draft: Draft, port: int) -> None:
    mailer = Mailer(f"smtp://127.0.0.1:{port}", "ne-pas-repondre@parvis.example", portal.clock)
    await portal.client.app[ACKNOWLEDGEMENTS].send(draft.id, mailer, PUBLIC_URL)


async def test_the_mail_carries_the_pdf_and_the_code(portal: Portal, inbox: Inbox) -> None:
    draft, view = await portal.filed()
    content = await acknowledgement_pdf(portal, draft)
    await send(portal, draft, inbox.port)
    assert len(inbox.messages) == 1
    mail: EmailMessage = inbox.messages[0]
    assert mail["To"] == CARD_PAGES["vous"]["email"]
    assert mail["Message-ID"].strip() == f"<{draft.id}.acknowledgement@parvis.invalid>"
    assert view["number"] in mail["Subject"]
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    for fact in (view["tracking_code"], f"{PUBLIC_URL}/suivi", "24 janvier 2027"):
        assert fact in text
    attached = list(mail.iter_attachments())
    assert [part.get_filename() for part in attached] == [f"{view['number']}.pdf"]
    assert attached[0].get_content() == content


async def test_sending_again_sends_nothing_more(portal: Portal, inbox: Inbox) -> None:
    draft, _ = await portal.filed()
    await send(portal, draft, inbox.port)
    await send(portal, draft, inbox.port)
    assert len(inbox.messages) == 1


async def test_a_mail_server_that_is_down_or_refuses_leaves_it_to_be_sent(
    portal: Portal, inbox: Inbox
) -> None:
    draft, _ = await portal.filed()
    with pytest.raises((OSError, aiosmtplib.SMTPException)):
        await send(portal, draft, free_port())
    inbox.refuse = "451 4.3.0 Try again later"
    with pytest.raises(aiosmtplib.SMTPException):
        await send(portal, draft, inbox.port)
    assert inbox.messages == []
    inbox.refuse = None
    await send(portal, draft, inbox.port)
    assert len(inbox.messages) == 1


async def test_a_crash_after_the_sending_repeats_the_very_same_message(
    portal: Portal, inbox: Inbox, seeded: Database
) -> None:
    draft, _ = await portal.filed()
    await send(portal, draft, inbox.port)
    async with seeded.transaction() as connection:
        await connection.execute("UPDATE acknowledgements SET mailed_at = NULL")
    await send(portal, draft, inbox.port)
    assert len({mail["Message-ID"] for mail in inbox.messages}) == 1


async def test_a_request_without_an_address_is_acknowledged_without_mail(
    portal: Portal, inbox: Inbox
) -> None:
    draft = await portal.start("signalement-voirie")
    view = await portal.view(draft)
    assert view["missing"]
    for page, answers in REPORT_PAGES.items():
        response = await portal.save(draft, page, answers)
        assert response.status == 200, await response.text()
    filed = await portal.file(draft, certification_hash=DECLARATION.content_hash)
    assert filed.status == 200, await filed.text()
    acknowledged = (await filed.json())["acknowledgement"]
    assert acknowledged["implicit_decision_date"] is None
    await send(portal, draft, inbox.port)
    assert inbox.messages == []
    assert await acknowledgement_pdf(portal, draft)


REPORT_PAGES: dict[str, dict[str, Any]] = {
    "lieu": {"commune": "30189", "place": "3 rue du Colisée"},
    "probleme": {
        "problem": "lighting",
        "details": "Le lampadaire est éteint.",
        "seen_on": "23/11/2026",
        "hazard": "no",
    },
    "contact": {},
}
