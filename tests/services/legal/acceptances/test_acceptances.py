"""Accepting the terms: once, provably, and only the text in force."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from chassis.caller import SignatureChecker, load_public_keys
from chassis.database import Database
from chassis.errors import NotAuthenticated
from services.legal.documents.publishing import PublicationService
from tests.services.legal.conftest import TERMS, Callers, SetClock, version

SWITCH = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


async def count(database: Database, table: str) -> int:
    async with database.connection() as connection:
        return int(await connection.fetchval(f"SELECT count(*) FROM {table}"))


@pytest.mark.promise("LEG-02")
async def test_the_receipt_proves_who_accepted_which_text_and_when(
    callers: Callers, published: object, clock: SetClock, service_keys: Path
) -> None:
    subject = uuid4()
    response = await callers.accept(subject, version(), language="en")
    assert response.status == 201
    found = await response.json()
    checker = SignatureChecker("procedures", load_public_keys(service_keys / "public"), clock)
    assert checker.claims(found["receipt"], "acceptance") == {
        "iss": "legal",
        "aud": "procedures",
        "sub": str(subject),
        "document": TERMS,
        "version": 1,
        "language": "en",
        "content_hash": version().texts["en"].content_hash,
        "accepted_at": clock.instant.isoformat(),
        "acceptance_id": found["acceptance_id"],
    }
    assert found["accepted_at"] == clock.instant.isoformat()
    with pytest.raises(NotAuthenticated):
        checker.caller(found["receipt"])


@pytest.mark.promise("LEG-02")
async def test_two_hundred_acceptances_at_once_are_one(
    callers: Callers, published: object, database: Database
) -> None:
    subject = uuid4()
    before = await count(database, "audit_entries")
    responses = await asyncio.gather(*(callers.accept(subject, version()) for _ in range(200)))
    assert {response.status for response in responses} == {201}
    assert len({await response.text() for response in responses}) == 1
    assert await count(database, "acceptances") == 1
    assert await count(database, "audit_entries") == before + 1


async def test_each_subject_has_its_own(
    callers: Callers, published: object, database: Database
) -> None:
    subject = uuid4()
    first = await (await callers.accept(subject, version())).json()
    for other in (
        await callers.accept(uuid4(), version()),
        await callers.accept(subject, version(), subject_kind="account"),
    ):
        assert (await other.json())["acceptance_id"] != first["acceptance_id"]
    assert await count(database, "acceptances") == 3
    # in the other language it is the same version: the first acceptance stands
    again = await (await callers.accept(subject, version(), language="en")).json()
    assert again == first


@pytest.mark.promise("LEG-02", "LEG-03")
async def test_it_refuses_a_text_that_is_not_in_force(
    callers: Callers, publications: PublicationService, clock: SetClock, database: Database
) -> None:
    await publications.publish_versions([version(1), version(2, SWITCH)])
    subject = uuid4()
    refused = [
        await callers.accept(subject, version(2, SWITCH)),
        await callers.accept(subject, version(1), content_hash="0" * 64),
        await callers.accept(subject, version(1), content_hash=version(1).texts["en"].content_hash),
        await callers.accept(subject, version(1), version=7),
    ]
    for response in refused:
        assert response.status == 409
        problem = await response.json()
        assert (problem["code"], problem["version"]) == ("version-not-in-force", 1)
    accepted = await (await callers.accept(subject, version(1))).json()
    clock.instant = SWITCH
    # a repetition of what was accepted in time still counts; a late first acceptance does not
    assert await (await callers.accept(subject, version(1))).json() == accepted
    assert (await callers.accept(uuid4(), version(1))).status == 409
    assert (await callers.accept(subject, version(2, SWITCH))).status == 201
    assert await count(database, "acceptances") == 2


@pytest.mark.promise("SEC-02")
async def test_only_the_gateway_collects_acceptances(
    callers: Callers, published: object, database: Database
) -> None:
    for service in ("procedures", "identity"):
        assert (await callers.accept(uuid4(), version(), service=service)).status == 403
    assert (await callers.client.post("/acceptances", json={})).status == 401
    assert await count(database, "acceptances") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"document": "cookies"},
        {"subject_kind": "person"},
        {"subject_id": "x"},
        {"version": "1"},
        {"version": 2**40},
        {"content_hash": "0" * 63},
        {"page": ""},
        {"page": "a\x00"},
        {"more": 1},
    ],
)
async def test_it_refuses_what_is_not_an_acceptance(
    callers: Callers, published: object, change: dict[str, object]
) -> None:
    assert (await callers.accept(uuid4(), version(), **change)).status == 422
