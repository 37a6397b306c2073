"""Who works for a service: told to those who work there, and to the service that writes to them."""

from uuid import UUID, uuid4

import pytest

from chassis.caller import Person
from services.identity.accounts.model import Change
from services.identity.assembly import Parts
from tests.services.identity.conftest import Gateway, staff_member

PATH = "/staff/colleagues?service=dechets"


@pytest.mark.promise("REQ-07")
async def test_the_staff_of_a_service_see_one_another(gateway: Gateway, parts: Parts) -> None:
    aline = await staff_member(parts, "aline", "agent:dechets", "agent:voirie")
    sophie = await staff_member(parts, "sophie", "supervisor:dechets")
    await staff_member(parts, "voisin", "agent:voirie")
    gone = await staff_member(parts, "parti", "agent:dechets")
    async with parts.database.transaction() as connection:
        account = await parts.accounts.lock_account(connection, UUID(gone.account_id))
        await parts.accounts.change_state(connection, account, Change.SUSPEND)
    for person in (aline, sophie):
        status, found = await gateway.call("GET", PATH, None, person)
        assert status == 200
        assert found["colleagues"] == [
            {"account_id": aline.account_id, "name": "Aline", "supervisor": False},
            {"account_id": sophie.account_id, "name": "Sophie", "supervisor": True},
        ]
    status, found = await gateway.call("GET", "/staff/colleagues?service=voirie", None, aline)
    assert [one["name"] for one in found["colleagues"]] == ["Aline", "Voisin"]


@pytest.mark.promise("SEC-02")
async def test_nobody_else_sees_who_works_there(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    agent = await staff_member(parts, "agent", "agent:dechets")
    refused: list[Person | None] = [None, Person(str(camille))]
    # a role that is only claimed, another service's, one without a service
    refused += [Person(str(camille), ("agent:dechets",)), Person(str(uuid4()), ("agent:dechets",))]
    refused += [await staff_member(parts, "autre", "agent:voirie")]
    refused += [await staff_member(parts, "sans", "agent", "administrator")]
    assert (await gateway.client.get(PATH)).status == 401
    for person in refused:
        assert (await gateway.call("GET", PATH, None, person))[0] == 403, person
    assert (await gateway.call("GET", PATH, None, agent, service="procedures"))[0] == 403


@pytest.mark.promise("SEC-02")
async def test_an_address_is_given_to_the_service_that_writes_and_only_while_one_works_there(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    aline = await staff_member(parts, "aline", "agent:dechets")
    path = f"/staff/{aline.account_id}/address"
    status, found = await gateway.call("GET", path, None, None, service="procedures")
    assert (status, found["email"]) == (200, "aline@mairie.example")
    assert found["roles"] == ["agent:dechets"]
    assert (await gateway.client.get(path)).status == 401
    for service in ("gateway", "legal"):
        assert (await gateway.call("GET", path, None, aline, service=service))[0] == 403
    for other in (camille, uuid4(), "x"):
        path = f"/staff/{other}/address"
        assert (await gateway.call("GET", path, None, None, service="procedures"))[0] == 404
