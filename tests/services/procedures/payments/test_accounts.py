"""The payments of an account: its list, its copy, its end."""

import pytest

from chassis.caller import Person
from tests.services.procedures.payments.test_http import Desk
from tests.services.procedures.payments.test_http import desk as desk


async def test_the_payments_of_an_account_are_listed(desk: Desk) -> None:
    person = Person("0191f0a0-0000-7000-8000-0000000000cc")
    body = desk.bill()
    assert (await desk.call("POST", "/payments", json=body, person=person))[0] == 201
    _, found = await desk.call("GET", "/payments", person=person)
    assert [payment["id"] for payment in found["payments"]] == [body["id"]]
    assert (await desk.call("GET", "/payments"))[0] == 401


@pytest.mark.promise("DAT-02", "DAT-03")
async def test_payments_are_in_the_copy_of_an_account_and_leave_it_with_it(desk: Desk) -> None:
    person = Person("0191f0a0-0000-7000-8000-0000000000cc")
    body = desk.bill()
    await desk.call("POST", "/payments", json=body, person=person)
    account = f"/accounts/{person.account_id}"
    _, copied = await desk.call("GET", f"{account}/data", person=person)
    assert [payment["id"] for payment in copied["payments"]] == [body["id"]]
    assert (await desk.call("POST", f"{account}/erasure", person=person))[0] == 200
    assert (await desk.call("GET", f"{account}/data", person=person))[1]["payments"] == []
    # who holds the secret still reads the payment
    assert (await desk.call("GET", f"/payments/{body['id']}"))[0] == 200
