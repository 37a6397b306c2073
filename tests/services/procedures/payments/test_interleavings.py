"""Whatever comes in whatever order, the accounts are right (PAY-02); and the machine can tell."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from authority.profile import AuthorityProfile
from chassis.database import Database
from services.procedures.payments import (
    daily_file_repository,
    judgement,
    schedule,
    settling,
    starting,
)
from services.procedures.payments.judgement import Verdict, differs, judge
from services.procedures.payments.ledger_repository import LedgerRepository
from services.procedures.payments.model import Attempt
from services.procedures.payments.reconciling import Reconciling
from services.procedures.payments.transaction import Transaction
from tests.services.procedures.payments.interleaving import Interleavings
from tests.services.procedures.payments.till import Till, open_till

# those of a planted fault end with the first that finds it
EXAMPLES, EXAMPLES_WITH_FAULT, STEPS = 60, 200, 25


def try_interleavings(database_url: str, profile: AuthorityProfile, **bounds: Any) -> None:
    """Run the machine on a database and a simulator of its own; `bounds` are Hypothesis's."""

    async def opened() -> tuple[Any, Till, Database]:
        database = await Database.open(database_url)
        context = open_till(database, profile)
        return context, await context.__aenter__(), database

    async def close(context: Any, database: Database) -> None:
        await context.__aexit__(None, None, None)
        await database.close()

    quiet = settings(
        deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), **bounds
    )
    with asyncio.Runner() as runner:
        context, till, database = runner.run(opened())
        try:
            machine = type("Machine", (Interleavings,), {"till": till, "runner": runner})
            run_state_machine_as_test(machine, settings=quiet)
        finally:
            runner.run(close(context, database))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else is at work: whom a process died upon need not be waited for."""
    monkeypatch.setattr(starting, "POLLS", 2)


@pytest.mark.promise("PAY-02")
@pytest.mark.timeout(300)
def test_no_interleaving_breaks_the_accounts(
    procedures_database_url: str, profile: AuthorityProfile, impatient: None
) -> None:
    bounds = {"max_examples": EXAMPLES, "stateful_step_count": STEPS}
    try_interleavings(procedures_database_url, profile, **bounds)


Plant = Callable[[pytest.MonkeyPatch], None]


def forget_the_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(attempt: Attempt, transaction: Transaction) -> bool:
        return differs(attempt, replace(transaction, montant=str(attempt.amount_cents)))

    monkeypatch.setattr(judgement, "differs", blind)


def forget_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(attempt: Attempt, transaction: Transaction) -> bool:
        return differs(attempt, replace(transaction, refdet=attempt.bill.refdet))

    monkeypatch.setattr(judgement, "differs", blind)


def forget_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(attempt: Attempt, transaction: Transaction) -> bool:
        return differs(attempt, replace(transaction, numcli=attempt.numcli))

    monkeypatch.setattr(judgement, "differs", blind)


def forget_the_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(attempt: Attempt, transaction: Transaction) -> bool:
        return differs(attempt, replace(transaction, saisie=attempt.saisie))

    monkeypatch.setattr(judgement, "differs", blind)


def forget_a_late_payment(monkeypatch: pytest.MonkeyPatch) -> None:
    def hasty(attempt: Attempt, *rest: Any) -> Verdict:
        return judge(attempt, *rest) if attempt.is_live else Verdict(attempt.state, None)

    monkeypatch.setattr(settling, "judge", hasty)


def never_look_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "AFTER_THE_END", ())


def tell_nobody_of_what_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*_arguments: Any) -> None:
        return

    monkeypatch.setattr(LedgerRepository, "insert_alert", silent)


def queue_no_refund(monkeypatch: pytest.MonkeyPatch) -> None:
    async def dropped(*_arguments: Any) -> None:
        return

    monkeypatch.setattr(LedgerRepository, "insert_refund", dropped)


def believe_the_daily_file(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look_at_nothing(*_arguments: Any) -> bool:
        return False

    monkeypatch.setattr(Reconciling, "_look_up", look_at_nothing)
    any_open = daily_file_repository.SELECT_CANDIDATE.replace("AND idop IS NULL", "")
    monkeypatch.setattr(daily_file_repository, "SELECT_CANDIDATE", any_open)


PLANTS = [
    forget_the_amount,
    forget_the_reference,
    forget_the_client,
    forget_the_mode,
    forget_a_late_payment,
    never_look_after_the_end,
    tell_nobody_of_what_stays_open,
    queue_no_refund,
    believe_the_daily_file,
]


@pytest.mark.promise("PAY-02")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_it_finds_what_is_planted(
    procedures_database_url: str,
    profile: AuthorityProfile,
    impatient: None,
    monkeypatch: pytest.MonkeyPatch,
    plant: Plant,
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        try_interleavings(
            procedures_database_url,
            profile,
            max_examples=EXAMPLES_WITH_FAULT,
            stateful_step_count=STEPS,
            phases=[Phase.generate],
        )
