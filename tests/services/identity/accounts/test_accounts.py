"""Accounts: read by their owner, unreadable in the database."""

from uuid import UUID, uuid4

import pytest

from chassis.caller import Person
from services.identity.accounts.model import IdentifierTaken, Profile
from services.identity.accounts.service import NewAccount
from services.identity.assembly import Parts
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway


async def test_its_owner_reads_an_account(gateway: Gateway, camille: UUID) -> None:
    response = await gateway.read_account(camille, Person(str(camille)))
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert await response.json() == {
        "account_id": str(camille),
        "identifier": CAMILLE.identifier,
        "display_name": CAMILLE.display_name,
        "email": CAMILLE.email,
        "roles": [],
        "language": "fr",
        "session_epoch": 1,
        "erasure_due_at": None,
        "limited_at": None,
    }


@pytest.mark.promise("SEC-02")
async def test_an_account_of_another_looks_like_none(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    stranger = Person(str(uuid4()), ("agent",))
    refused = [
        await gateway.read_account(camille, stranger),
        await gateway.read_account(camille, None),
        await gateway.read_account(stranger.account_id, stranger),
        await gateway.read_account("not-an-id", stranger),
    ]
    async with parts.database.transaction() as connection:
        await connection.execute("UPDATE accounts SET state = 'suspended'")
    refused.append(await gateway.read_account(camille, Person(str(camille))))
    for response in refused:
        assert response.status == 404
        assert (await response.json())["code"] == "account-not-found"


@pytest.mark.promise("DAT-05")
async def test_no_personal_datum_is_readable_in_the_tables(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200
    stored = b""
    async with parts.database.connection() as connection:
        for table in ("accounts", "credentials", "audit_entries"):
            for row in await connection.fetch(f"SELECT * FROM {table}"):
                for value in row.values():
                    stored += value if isinstance(value, bytes) else str(value).encode()
    assert len(stored) > 300
    for datum in ("camille", "durand", "courriel", "étages", "mlaut"):
        assert datum.encode() not in stored.lower()


async def test_an_identifier_is_taken_whatever_its_case(parts: Parts, camille: UUID) -> None:
    for identifier in ("camille.durand", "CAMILLE.DURAND", " ｃamille.Durand"):
        with pytest.raises(IdentifierTaken):
            async with parts.database.transaction() as connection:
                await parts.accounts.open_account(
                    connection, NewAccount(Profile(identifier, "x", "x@y.z"))
                )
