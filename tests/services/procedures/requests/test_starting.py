"""POST /requests: a draft is started once, with proof that the terms were accepted."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.caller import Person
from chassis.clock import IdSource
from chassis.database import Database
from tests.services.procedures.portal import Portal

ACCOUNT = str(IdSource().new_id())


async def test_it_starts_an_empty_draft(portal: Portal) -> None:
    draft = portal.new_draft()
    response = await portal.call("POST", "/requests", json=portal.new_body(draft))
    view = await response.json()
    assert response.status == 201
    assert (view["id"], view["state"], view["revision"]) == (str(draft.id), "draft", 0)
    assert (view["answers"], view["documents"]) == ({}, [])
    assert [event["kind"] for event in view["events"]] == ["started"]
    assert "number" not in view
    assert "tracking_code" not in view
    assert view["missing"], "an empty form lacks answers"


@pytest.mark.promise("REQ-04")
async def test_starting_twice_starts_once(portal: Portal, seeded: Database) -> None:
    draft = portal.new_draft()
    body = portal.new_body(draft)
    views = [await (await portal.call("POST", "/requests", json=body)).json() for _ in range(2)]
    assert views[0] == views[1]
    async with seeded.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM requests") == 1
        assert await connection.fetchval("SELECT count(*) FROM request_events") == 1


async def test_starting_again_after_the_period_gives_the_draft_there_is(portal: Portal) -> None:
    draft = portal.new_draft()
    body = portal.new_body(draft, "subvention-association-sportive")
    assert (await portal.call("POST", "/requests", json=body)).status == 201
    portal.clock.instant = datetime(2026, 12, 15, 9, tzinfo=UTC)
    again = await portal.call("POST", "/requests", json=body)
    assert again.status == 201, "the draft is there: the answer to a repetition is the same"


async def test_another_key_does_not_open_a_draft_that_exists(portal: Portal) -> None:
    draft = await portal.start()
    body = portal.new_body(draft, access_key=portal.ids.new_secret())
    response = await portal.call("POST", "/requests", json=body)
    assert (response.status, (await response.json())["code"]) == (404, "request-not-found")


@pytest.mark.promise("LEG-02")
@pytest.mark.parametrize(
    "changes",
    [
        {"sub": "00000000-0000-7000-8000-000000000000"},
        {"aud": "identity"},
        {"signer": "gateway"},
        {"signer": "identity", "iss": "legal"},
    ],
    ids=["another request", "another service", "signed by the gateway", "signed in legal's name"],
)
async def test_it_refuses_a_receipt_that_legal_did_not_sign_for_this_request(
    portal: Portal, changes: dict[str, Any]
) -> None:
    draft = portal.new_draft()
    body = portal.new_body(draft, terms_receipt=portal.receipt(draft.id, **changes))
    response = await portal.call("POST", "/requests", json=body)
    assert (response.status, (await response.json())["code"]) == (422, "terms-not-accepted")


@pytest.mark.parametrize("cut", [0, 10, -1])
async def test_it_refuses_a_damaged_receipt(portal: Portal, cut: int) -> None:
    draft = portal.new_draft()
    receipt = portal.receipt(draft.id)
    damaged = receipt[:cut] if cut else "not a token"
    response = await portal.call(
        "POST", "/requests", json=portal.new_body(draft, terms_receipt=damaged)
    )
    assert (response.status, (await response.json())["code"]) == (422, "terms-not-accepted")


async def test_a_caller_token_is_no_receipt(portal: Portal) -> None:
    draft = portal.new_draft()
    token = portal.signer("legal").token("procedures")
    response = await portal.call(
        "POST", "/requests", json=portal.new_body(draft, terms_receipt=token)
    )
    assert response.status == 422


@pytest.mark.promise("CAT-05")
async def test_it_refuses_outside_the_period_with_the_dates(portal: Portal) -> None:
    portal.clock.instant = datetime(2026, 12, 15, 9, tzinfo=UTC)
    draft = portal.new_draft()
    response = await portal.call(
        "POST", "/requests", json=portal.new_body(draft, "subvention-association-sportive")
    )
    problem = await response.json()
    assert (response.status, problem["code"]) == (409, "procedure-closed")
    assert problem["opens_on"] == "2027-09-01"


@pytest.mark.parametrize("procedure", ["paiement-facture-eau", "demande-logement-social", "rien"])
async def test_only_internal_procedures_take_requests(portal: Portal, procedure: str) -> None:
    draft = portal.new_draft()
    response = await portal.call("POST", "/requests", json=portal.new_body(draft, procedure))
    assert (response.status, (await response.json())["code"]) == (409, "procedure-closed")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "not-a-uuid"),
        ("language", "de"),
        ("access_key", "short"),
        ("procedure", ["carte-decheterie"]),
        ("unknown", 1),
        ("terms_receipt", None),
    ],
)
async def test_it_refuses_a_faulty_body(portal: Portal, name: str, value: Any) -> None:
    draft = portal.new_draft()
    response = await portal.call("POST", "/requests", json=portal.new_body(draft, **{name: value}))
    assert response.status == 422
    assert (await response.json())["errors"][0]["pointer"] == f"/{name}"


@pytest.mark.promise("SEC-02")
@pytest.mark.parametrize("service", ["legal", "identity"])
async def test_only_the_gateway_acts_for_people(portal: Portal, service: str) -> None:
    draft = await portal.start()
    body = portal.new_body(portal.new_draft())
    started = await portal.call("POST", "/requests", json=body, service=service)
    read = await portal.call("GET", draft.path, key=draft.key, service=service)
    assert (started.status, read.status) == (403, 403)


@pytest.mark.promise("SEC-02")
async def test_a_request_opens_with_its_key_or_its_account_only(portal: Portal) -> None:
    owner, stranger = Person(ACCOUNT), Person(str(portal.ids.new_id()))
    draft = await portal.start(person=owner)
    statuses = {
        "key": (await portal.call("GET", draft.path, key=draft.key)).status,
        "account": (await portal.call("GET", draft.path, person=owner)).status,
        "nothing": (await portal.call("GET", draft.path)).status,
        "wrong key": (await portal.call("GET", draft.path, key=portal.ids.new_secret())).status,
        "another account": (await portal.call("GET", draft.path, person=stranger)).status,
        "empty key": (await portal.call("GET", draft.path, key="")).status,
    }
    assert statuses == {
        "key": 200,
        "account": 200,
        "nothing": 404,
        "wrong key": 404,
        "another account": 404,
        "empty key": 404,
    }


async def test_a_wrong_key_and_an_unknown_request_are_the_same_answer(portal: Portal) -> None:
    draft = await portal.start()
    wrong = await portal.call("GET", draft.path, key=portal.ids.new_secret())
    unknown = await portal.call("GET", f"/requests/{portal.ids.new_id()}", key=draft.key)
    malformed = await portal.call("GET", "/requests/1", key=draft.key)
    problems = [await answer.json() for answer in (wrong, unknown, malformed)]
    for problem in problems:
        problem.pop("instance", None)
    assert problems[0] == problems[1] == problems[2]
    assert problems[0]["code"] == "request-not-found"


async def test_a_key_that_is_no_text_is_refused(portal: Portal) -> None:
    draft = await portal.start()
    response = await portal.call("GET", draft.path, key="é€" * 20)
    assert response.status == 404


@pytest.mark.promise("DAT-05")
async def test_what_is_typed_is_sealed_at_rest(portal: Portal, seeded: Database) -> None:
    draft = await portal.complete()
    async with seeded.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM requests")
        document = await connection.fetchrow("SELECT * FROM supporting_documents")
    assert row is not None
    assert document is not None
    stored = repr(dict(row)).lower() + repr(dict(document)).lower()
    for secret in ("pagnol", "manon", "république", "facture.pdf", draft.key.lower()):
        assert secret not in stored
