"""One attempt at a time, stored before the redirect, looked up before the next one (PAY-02)."""

import asyncio

import pytest

from deploy.simulators.dgfip.faults import Fault
from services.procedures.payments.model import (
    AlreadyPaid,
    OnlinePaymentClosed,
    PaymentUnderway,
)
from tests.services.procedures.payments.till import Till

pytestmark = pytest.mark.promise("PAY-02")


@pytest.mark.promise("PAY-01")
@pytest.mark.parametrize("result", ["P", "V"])
async def test_a_payment_is_credited_once_verified(till: Till, result: str) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    assert "/tpa/paiementws.web?idop=" in redirection.url
    assert await till.credits(opened) == []
    till.decide(redirection, result)
    assert await till.look_up(redirection) == "paid"
    assert await till.look_up(redirection) == "paid"
    (credit,) = await till.credits(opened)
    assert (credit["amount_cents"], credit["kind"], credit["result"]) == (4590, "payment", result)
    assert await till.debt_state(opened) == "paid"
    job = ("acknowledge_payment", {"attempt_id": str(redirection.attempt.id)})
    assert await till.jobs() == [job]


async def test_a_paid_bill_is_not_paid_again(till: Till) -> None:
    opened, access = await till.open()
    till.decide(await till.start(opened, access), "P")
    # nobody has looked the first attempt up yet: starting again does (rule 2)
    with pytest.raises(AlreadyPaid):
        await till.start(opened, access)
    assert await till.debt_state(opened) == "paid"
    assert len(till.dgfip.register.operations) == 1


async def test_another_payer_of_the_same_bill_is_told_that_it_is_paid(till: Till) -> None:
    debt = till.new_debt()
    first, key = await till.open(debt)
    second, other = await till.open(debt)
    assert first.debt.id == second.debt.id
    redirection = await till.start(first, key)
    with pytest.raises(PaymentUnderway):
        await till.start(second, other)
    till.decide(redirection, "P")
    with pytest.raises(AlreadyPaid):
        await till.start(second, other)
    with pytest.raises(AlreadyPaid):
        await till.open(debt)


@pytest.mark.parametrize("result", ["R", "Z"])
async def test_after_a_refusal_one_may_try_again(till: Till, result: str) -> None:
    opened, access = await till.open()
    first = await till.start(opened, access)
    till.decide(first, result)
    second = await till.start(opened, access)
    assert second.url != first.url
    assert await till.state(first.attempt.id) == "refused"
    till.decide(second, "P")
    assert await till.look_up(second) == "paid"
    assert len(await till.credits(opened)) == 1


async def test_after_an_abandonment_one_waits_until_it_is_final(till: Till) -> None:
    opened, access = await till.open()
    first = await till.start(opened, access)
    till.decide(first, "A")
    with pytest.raises(PaymentUnderway) as underway:
        await till.start(opened, access)
    assert underway.value.extra["retry_at"] == "2026-11-24T09:05:00+00:00"
    till.advance(minutes=5)
    second = await till.start(opened, access)
    assert second.url != first.url
    assert await till.state(first.attempt.id) == "abandoned"


async def test_a_double_click_leads_to_one_page(till: Till) -> None:
    opened, access = await till.open()
    till.dgfip.faults.planned.append(Fault("slow", "creerPaiementSecurise", seconds=0.3))
    found = await asyncio.gather(*(till.start(opened, access) for _ in range(5)))
    assert len({redirection.url for redirection in found}) == 1
    assert len(till.dgfip.register.operations) == 1


async def test_who_left_the_page_unpaid_goes_back_to_it_then_waits_two_hours(till: Till) -> None:
    opened, access = await till.open()
    first = await till.start(opened, access)
    till.advance(minutes=13)
    assert (await till.start(opened, access)).url == first.url
    till.advance(minutes=2)
    with pytest.raises(PaymentUnderway) as underway:
        await till.start(opened, access)
    assert underway.value.extra["retry_at"] == "2026-11-24T11:00:00+00:00"
    till.advance(minutes=105)
    second = await till.start(opened, access)
    assert second.url != first.url
    assert await till.state(first.attempt.id) == "expired"


async def test_a_late_payment_wins_and_a_double_one_is_queued_for_refund(till: Till) -> None:
    opened, access = await till.open()
    first = await till.start(opened, access)
    till.advance(hours=2)
    second = await till.start(opened, access)
    till.decide(second, "P")
    assert await till.look_up(second) == "paid"
    till.decide(first, "V")
    assert await till.look_up(first) == "paid"
    assert [credit["kind"] for credit in await till.credits(opened)] == ["payment", "overpayment"]
    assert await till.debt_state(opened) == "overpaid"
    assert await till.alerts(first.attempt.id) == ["overpaid", "paid-late"]
    async with till.database.connection() as connection:
        refund = await connection.fetchrow("SELECT * FROM refunds")
    assert refund is not None
    assert (refund["attempt_id"], refund["amount_cents"]) == (first.attempt.id, 4590)


async def test_two_amounts_of_one_reference_are_one_bill(till: Till) -> None:
    mistyped, key = await till.open(till.new_debt(100, "FACTURE0001"))
    right, other = await till.open(till.new_debt(4590, "FACTURE0001"))
    assert mistyped.debt.id != right.debt.id
    redirection = await till.start(mistyped, key)
    with pytest.raises(PaymentUnderway):
        await till.start(right, other)
    till.decide(redirection, "P")
    with pytest.raises(AlreadyPaid):
        await till.start(right, other)


@pytest.mark.parametrize("spoilt", [{"montant": "100"}, {"numcli": "000001"}, {"refdet": "AUTRE1"}])
async def test_an_answer_that_differs_credits_nothing(till: Till, spoilt: dict[str, str]) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "P", **spoilt)
    assert await till.look_up(redirection) == "disputed"
    assert await till.credits(opened) == []
    assert await till.alerts(redirection.attempt.id) == ["mismatch"]
    with pytest.raises(PaymentUnderway):
        await till.start(opened, access)


async def test_a_regie_that_is_switched_off_takes_nothing(till: Till) -> None:
    opened, access = await till.open()
    await till.set_regie(active=False)
    with pytest.raises(OnlinePaymentClosed):
        await till.start(opened, access)


@pytest.mark.promise("DAT-04")
async def test_each_departure_is_journalled_without_any_content(till: Till) -> None:
    opened, access = await till.open()
    await till.start(opened, access)
    async with till.database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM disclosures")
    assert row is not None
    assert (row["recipient"], row["subject_id"]) == ("payfip", opened.payer.id)
    assert row["data"] == ["reference", "amount", "object", "email"]


@pytest.mark.parametrize("table", ["payment_look_ups", "payment_events", "credits", "disclosures"])
async def test_what_is_written_is_never_changed(till: Till, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        async with till.database.connection() as connection:
            with pytest.raises(Exception, match="append-only"):
                await connection.execute(statement)
