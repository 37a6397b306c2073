"""Asking again: after something material, at its minute, and never twice for one version."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.caller import Person, SignatureChecker, load_public_keys
from chassis.database import Database
from services.legal.documents.model import DocumentVersion
from services.legal.documents.publishing import PublicationService
from services.legal.evidence import verify_evidence
from tests.services.legal.conftest import TERMS, Callers, SetClock, version

EDITORIAL = datetime(2999, 1, 1, tzinfo=UTC)
MATERIAL = datetime(2999, 2, 1, 8, 30, tzinfo=UTC)
LAST = datetime(2999, 3, 1, tzinfo=UTC)


def versions() -> list[DocumentVersion]:
    return [
        version(1),
        version(2, EDITORIAL, change="editorial"),
        version(3, MATERIAL),
        version(4, LAST, change="editorial"),
    ]


async def due(callers: Callers, account: UUID) -> dict[str, Any]:
    response = await callers.get(f"/accounts/{account}/acceptance-due", person=Person(str(account)))
    assert response.status == 200, await response.text()
    found: dict[str, Any] = await response.json()
    return found


async def accept(callers: Callers, account: UUID, shown: DocumentVersion) -> None:
    response = await callers.accept(account, shown, subject_kind="account")
    assert response.status == 201


@pytest.mark.promise("LEG-02", "LEG-03")
async def test_a_material_version_asks_again_at_its_minute_and_an_editorial_one_does_not(
    callers: Callers, publications: PublicationService, clock: SetClock
) -> None:
    first, editorial, material, last = versions()
    await publications.publish_versions([first, editorial, material, last])
    account = uuid4()
    new = await due(callers, account)
    assert (new["due"], new["version"], new["last_accepted"]) == (True, 1, None)
    await accept(callers, account, first)
    for instant, asked, shown in (
        (clock.instant, False, 1),
        (EDITORIAL, False, 2),
        (MATERIAL - timedelta(microseconds=1), False, 2),
        (MATERIAL, True, 3),
        # the editorial one that follows is the text to accept, for something material came since
        (LAST, True, 4),
    ):
        clock.instant = instant
        found = await due(callers, account)
        assert (found["due"], found["version"]) == (asked, shown), instant
        # both ends of the difference to show
        assert found["last_accepted"]["version"] == 1
    await accept(callers, account, last)
    assert (await due(callers, account))["due"] is False


@pytest.mark.promise("LEG-03")
async def test_the_document_tells_the_lowest_acceptance_that_holds(
    callers: Callers, publications: PublicationService, clock: SetClock
) -> None:
    await publications.publish_versions(versions())
    floors = []
    for instant in (clock.instant, EDITORIAL, MATERIAL, LAST):
        clock.instant = instant
        floors.append((await (await callers.get(f"/documents/{TERMS}")).json())["acceptance_floor"])
    assert floors == [1, 1, 3, 3]


@pytest.mark.promise("LEG-02")
async def test_an_anonymous_request_is_asked_again_too(
    callers: Callers, publications: PublicationService, clock: SetClock
) -> None:
    await publications.publish_versions(versions())
    request_id = uuid4()
    await callers.accept(request_id, version(1))
    path = f"/requests/{request_id}/acceptance-due"
    assert (await (await callers.get(path)).json())["due"] is False
    clock.instant = MATERIAL
    assert (await (await callers.get(path)).json())["due"] is True
    assert (await (await callers.get(f"/requests/{uuid4()}/acceptance-due")).json())["due"] is True


@pytest.mark.promise("LEG-02")
async def test_an_account_accepts_once_for_all_its_requests(
    callers: Callers,
    publications: PublicationService,
    clock: SetClock,
    service_keys: Path,
) -> None:
    await publications.publish_versions(versions())
    account, request_id = uuid4(), uuid4()
    body = {"request_id": str(request_id), "document": TERMS}
    path, owner = f"/accounts/{account}/receipts", Person(str(account))
    refused = await callers.send("POST", path, body, owner)
    assert (refused.status, (await refused.json())["code"]) == (409, "acceptance-due")
    await accept(callers, account, version(1))
    given = await (await callers.send("POST", path, body, owner)).json()
    keys = load_public_keys(service_keys / "public")
    claims = SignatureChecker("procedures", keys, clock).claims(given["receipt"], "acceptance")
    assert (claims["sub"], claims["version"]) == (str(request_id), 1)
    assert claims["acceptance_id"] == given["acceptance_id"]
    assert (await callers.send("POST", path, body, Person(str(uuid4())))).status == 403
    clock.instant = MATERIAL
    assert (await callers.send("POST", path, body, owner)).status == 409


@pytest.mark.promise("LEG-02", "DAT-02")
async def test_the_evidence_says_what_when_and_how_and_nothing_of_who_but_an_opaque_id(
    callers: Callers, published: object, clock: SetClock, database: Database
) -> None:
    account = uuid4()
    await accept(callers, account, version())
    owner = Person(str(account))
    found = await (await callers.get(f"/accounts/{account}/acceptances", person=owner)).json()
    (acceptance,) = found["acceptances"]
    assert acceptance.pop("acceptance_id")
    assert acceptance == {
        "document": TERMS,
        "version": 1,
        "language": "fr",
        "content_hash": version().texts["fr"].content_hash,
        "page": "/demarches/carte-decheterie/commencer",
        "accepted_at": clock.instant.isoformat(),
    }
    async with database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM acceptances")
        entry = await connection.fetchrow("SELECT * FROM audit_entries WHERE position = 3")
    assert set(row.keys()) == {
        *("id", "subject_kind", "subject_id", "document", "version", "language"),
        *("content_hash", "page", "accepted_at", "audit_position"),
    }
    assert (entry["actor"], entry["subject"]) == ("gateway", f"account:{account}")


@pytest.mark.promise("LEG-02", "LEG-04")
async def test_an_acceptance_taken_back_is_recorded_once_and_stands(
    callers: Callers, published: object, database: Database, checker: SignatureChecker
) -> None:
    account = uuid4()
    owner = Person(str(account))
    body = {"document": TERMS, "language": "fr", "page": "/compte/conditions"}
    path = f"/accounts/{account}/withdrawals"
    early = await callers.send("POST", path, body, owner)
    assert (early.status, (await early.json())["code"]) == (409, "nothing-to-withdraw")
    await accept(callers, account, version())
    first = await callers.send("POST", path, body, owner)
    assert first.status == 201
    again = await callers.send("POST", path, body, owner)
    assert await again.json() == await first.json()
    found = await due(callers, account)
    assert found["due"] is True
    assert found["withdrawn_at"] == (await first.json())["withdrawn_at"]
    refused = await callers.accept(account, version(), subject_kind="account")
    assert (refused.status, (await refused.json())["code"]) == (409, "acceptance-withdrawn")
    kept = await (await callers.get(f"/accounts/{account}/acceptances", person=owner)).json()
    assert (len(kept["acceptances"]), len(kept["withdrawals"])) == (1, 1)
    assert (await verify_evidence(database, checker)).faults == []
    async with database.connection() as connection:
        await connection.execute(
            "ALTER TABLE withdrawals DISABLE TRIGGER USER; DELETE FROM withdrawals"
        )
    (fault,) = (await verify_evidence(database, checker)).faults
    assert (fault.position, fault.reason) == (4, "the withdrawal is not the one recorded")


@pytest.mark.promise("SEC-02")
async def test_nobody_reads_or_moves_the_evidence_of_another(
    callers: Callers, published: object
) -> None:
    account, other = uuid4(), Person(str(uuid4()), ("editor", "publisher"))
    await accept(callers, account, version())
    body = {"document": TERMS, "language": "fr", "page": "/compte"}
    for person, service in ((None, "gateway"), (other, "gateway"), (other, "procedures")):
        for method, path, sent in (
            ("GET", f"/accounts/{account}/acceptance-due", None),
            ("GET", f"/accounts/{account}/acceptances", None),
            ("POST", f"/accounts/{account}/withdrawals", body),
        ):
            response = await callers.send(method, path, sent, person, service)
            assert response.status == 403, (method, path, service)
    # identity keeps the accounts: it makes the copy of a person's data
    copy = await callers.send("GET", f"/accounts/{account}/acceptances", None, None, "identity")
    assert copy.status == 200
    assert (await callers.get("/accounts/x/acceptance-due", person=other)).status == 404
