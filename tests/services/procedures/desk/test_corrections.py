"""Corrections asked on named fields, answered by the person (REQ-07)."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import ClientResponse

from tests.services.procedures.office import (
    Desk,
    join_file,
    journal,
    kinds,
    new_key,
    office_of,
    person_does,
)
from tests.services.procedures.portal import Draft, Portal

pytestmark = pytest.mark.promise("REQ-07")

ASKED = {"reason": "Le nom ne correspond pas au justificatif.", "fields": ["family_name"]}


async def asked(portal: Portal, desk: Desk, **more: object) -> Draft:
    draft, _ = await portal.filed()
    await desk.take(draft)
    await desk.must(draft, "ask_person", **{**ASKED, **more})
    return draft


async def answer(
    portal: Portal, draft: Draft, answers: dict[str, object], key: str | None = None
) -> ClientResponse:
    revision = (await journal(portal, draft))["revision"]
    body = {"revision": revision, "answers": answers}
    return await person_does(portal, draft, "correction", body, key)


async def test_the_person_reads_what_is_asked_and_answers(portal: Portal, desk: Desk) -> None:
    draft = await asked(portal, desk)
    seen = await journal(portal, draft)
    assert seen["state"] == "awaiting_person"
    assert seen["correction"]["reason"] == ASKED["reason"]
    assert [one["field"] for one in seen["correction"]["fields"]] == ["family_name"]
    assert seen["correction"]["deadline_on"] == "2026-12-24"
    response = await answer(portal, draft, {"family_name": "Soubeyran"})
    assert response.status == 204, await response.text()
    seen = await journal(portal, draft)
    assert seen["state"] == "taken_in_hand"
    assert seen["correction"] is None
    assert kinds(seen["steps"])[-2:] == ["asked", "answered"]
    assert (await portal.view(draft))["answers"]["family_name"] == "Soubeyran"


async def test_what_was_there_before_is_kept_as_evidence(portal: Portal, desk: Desk) -> None:
    draft = await asked(portal, desk)
    await answer(portal, draft, {"family_name": "Soubeyran"})
    earlier = (await desk.open(draft))["earlier_answers"]
    assert [one["values"] for one in earlier] == [{"family_name": "Pagnol"}]


async def test_only_what_is_asked_can_change(portal: Portal, desk: Desk) -> None:
    draft = await asked(portal, desk)
    response = await answer(portal, draft, {"family_name": "Soubeyran", "given_name": "Jean"})
    assert response.status == 422
    view = await portal.view(draft)
    assert (view["answers"]["family_name"], view["answers"]["given_name"]) == ("Pagnol", "Manon")


async def test_a_faulty_answer_is_refused_and_keeps_nothing(portal: Portal, desk: Desk) -> None:
    draft = await asked(portal, desk, fields=["email"])
    response = await answer(portal, draft, {"email": "pas une adresse"})
    assert response.status == 422
    problem = await response.json()
    assert problem["code"] == "answers-invalid"
    assert problem["errors"][0]["pointer"] == "/answers/email"
    seen = await journal(portal, draft)
    assert seen["state"] == "awaiting_person"


async def test_an_answer_sent_many_times_counts_once(portal: Portal, desk: Desk) -> None:
    draft = await asked(portal, desk)
    revision, key = (await journal(portal, draft))["revision"], new_key()
    body = {"revision": revision, "answers": {"family_name": "Soubeyran"}}
    answers = await asyncio.gather(
        *(person_does(portal, draft, "correction", body, key) for _ in range(5))
    )
    assert [one.status for one in answers] == [204] * 5
    assert kinds((await journal(portal, draft))["steps"]).count("answered") == 1


async def test_nothing_can_be_answered_when_nothing_is_asked(portal: Portal) -> None:
    draft, _ = await portal.filed()
    response = await answer(portal, draft, {"family_name": "Soubeyran"})
    assert response.status == 409
    assert (await response.json())["code"] == "nothing-asked"


async def test_a_document_asked_is_joined_after_filing_and_no_other(
    portal: Portal, desk: Desk
) -> None:
    draft = await asked(portal, desk, documents=["justificatif-domicile"])
    joined = await join_file(portal, draft, "justificatif-domicile")
    assert joined.status == 201, await joined.text()
    other = await join_file(portal, draft, "autre-chose")
    assert other.status == 404
    await answer(portal, draft, {})
    late = await join_file(portal, draft, "justificatif-domicile")
    assert late.status == 404


@pytest.mark.parametrize(
    "fault",
    [
        {"fields": ["no_such_field"]},
        {"documents": ["no-such-document"]},
        {"deadline_on": "2026-11-24"},
    ],
)
async def test_the_desk_asks_only_what_the_form_has_for_a_day_to_come(
    portal: Portal, desk: Desk, fault: dict[str, object]
) -> None:
    draft, _ = await portal.filed()
    await desk.take(draft)
    response = await desk.act(draft, "ask_person", **{**ASKED, **fault})
    assert response.status == 422


@pytest.mark.promise("REQ-09")
async def test_an_unanswered_question_comes_back_to_the_service_and_can_still_be_answered(
    portal: Portal, desk: Desk
) -> None:
    draft = await asked(portal, desk)
    portal.clock.instant += timedelta(days=38)
    assert await office_of(portal).lifecycle.escalate_ageing() == 1
    assert (await journal(portal, draft))["state"] == "escalated"
    response = await answer(portal, draft, {"family_name": "Soubeyran"})
    assert response.status == 204
    assert (await journal(portal, draft))["state"] == "taken_in_hand"
