"""PUT /requests/{id}/answers/{page}: the typing is kept, faults and all."""

import asyncio
from typing import Any

import pytest

from tests.services.procedures.portal import CARD_PAGES, Portal

FAULTY = {"family_name": "", "given_name": "Manon", "email": "manon@", "phone": "12"}


@pytest.mark.promise("REQ-01")
async def test_it_keeps_the_typing_with_its_faults(portal: Portal) -> None:
    draft = await portal.start()
    response = await portal.save(draft, "vous", FAULTY)
    problem = await response.json()
    assert (response.status, problem["code"], problem["revision"]) == (422, "answers-invalid", 1)
    pointers = [error["pointer"] for error in problem["errors"]]
    assert pointers == ["/answers/family_name", "/answers/email", "/answers/phone"]
    view = await portal.view(draft)
    assert view["answers"] == FAULTY
    assert {lack.get("field") for lack in view["missing"]} >= {"family_name", "email", "phone"}


async def test_a_corrected_page_is_taken(portal: Portal) -> None:
    draft = await portal.start()
    await portal.save(draft, "vous", FAULTY)
    response = await portal.save(draft, "vous", CARD_PAGES["vous"])
    view = await response.json()
    assert (response.status, view["revision"]) == (200, 2)
    recap = {field["field"]: field["value"] for field in view["recap"][0]["fields"]}
    assert recap["phone"] == "04 66 02 55 55"


@pytest.mark.promise("SES-04")
async def test_an_older_revision_is_refused_with_what_is_stored(portal: Portal) -> None:
    draft = await portal.start()
    await portal.save(draft, "vous", CARD_PAGES["vous"])
    other = {**CARD_PAGES["vous"], "given_name": "Ugolin"}
    response = await portal.save(draft, "vous", other, revision=0)
    problem = await response.json()
    assert (response.status, problem["code"], problem["revision"]) == (409, "stale-revision", 1)
    assert problem["answers"] == CARD_PAGES["vous"]
    assert (await portal.view(draft))["answers"]["given_name"] == "Manon"


@pytest.mark.promise("SES-04")
async def test_of_two_tabs_at_once_one_is_told(portal: Portal) -> None:
    draft = await portal.start()
    tabs = [{**CARD_PAGES["vous"], "given_name": name} for name in ("Manon", "Ugolin")]
    answers = await asyncio.gather(*(portal.save(draft, "vous", tab, revision=0) for tab in tabs))
    assert sorted(answer.status for answer in answers) == [200, 409]
    winner = [answer.status for answer in answers].index(200)
    stored = (await portal.view(draft))["answers"]
    assert stored == tabs[winner]


async def test_the_same_sending_repeated_is_one_revision(portal: Portal) -> None:
    draft = await portal.start()
    answers = await asyncio.gather(
        *(portal.save(draft, "vous", CARD_PAGES["vous"], revision=0) for _ in range(5))
    )
    assert [answer.status for answer in answers] == [200] * 5
    assert (await portal.view(draft))["revision"] == 1


async def test_an_unknown_page_is_told(portal: Portal) -> None:
    draft = await portal.start()
    response = await portal.save(draft, "inconnue", {})
    assert (response.status, (await response.json())["code"]) == (404, "page-not-found")


async def test_a_filed_request_is_no_longer_changed(portal: Portal) -> None:
    draft, view = await portal.filed()
    response = await portal.save(draft, "vous", CARD_PAGES["vous"] | {"given_name": "Ugolin"})
    assert (response.status, (await response.json())["code"]) == (409, "request-filed")
    assert (await portal.view(draft))["answers"] == view["answers"]


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    "answers",
    [
        {"family_name": ["Pagnol", "Soubeyran"]},
        {"family_name": {"a": {"b": "c"}}},
        {"family_name": 12.5},
        {"family_name": True},
        {"family_name": nested(300)},
        {"family_name": "x" * 90_000},
        {"family_name": "x" * 300_000},
        {"family_name": "a\u202eb\x07"},
        {f"field-{number}": "x" for number in range(5000)},
    ],
    ids=["list", "object", "float", "boolean", "deep", "long", "longer", "controls", "many"],
)
async def test_hostile_answers_are_faults_and_nothing_else(
    portal: Portal, answers: dict[str, Any]
) -> None:
    draft = await portal.start()
    response = await portal.save(draft, "vous", answers)
    assert response.status == 422
    view = await portal.view(draft)
    assert set(view["answers"]) <= set(CARD_PAGES["vous"])


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"revision": 0, "answers": {"family_name": ' + b"[" * 700 + b"]" * 700 + b"}}",
        b'{"revision": 0, "answers": {"family_name": ' + b"[" * 950 + b"]" * 950 + b"}}",
        b'{"revision": 0, "answers": {"family_name": "\\ud800"}}',
        b'{"revision": 0, "answers": {"family_name": "\\u0000"}}',
        b'{"revision": 1e999, "answers": {}}',
        b'{"revision": NaN, "answers": {}}',
        b'{"revision": -1, "answers": {}}',
        b'{"revision": 99999999999999999999, "answers": {}}',
        b"\xff\xfe{}",
        b"null",
        b"12",
    ],
)
async def test_a_hostile_body_is_refused(portal: Portal, body: bytes) -> None:
    draft = await portal.start()
    path = f"{draft.path}/answers/vous"
    response = await portal.call("PUT", path, key=draft.key, data=body)
    assert response.status == 422
