"""Two agents and a person on one request, over the pages (REQ-07 to REQ-11)."""

import asyncio

import pytest
from yarl import URL

from tests.journeys import steps
from tests.journeys.plain_visitor import PlainVisitor
from tests.journeys.staff import sign_in
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal


@pytest.mark.promise("REQ-06", "REQ-07", "REQ-10", "REQ-11", "SES-02")
async def test_two_agents_and_a_person_see_each_others_changes(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    email = steps.new_address()
    person = await open_visitor("plain")
    await steps.prepare_request(person, email)
    filed = await steps.certify_and_file(person)

    aline, sophie = await open_visitor("plain"), await open_visitor("plain")
    await sign_in(portal, aline, "aline.agent")
    await sign_in(portal, sophie, "sophie.chef")
    await find(aline, filed.number)
    await find(sophie, "pagnol")
    await sophie.open(await aline.address())

    await aline.press("Prendre en charge")
    assert "La personne est prévenue" in await aline.text()
    await sophie.fill({"champ-suspend-reason": "Adresse à vérifier."})
    await sophie.press("Suspendre")
    text = await sophie.text()
    assert "Ce dossier a changé entre-temps" in text
    assert "Un agent a pris votre demande en charge" in text
    assert await sophie.value("champ-suspend-reason") == "Adresse à vérifier."

    await ask_and_answer(aline, person, filed.address)
    await sophie.open(await aline.address())
    assert "Soubeyran" in await sophie.text()
    await sophie.fill({"champ-accept-reason": "Les conditions sont remplies."})
    await sophie.press("Accepter la demande")
    await read_decision(person, filed.address)
    mails = await portal.mails(email, least=6)
    decision = next(mail for mail in mails if "acceptée" in mail["subject"])
    assert decision["attachments"][0]["name"].startswith(filed.number)


async def ask_and_answer(agent: Visitor, person: Visitor, address: str) -> None:
    """Ask for another name; the person reads it, answers by a message and by a correction."""
    await agent.tick("ask-family_name")
    await agent.fill({"champ-ask_person-reason": "Le nom diffère du justificatif."})
    await agent.press("Demander une correction")
    await person.open(address)
    assert "Le nom diffère du justificatif." in await person.text()
    await person.fill({"champ-text": "Je viens de changer de nom."})
    await person.attach("champ-file", steps.electricity_bill())
    await person.press("Envoyer le message")
    assert "Votre message est envoyé au service" in await person.text()
    await person.fill({"champ-family_name": "Soubeyran"})
    await person.press("Envoyer ma réponse au service")
    assert "Votre réponse est transmise au service" in await person.text()
    await agent.open(await agent.address())
    text = await agent.text()
    assert "Je viens de changer de nom." in text
    assert "Soubeyran" in text


async def read_decision(person: Visitor, address: str) -> None:
    await person.open(address)
    text = await person.text()
    assert "Votre demande est acceptée" in text
    assert "Un agent a ouvert votre demande" in text
    assert "Réponse promise pour le" in text
    letter = steps.text_of_pdf(await person.download("Lire le courrier"))
    assert "Les conditions sont remplies." in letter


async def find(agent: Visitor, words: str) -> None:
    await agent.open("/agents/dossiers")
    await agent.fill({"champ-text": words})
    await agent.press("Rechercher")
    await agent.follow("NM-")
    assert (await agent.title()).startswith("Dossier NM-"), await agent.text()


@pytest.mark.promise("REQ-07", "SES-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_two_agents_press_at_once_and_neither_loses_a_word(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    person = await open_visitor("plain")
    await steps.prepare_request(person, steps.new_address())
    filed = await steps.certify_and_file(person)
    aline, sophie = await open_visitor(kind), await open_visitor(kind)
    await sign_in(portal, aline, "aline.agent")
    await find(aline, filed.number)
    await aline.press("Prendre en charge")
    await sign_in(portal, sophie, "sophie.chef")
    await sophie.open(path_of(await aline.address()))
    assert "Aline Morel" in await sophie.text()

    words = {"champ-close-reason": "Doublon.", "champ-refuse-reason": "Hors du territoire."}
    await aline.unfold("Classer sans suite")
    await aline.fill({"champ-close-reason": words["champ-close-reason"]})
    await sophie.unfold("Refuser la demande")
    await sophie.fill({"champ-refuse-reason": words["champ-refuse-reason"]})
    await asyncio.gather(aline.press("Classer sans suite"), sophie.press("Refuser la demande"))

    pages = [await aline.text(), await sophie.text()]
    late = [page for page in pages if "Ce dossier a changé entre-temps" in page]
    assert len(late) == 1, pages
    first_is_aline = late[0] == pages[1]
    loser = sophie if first_is_aline else aline
    told = "classée sans suite" if first_is_aline else "refusée"
    kept = words["champ-refuse-reason" if first_is_aline else "champ-close-reason"]
    # the other's change is told, with the reasons, and the words for what can no longer be done
    assert f"Votre demande est {told}" in late[0]
    assert f"Votre texte, pour une action qui n’est plus possible {kept}" in late[0]

    # one goes on, and the other sees it: a note for the colleague, a message to the person
    await loser.fill({"champ-note": "J’allais décider autrement."})
    await loser.press("Enregistrer la note")
    await loser.fill({"champ-text": "Nous revenons vers vous."})
    await loser.press("Envoyer le message")
    winner = aline if first_is_aline else sophie
    await winner.open(path_of(await winner.address()))
    text = await winner.text()
    assert "J’allais décider autrement." in text
    assert "Nous revenons vers vous." in text
    assert ("Sophie Garnier" if first_is_aline else "Aline Morel") in text
    await person.open(filed.address)
    read = await person.text()
    assert f"Votre demande est {told}" in read
    assert "Nous revenons vers vous." in read
    assert "J’allais décider autrement." not in read
    assert "Garnier" not in read
    decided = [f"Votre demande est {one}" in read for one in ("classée sans suite", "refusée")]
    assert decided.count(True) == 1


def path_of(address: str) -> str:
    """Return an address without its host."""
    return URL(address).path


@pytest.mark.promise("REQ-07", "LEG-02")
async def test_an_agent_enters_a_request_for_the_person_at_the_counter(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    email, agent = steps.new_address(), await open_visitor("plain")
    await sign_in(portal, agent, "sophie.chef")
    await agent.open("/agents/guichet")
    await agent.follow(steps.CARD)
    await agent.press("Commencer la saisie")
    assert [field for field, _ in await agent.summary()] == ["champ-accepted"]
    await agent.tick("champ-accepted")
    await agent.press("Commencer la saisie")
    await steps.assert_at(agent, "/etapes/vous")
    await steps.fill_pages(agent, email)
    await steps.join_bill(agent)
    filed = await steps.certify_and_file(agent)
    person = await open_visitor("plain")
    await steps.follow_file(person, filed.number, filed.code)
    assert "Demande commencée pour vous au guichet" in await person.text()
    await agent.open("/agents/statistiques?service=dechets")
    await agent.fill({"champ-du": "01/01/2020", "champ-au": "31/12/2099"})
    await agent.press("Extraire")
    assert isinstance(agent, PlainVisitor)
    assert filed.number in agent.page.body.decode("utf-8-sig"), agent.page.html
