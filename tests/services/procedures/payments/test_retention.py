"""What payments hold of a person is destroyed on the announced day, and not before (DAT-07)."""

from uuid import UUID

import pytest

from authority.profile import AuthorityProfile
from services.procedures.payments.model import PaymentNotFound
from services.procedures.payments.retention import PaymentRetention
from services.procedures.requests.model import Access
from tests.services.procedures.payments.till import Till

pytestmark = pytest.mark.promise("DAT-07")
YEAR = 366


@pytest.fixture
def retention(till: Till, profile: AuthorityProfile) -> PaymentRetention:
    return PaymentRetention(till.database, profile.retention, till.clock)


async def is_kept(till: Till, payer_id: UUID) -> bool:
    async with till.database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM payers WHERE id = $1", payer_id)
    assert row is not None
    left = [row["wrapped_key"], row["email"] or None, row["access_key_hash"] or None]
    assert all(left) or not any([*left, row["account_id"], row["terms"]])
    return all(left)


async def test_a_paid_one_is_kept_ten_years_and_the_accounts_stay(
    till: Till, retention: PaymentRetention, profile: AuthorityProfile
) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "P")
    assert await till.look_up(redirection) == "paid"
    till.advance(days=365 * profile.retention.payment_years)
    assert await retention.erase_due() == 0
    till.advance(days=YEAR)
    assert await retention.erase_due() == 1
    assert await retention.erase_due() == 0
    assert not await is_kept(till, opened.payer.id)
    assert len(await till.credits(opened)) == 1
    # the secret of old opens nothing any more
    with pytest.raises(PaymentNotFound):
        await till.payments.service.read(opened.payer.id, Access(access.key_hash))


async def test_one_that_led_to_nothing_is_kept_for_the_announced_months(
    till: Till, retention: PaymentRetention
) -> None:
    opened, _access = await till.open()
    tried, access = await till.open()
    till.decide(await till.start(tried, access), "R")
    till.advance(minutes=3)
    await till.payments.following.follow_due()
    till.advance(days=YEAR)
    assert await retention.erase_due() == 0
    till.advance(days=60)
    assert await retention.erase_due() == 2
    assert not await is_kept(till, opened.payer.id)


async def test_what_is_open_or_waits_for_a_refund_is_kept(
    till: Till, retention: PaymentRetention
) -> None:
    still_open, key = await till.open()
    await till.start(still_open, key)
    twice, access = await till.open()
    first = await till.start(twice, access)
    till.advance(hours=2)
    second = await till.start(twice, access)
    for redirection in (second, first):
        till.decide(redirection, "P")
        assert await till.look_up(redirection) == "paid"
    till.advance(days=11 * YEAR)
    assert await retention.erase_due() == 0
    async with till.database.transaction() as connection:
        await connection.execute("UPDATE refunds SET state = 'kept', settled_at = now()")
    assert await retention.erase_due() == 1
    assert await is_kept(till, still_open.payer.id)
