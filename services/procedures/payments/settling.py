"""Writes what becomes of an attempt: state, event, look-up, credit and alerts in one transaction.

Everything that changes an attempt comes through here, with its bill locked.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.clock import Clock
from chassis.database import Connection, Database
from chassis.jobs import enqueue_job
from services.procedures.payments.ageing import age
from services.procedures.payments.attempt_repository import AttemptRepository
from services.procedures.payments.judgement import AlertKind, Verdict, judge
from services.procedures.payments.ledger_repository import LedgerRepository
from services.procedures.payments.model import (
    ATTEMPT_TRANSITIONS,
    DEBT_TRANSITIONS,
    Attempt,
    AttemptState,
    DebtState,
    PaymentNotFound,
)
from services.procedures.payments.repository import PaymentRepository
from services.procedures.payments.sealing import LOOK_UP, PayerSeal
from services.procedures.payments.transaction import Answered, Faulted, Finding, Transaction

ACKNOWLEDGE_PAYMENT = "acknowledge_payment"
PAYMENT, OVERPAYMENT = "payment", "overpayment"


class Settling:
    """Settles attempts; `accepted` are the `saisie` whose payments count as money here."""

    def __init__(
        self, database: Database, seal: PayerSeal, clock: Clock, accepted: Collection[str]
    ) -> None:
        self.database = database
        self.clock = clock
        self.accepted = accepted
        self.debts = PaymentRepository()
        self.attempts = AttemptRepository()
        self.ledger = LedgerRepository()
        self._seal = seal

    async def settle(self, attempt_id: UUID, finding: Finding, cause: str) -> Attempt:
        """Keep what a look-up found and do what follows from it; return the attempt as it is."""
        async with self.database.transaction() as connection:
            attempt = await self.locked(connection, attempt_id)
            return await self.settle_in(connection, attempt, finding, cause)

    async def settle_in(
        self, connection: Connection, attempt: Attempt, finding: Finding, cause: str
    ) -> Attempt:
        """As `settle`, in the caller's transaction that holds the attempt's bill."""
        now = self.clock.now()
        await self._keep(connection, attempt, finding, cause, now)
        verdict = judge(attempt, finding, now, self.accepted)
        after = replace(_with_result(attempt, finding, verdict), looked_up_at=now)
        return await self.write(connection, attempt, after, verdict.alerts)

    async def age(self, attempt_id: UUID) -> Attempt:
        """Do what follows from time alone."""
        async with self.database.transaction() as connection:
            attempt = await self.locked(connection, attempt_id)
            verdict = age(attempt, self.clock.now())
            after = replace(attempt, state=verdict.state, next_look_up_at=verdict.next_look_up_at)
            return await self.write(connection, attempt, after, verdict.alerts)

    async def locked(self, connection: Connection, attempt_id: UUID) -> Attempt:
        """Return an attempt whose bill nobody else can write to until the commit."""
        seen = await self.attempts.find_attempt(connection, attempt_id)
        if seen is None:
            raise PaymentNotFound
        await self.debts.lock_bill(connection, seen.bill)
        attempt = await self.attempts.find_attempt(connection, attempt_id)
        return attempt or seen

    async def write(
        self,
        connection: Connection,
        before: Attempt,
        after: Attempt,
        alerts: Iterable[AlertKind] = (),
    ) -> Attempt:
        """Write an attempt that changed, with its event, its credit and its alerts."""
        now = self.clock.now()
        await self.attempts.update_attempt(connection, after)
        if after.state is not before.state:
            if after.state not in ATTEMPT_TRANSITIONS[before.state]:
                raise ValueError(f"{before.state} cannot become {after.state}")
            await self.ledger.insert_event(connection, after.id, now, after.state)
            if after.state is AttemptState.PAID:
                await self._credit(connection, after, now)
        for kind in alerts:
            await self.ledger.insert_alert(connection, after, kind, now)
        return after

    async def _credit(self, connection: Connection, attempt: Attempt, now: datetime) -> None:
        """Credit a verified payment; any but the first on its bill goes to the refund queue."""
        again = await self.ledger.is_credited(connection, attempt.bill)
        kind = OVERPAYMENT if again else PAYMENT
        await self.ledger.insert_credit(connection, attempt, kind, now)
        await self._change_debt(
            connection, attempt, DebtState.OVERPAID if again else DebtState.PAID
        )
        if again:
            await self.ledger.insert_refund(connection, attempt, now)
            await self.ledger.insert_alert(connection, attempt, AlertKind.OVERPAID, now)
        await enqueue_job(connection, ACKNOWLEDGE_PAYMENT, {"attempt_id": str(attempt.id)})

    async def _change_debt(
        self, connection: Connection, attempt: Attempt, state: DebtState
    ) -> None:
        debt = await self.debts.find_debt(connection, attempt.debt_id)
        if debt is None or debt.state is state:
            return
        if state not in DEBT_TRANSITIONS[debt.state]:
            raise ValueError(f"a debt that is {debt.state} cannot become {state}")
        await self.debts.update_debt_state(connection, debt.id, state)

    async def _keep(
        self,
        connection: Connection,
        attempt: Attempt,
        finding: Finding,
        cause: str,
        now: datetime,
    ) -> None:
        payer = await self.debts.find_payer(connection, attempt.payer_id)
        if payer is None:
            raise PaymentNotFound
        outcome, code = _named(finding)
        erased = payer.wrapped_key is None
        raw = b"" if erased else self._seal.key(payer).seal(finding.raw.encode(), LOOK_UP)
        found = (outcome, code, raw)
        await self.ledger.insert_look_up(connection, attempt.id, now, cause, found)


def _named(finding: Finding) -> tuple[str, str]:
    if isinstance(finding, Answered):
        return "answered", finding.transaction.resultrans[:20]
    if isinstance(finding, Faulted):
        return "faulted", finding.code[:20]
    return "silent", finding.reason[:40]


def with_transaction(attempt: Attempt, transaction: Transaction) -> Attempt:
    """Return the attempt with what a result says of it."""
    return replace(
        attempt,
        result=transaction.resultrans[:20],
        authorisation=transaction.numauto[:40] or None,
        transacted_at=transaction.at,
    )


def _with_result(attempt: Attempt, finding: Finding, verdict: Verdict) -> Attempt:
    """Keep what was last told, even when it ends nothing: it keeps others from being made."""
    after = replace(attempt, state=verdict.state, next_look_up_at=verdict.next_look_up_at)
    if isinstance(finding, Answered) and attempt.state is not AttemptState.PAID:
        return with_transaction(after, finding.transaction)
    return after
