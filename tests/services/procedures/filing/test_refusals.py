"""What keeps a request from being filed, and what the person is told."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.services.procedures.portal import CARD_PAGES, DECLARATION, Portal, pdf


async def test_it_lists_everything_that_lacks(portal: Portal) -> None:
    draft = await portal.start()
    await portal.save(draft, "vous", {**CARD_PAGES["vous"], "email": "manon@"})
    response = await portal.file(draft)
    problem = await response.json()
    assert (response.status, problem["code"]) == (422, "request-incomplete")
    places = [
        (lack.get("page"), lack.get("field"), lack.get("document")) for lack in problem["missing"]
    ]
    assert ("vous", "email", None) in places
    assert ("adresse", "commune", None) in places
    assert places[-1] == (None, None, "justificatif-domicile")
    assert problem["missing"] == (await portal.view(draft))["missing"]
    assert (await portal.view(draft))["state"] == "draft"


@pytest.mark.promise("REQ-03")
async def test_it_needs_the_certification(portal: Portal) -> None:
    draft = await portal.complete()
    response = await portal.file(draft, certified=False)
    assert (response.status, (await response.json())["code"]) == (422, "not-certified")


@pytest.mark.promise("REQ-03")
@pytest.mark.parametrize("shown", ["6" * 64, "", DECLARATION.content_hash.upper() + " ", "é"])
async def test_the_certified_text_must_be_one_that_was_shown(portal: Portal, shown: str) -> None:
    draft = await portal.complete()
    response = await portal.file(draft, certification_hash=shown)
    assert (response.status, (await response.json())["code"]) == (422, "declaration-unknown")


@pytest.mark.promise("CAT-05")
async def test_a_draft_begun_in_time_is_not_filed_after_the_period(portal: Portal) -> None:
    draft = await portal.start("subvention-association-sportive")
    portal.clock.instant = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    portal.clock.seconds += 3
    response = await portal.file(draft)
    problem = await response.json()
    assert (response.status, problem["code"]) == (409, "procedure-closed")
    assert (problem["state"], problem["opens_on"]) == ("closed", "2027-09-01")
    assert (await portal.view(draft))["state"] == "draft", "the draft is kept"


async def test_an_idempotency_key_of_something_else_is_a_mistake(portal: Portal) -> None:
    draft = await portal.complete()
    body = {"certified": True, "certification_hash": DECLARATION.content_hash}
    path = f"{draft.path}/filing"
    other = {"Idempotency-Key": "another"}
    refused = await portal.call("POST", path, key=draft.key, json=body, headers=other)
    own = {"Idempotency-Key": str(draft.id)}
    taken = await portal.call("POST", path, key=draft.key, json=body, headers=own)
    assert (refused.status, taken.status) == (422, 200)


async def test_a_date_that_was_right_when_typed_is_checked_again(portal: Portal) -> None:
    draft = await portal.complete()
    removed = (await portal.view(draft))["documents"][0]["id"]
    gone = await portal.call("DELETE", f"{draft.path}/documents/{removed}", key=draft.key)
    assert gone.status == 204
    response = await portal.file(draft)
    assert [lack["document"] for lack in (await response.json())["missing"]] == [
        "justificatif-domicile"
    ]
    assert (await portal.upload(draft, pdf())).status == 201
    assert (await portal.file(draft)).status == 200


@pytest.mark.promise("SEC-02")
async def test_only_its_owner_files_it(portal: Portal) -> None:
    draft = await portal.complete()
    body: dict[str, Any] = {"certified": True, "certification_hash": DECLARATION.content_hash}
    path = f"{draft.path}/filing"
    for key in (None, "", portal.ids.new_secret()):
        response = await portal.call("POST", path, key=key, json=body)
        assert (response.status, (await response.json())["code"]) == (404, "request-not-found")
