"""The person and the desk read when silence decides, and how missing papers move that day."""

from datetime import timedelta

import pytest

from chassis.database import Database
from tests.services.procedures.notices.test_notices import Outbox, run_jobs
from tests.services.procedures.office import Desk, journal, person_does
from tests.services.procedures.portal import Draft, Portal

pytestmark = pytest.mark.promise("REQ-05")

QUESTION = {"reason": "Le nom ne correspond pas au justificatif.", "fields": ["family_name"]}


async def answer(portal: Portal, draft: Draft) -> None:
    revision = (await journal(portal, draft))["revision"]
    body = {"revision": revision, "answers": {"family_name": "Soubeyran"}}
    response = await person_does(portal, draft, "correction", body)
    assert response.status == 204, await response.text()


async def test_the_delay_of_an_acceptance_runs_from_what_completes_the_request(
    portal: Portal, desk: Desk
) -> None:
    draft, filed = await portal.filed()
    assert filed["acknowledgement"]["implicit_decision_date"] == "2027-01-24"
    assert (await journal(portal, draft))["implicit_decision"]["on"] == "2027-01-24"
    await desk.take(draft)
    portal.clock.instant += timedelta(days=7)
    await desk.must(draft, "ask_person", **QUESTION)
    waiting = (await journal(portal, draft))["implicit_decision"]
    assert (waiting["on"], waiting["awaited_since"]) == (None, "2026-12-01")
    assert "ne court pas" in waiting["moved"]
    portal.clock.instant += timedelta(days=10)
    await answer(portal, draft)
    moved = (await journal(portal, draft))["implicit_decision"]
    assert (moved["on"], moved["announced_on"]) == ("2027-02-11", "2027-01-24")
    assert "11 février 2027" in moved["label"]
    seen = await desk.open(draft)
    assert seen["implicit_decision"] == moved
    assert seen["acknowledgement"]["implicit_decision_date"] == "2027-01-24", "as issued"


async def test_a_message_without_anything_to_give_moves_nothing(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    await desk.take(draft)
    await desk.must(draft, "ask_person", reason="Pouvez-vous préciser ?")
    found = (await journal(portal, draft))["implicit_decision"]
    assert (found["on"], found["awaited_since"], found["moved"]) == ("2027-01-24", None, None)


async def test_a_decided_request_waits_for_no_silence(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    await desk.take(draft)
    await desk.must(draft, "accept", reason="Complet.")
    assert (await journal(portal, draft))["implicit_decision"] is None


async def test_the_mails_tell_of_it(portal: Portal, desk: Desk, seeded: Database) -> None:
    draft, _ = await portal.filed()
    await desk.take(draft)
    await desk.must(draft, "ask_person", **QUESTION)
    asked = Outbox()
    await run_jobs(portal, seeded, asked)
    assert "Le délai ne court pas" in asked.mails[-1].text
    portal.clock.instant += timedelta(days=3)
    await answer(portal, draft)
    answered = Outbox()
    await run_jobs(portal, seeded, answered)
    told = [mail.text for mail in answered.mails if mail.to == "manon.pagnol@example.org"]
    assert "27 janvier 2027" in told[-1]
