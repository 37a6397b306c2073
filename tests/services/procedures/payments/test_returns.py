"""Neither a browser that comes back nor a notification is believed (PAY-02)."""

from typing import Any

import pytest
from structlog.testing import capture_logs
from yarl import URL

from deploy.simulators.dgfip.faults import Fault
from deploy.simulators.dgfip.model import Decision
from deploy.simulators.dgfip.web_service import detail
from services.procedures.payments.model import PaymentNotFound, ProviderUnavailable
from services.procedures.payments.returning import LOOK_UP_PAYMENT
from services.procedures.payments.starting import Redirection
from tests.services.procedures.payments.till import Till

pytestmark = pytest.mark.promise("PAY-02")
FORGED = {
    "montant": "100",
    "numcli": "000001",
    "refdet": "999999999999999999",
    "saisie": "A",
    "exer": "2025",
    "idop": "0191f0a0-0000-7000-8000-00000000dead",
    "numauto": "1",
    "dattrans": "01012020",
    "heurtrans": "9999",
}
# what no page of form mode sends
CLAIMED = {**FORGED, "resultrans": "P", "objet": "Autre chose"}
CLAIMS_NOTHING = {"dattrans", "heurtrans"}


def suspicions(logs: list[Any]) -> list[str]:
    """The security events, after checking that they hold nothing personal."""
    found = [entry for entry in logs if entry.get("security")]
    allowed = {"event", "log_level", "security", "message_kind", "reason"}
    assert all(set(entry) == allowed for entry in found)
    return [entry["reason"] for entry in found]


def token_of(till: Till, redirection: Redirection) -> str:
    return till.payments.starting._ordering.tokens.token(redirection.attempt.id)


def idop_of(redirection: Redirection) -> str:
    return URL(redirection.url).query["idop"]


async def run_jobs(till: Till) -> None:
    for name, payload in await till.jobs():
        if name == LOOK_UP_PAYMENT:
            await till.payments.returning.look_up_notified(payload["idop"])


@pytest.mark.parametrize("name", ["idop", "idOp", "IDOP"])
async def test_a_notification_makes_us_look_and_no_more(till: Till, name: str) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    await till.payments.returning.notified([(name, idop_of(redirection).upper())])
    await run_jobs(till)
    assert await till.state(redirection.attempt.id) == "open"
    till.decide(redirection, "P")
    await run_jobs(till)
    assert await till.state(redirection.attempt.id) == "paid"
    # twice, three times: one credit
    for _ in range(2):
        await till.payments.returning.notified([(name, idop_of(redirection))])
    await run_jobs(till)
    assert len(await till.credits(opened)) == 1


async def test_a_notification_puts_the_payment_on_the_schedule_at_once(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "P")
    assert await till.payments.following.follow_due() == 0
    await till.payments.returning.notified([("idop", idop_of(redirection))])
    # even when the job is lost, the schedule looks
    assert await till.payments.following.follow_due() == 1
    assert await till.state(redirection.attempt.id) == "paid"


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([], "no-number"),
        ([("idop", "")], "no-number"),
        ([("idop", "' OR 1=1 --")], "no-number"),
        ([("idop", "0191f0a0-0000-7000-8000-00000000dead")], "unknown-number"),
        ([("idop", "0191f0a0-0000-7000-8000-00000000dead"), ("idOp", "x")], "doubled"),
        ([("x", "y" * 5000)], "too-long"),
        ([(f"x{number}", "") for number in range(100)], "too-long"),
    ],
)
async def test_a_forged_notification_does_nothing_and_is_logged(
    till: Till, pairs: list[tuple[str, str]], reason: str
) -> None:
    with capture_logs() as logs:
        await till.payments.returning.notified(pairs)
    assert suspicions(logs) == [reason]
    assert await till.jobs() == []


async def test_a_number_that_was_lost_is_found_again_by_its_notification(till: Till) -> None:
    opened, access = await till.open()
    till.dgfip.faults.planned.append(Fault("lost_answer", "creerPaiementSecurise"))
    with pytest.raises(ProviderUnavailable):
        await till.start(opened, access)
    (operation,) = till.dgfip.register.operations.values()
    till.dgfip.register.decide(operation.idop, Decision("P", "never"))
    with capture_logs() as logs:
        await till.payments.returning.notified([("idop", operation.idop)])
        await run_jobs(till)
    assert suspicions(logs) == []
    (credit,) = await till.credits(opened)
    assert credit["amount_cents"] == 4590


async def test_a_number_of_somebody_else_recognises_nothing(till: Till) -> None:
    opened, access = await till.open()
    till.dgfip.faults.planned.append(Fault("lost_answer", "creerPaiementSecurise"))
    with pytest.raises(ProviderUnavailable):
        await till.start(opened, access)
    (lost,) = till.dgfip.register.operations.values()
    fields = {**lost.fields, "montant": "100", "urlnotif": "http://x", "urlredirect": "http://x"}
    other = till.dgfip.register.create(fields)
    till.dgfip.register.decide(other.idop, Decision("P", "never"))
    with capture_logs() as logs:
        await till.payments.returning.notified([("idop", other.idop)])
        await run_jobs(till)
    assert suspicions(logs) == ["nobody-asked"]
    assert await till.credits(opened) == []


@pytest.mark.promise("PAY-03")
async def test_who_comes_back_sees_what_the_dgfip_says(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    token = token_of(till, redirection)
    claimed = [("idop", idop_of(redirection)), ("resultrans", "P")]
    history = await till.payments.service.come_back(token, claimed)
    assert history.attempts[0].state == "open"
    till.decide(redirection, "P")
    history = await till.payments.service.come_back(token, claimed)
    assert (history.attempts[0].state, history.bill_is_paid) == ("paid", True)


async def test_a_return_with_another_number_is_logged_and_looks_up_its_own(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    other, key = await till.open()
    paid = await till.start(other, key)
    till.decide(paid, "P")
    with capture_logs() as logs:
        pairs = [("idop", idop_of(paid))]
        history = await till.payments.service.come_back(token_of(till, redirection), pairs)
    assert suspicions(logs) == ["other-number"]
    assert history.attempts[0].state == "open"
    assert await till.credits(opened) == []


@pytest.mark.parametrize("name", sorted(set(CLAIMED) - CLAIMS_NOTHING - {"idop"}))
async def test_what_a_return_claims_is_compared_told_and_credits_nothing(
    till: Till, name: str
) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    pairs = [("idop", idop_of(redirection)), (name.upper(), CLAIMED[name])]
    with capture_logs() as logs:
        history = await till.payments.service.come_back(token_of(till, redirection), pairs)
        await till.payments.returning.notified(pairs)
        await run_jobs(till)
    assert suspicions(logs) == ["differs", "differs"]
    assert history.attempts[0].state == "open"
    assert await till.credits(opened) == []


async def test_a_faithful_return_with_every_field_is_no_suspicion(till: Till) -> None:
    opened, access = await till.open()
    redirection = await till.start(opened, access)
    till.decide(redirection, "P")
    operation = till.dgfip.register.look_up(idop_of(redirection))
    with capture_logs() as logs:
        pairs = list(detail(operation).items())
        await till.payments.service.come_back(token_of(till, redirection), pairs)
        await till.payments.returning.notified(pairs)
    assert suspicions(logs) == []
    assert len(await till.credits(opened)) == 1


async def test_an_unknown_token_finds_nothing(till: Till) -> None:
    with capture_logs() as logs, pytest.raises(PaymentNotFound):
        await till.payments.service.come_back("x" * 27, [])
    assert suspicions(logs) == ["unknown-token"]
