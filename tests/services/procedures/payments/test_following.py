"""The durable schedule: what is open is followed until it is known, and told when it is long."""

import pytest

from deploy.simulators.dgfip.faults import Fault
from services.procedures.payments.model import Mode, ProviderUnavailable
from tests.services.procedures.payments.till import Till

pytestmark = pytest.mark.promise("PAY-02")


async def test_a_tab_closed_at_the_page_is_found_paid_later(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    for _ in range(3):
        till.advance(minutes=2)
        assert await till.payments.following.follow_due() == 1
    till.decide(redirection, "V")
    assert await till.payments.following.follow_due() == 0
    till.advance(minutes=2)
    await till.payments.following.follow_due()
    assert await till.state(redirection.attempt.id) == "paid"
    assert await till.debt_state(opened) == "paid"


async def test_what_the_night_purged_is_dead_after_a_day(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.advance(hours=23)
    await till.payments.following.follow_due()
    assert await till.state(redirection.attempt.id) == "open"
    till.advance(hours=2)
    await till.payments.following.follow_due()
    assert await till.state(redirection.attempt.id) == "expired"


@pytest.mark.promise("PAY-04")
async def test_an_unknown_result_is_pending_and_told_then_a_payment_wins(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "Q")
    till.advance(minutes=2)
    await till.payments.following.follow_due()
    assert await till.state(redirection.attempt.id) == "open"
    assert await till.alerts(redirection.attempt.id) == ["unknown-result"]
    operation = next(iter(till.dgfip.register.operations.values()))
    operation.result = "P"
    till.advance(hours=2)
    await till.payments.following.follow_due()
    assert len(await till.credits(opened)) == 1


@pytest.mark.promise("PAY-06")
async def test_with_the_dgfip_down_nothing_changes_and_all_catches_up(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "P")
    till.dgfip.faults.planned.append(Fault("bad_gateway", times=2))
    for minutes in (2, 29):
        till.advance(minutes=minutes)
        await till.payments.following.follow_due()
    assert await till.state(redirection.attempt.id) == "open"
    till.advance(minutes=31)
    till.payments.payfip.breaker.succeeded()
    await till.payments.following.follow_due()
    till.advance(minutes=31)
    await till.payments.following.follow_due()
    assert await till.state(redirection.attempt.id) == "paid"


async def test_what_a_dead_process_had_taken_is_taken_over(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "P")
    now = till.advance(minutes=2)
    async with till.database.transaction() as connection:
        taken = await till.payments.settling.attempts.claim_due(
            connection, now, till.clock.now() + (now - opened.debt.created_at), 10
        )
    assert len(taken) == 1
    assert await till.payments.following.follow_due() == 0
    till.advance(minutes=2)
    assert await till.payments.following.follow_due() == 1
    assert await till.state(redirection.attempt.id) == "paid"


async def test_a_process_that_died_while_asking_leaves_an_unknown_attempt(till: Till) -> None:
    opened, access = await till.open()
    till.payments.payfip._creation_seconds = 0.1
    till.dgfip.faults.planned.append(Fault("lost_answer"))
    with pytest.raises(ProviderUnavailable):
        await till.start(opened, access)
    async with till.database.transaction() as connection:
        # as if we had died between the two transactions
        await connection.execute("UPDATE payment_attempts SET state = 'started'")
    till.advance(minutes=1)
    attempt_id = await _only(till)
    await till.payments.settling.age(attempt_id)
    assert await till.state(attempt_id) == "unknown"
    till.advance(minutes=14)
    await till.payments.following.follow_due()
    assert await till.state(attempt_id) == "expired"
    assert (await till.start(opened, access)).url


@pytest.mark.promise("PAY-04")
async def test_in_form_mode_what_is_declared_and_never_confirmed_is_told(till: Till) -> None:
    await till.set_regie(mode=Mode.FORM)
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    async with till.database.transaction() as connection:
        await connection.execute("UPDATE payment_attempts SET state = 'declared'")
    till.advance(days=5)
    await till.payments.following.follow_due()
    assert await till.state(redirection.attempt.id) == "declared"
    assert await till.alerts(redirection.attempt.id) == ["unreconciled"]


@pytest.mark.promise("DAT-03")
async def test_a_payer_who_was_erased_is_credited_and_gone(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "P")
    async with till.database.transaction() as connection:
        await connection.execute("UPDATE payers SET wrapped_key = NULL, email = ''")
    till.advance(minutes=2)
    await till.payments.following.follow_due()
    assert len(await till.credits(opened)) == 1
    async with till.database.connection() as connection:
        assert await connection.fetchval("SELECT raw FROM payment_look_ups") == b""


async def _only(till: Till):  # type: ignore[no-untyped-def]
    async with till.database.connection() as connection:
        return await connection.fetchval("SELECT id FROM payment_attempts")
