"""The DGFiP does not answer, is slow, or refuses: what was begun is told, never doubled."""

import pytest
from yarl import URL

from deploy.simulators.dgfip.faults import Fault
from services.procedures.payments.model import PaymentUnderway, ProviderUnavailable
from tests.services.procedures.payments.till import Till

pytestmark = pytest.mark.promise("PAY-02")


@pytest.mark.promise("PAY-06")
async def test_nothing_begins_while_the_former_attempt_cannot_be_looked_up(till: Till) -> None:
    opened, access = await till.open()
    await till.start(opened, access)
    till.dgfip.faults.planned.append(Fault("bad_gateway"))
    with pytest.raises(ProviderUnavailable):
        await till.start(opened, access)
    assert len(till.dgfip.register.operations) == 1


@pytest.mark.parametrize("kind", ["lost_answer", "bad_gateway", "garbage", "technical"])
async def test_a_creation_without_answer_is_unknown_and_never_sent_again(
    till: Till, kind: str
) -> None:
    opened, access = await till.open()
    till.dgfip.faults.planned.append(Fault(kind, "creerPaiementSecurise"))
    with pytest.raises(ProviderUnavailable):
        await till.start(opened, access)
    made = len(till.dgfip.register.operations)
    assert made == (1 if kind == "lost_answer" else 0)
    with pytest.raises(PaymentUnderway) as underway:
        await till.start(opened, access)
    assert underway.value.extra["retry_at"] == "2026-11-24T09:15:00+00:00"
    assert len(till.dgfip.register.operations) == made
    # its page can no longer be opened by anybody: a person may ask for another one
    till.advance(minutes=15)
    redirection = await till.start(opened, access)
    till.decide(redirection, "P")
    assert await till.look_up(redirection) == "paid"


async def test_a_slow_creation_is_unknown(till: Till) -> None:
    opened, access = await till.open()
    till.payments.payfip._creation_seconds = 0.2
    till.dgfip.faults.planned.append(Fault("slow", "creerPaiementSecurise", seconds=1))
    with pytest.raises(ProviderUnavailable):
        await till.start(opened, access)
    async with till.database.connection() as connection:
        row = await connection.fetchrow("SELECT id, state FROM payment_attempts")
    assert row is not None
    assert row["state"] == "unknown"
    assert await till.alerts(row["id"]) == ["creation-unknown"]


@pytest.mark.promise("PAY-06")
async def test_a_slow_dgfip_keeps_nobody_waiting_and_its_page_is_found_at_the_next_press(
    till: Till,
) -> None:
    opened, access = await till.open()
    till.payments.service._patience_seconds = 0.1
    till.dgfip.faults.planned.append(Fault("slow", "creerPaiementSecurise", seconds=0.6))
    with pytest.raises(ProviderUnavailable) as slow:
        await till.start(opened, access)
    assert slow.value.extra["reason"] == "slow"
    till.payments.service._patience_seconds = 8
    redirection = await till.start(opened, access)
    (operation,) = till.dgfip.register.operations
    assert URL(redirection.url).query["idop"] == operation


async def test_what_the_dgfip_refuses_has_failed_and_is_told(till: Till) -> None:
    await till.set_regie(numcli="999999")
    opened, access = await till.open()
    with pytest.raises(ProviderUnavailable) as refused:
        await till.start(opened, access)
    assert refused.value.extra["reason"] == "T2"
    async with till.database.connection() as connection:
        row = await connection.fetchrow("SELECT id, state FROM payment_attempts")
    assert row is not None
    assert row["state"] == "failed"
    assert await till.alerts(row["id"]) == ["creation-refused"]
    # nothing was opened: one may try again at once
    await till.set_regie()
    assert (await till.start(opened, access)).url
