"""A machine that tries to break the accounts: payers, a DGFiP that fails, accidents, forgers.

One real database and one simulator serve the whole run; each example has bills of its own.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.errors import DomainError
from deploy.simulators.dgfip.daily_file import daily_file
from deploy.simulators.dgfip.faults import Fault
from deploy.simulators.dgfip.model import Decision, Operation, Refused
from services.procedures.payments.opening import OpenedPayment
from services.procedures.payments.reconciling import Reconciling
from services.procedures.payments.starting import Redirection
from services.procedures.requests.model import Access
from tests.services.procedures.filing.crashes import Accident, cancel
from tests.services.procedures.payments.ledger_checks import (
    SELECT_LIVE_WITHOUT_ALERT,
    SILENCE,
    ledger_faults,
)
from tests.services.procedures.payments.samples import START
from tests.services.procedures.payments.till import SETTINGS, Till

SPOILT = [{"montant": "100"}, {"numcli": "000001"}, {"refdet": "AUTRE1"}, {"saisie": "X"}]
ECHOES: list[dict[str, str]] = [{}, {}, {}, {}, *SPOILT]
KINDS = ["bad_gateway", "garbage", "lost_answer", "technical"]
BILLS = 2
DAY = timedelta(days=1)


class Interleavings(RuleBasedStateMachine):
    """Two payers on each of two bills, a DGFiP that may fail, and accidents."""

    till: ClassVar[Till]
    runner: ClassVar[asyncio.Runner]

    def __init__(self) -> None:
        super().__init__()
        self.till.dgfip.faults.clear()
        self.till.dgfip.register.operations.clear()
        # each example begins at the same hour of another day: what it does depends on nothing else
        passed = (self.till.clock.now() - START) % DAY
        self.till.advance(seconds=(DAY - passed).total_seconds())
        self.till.payments.payfip.breaker.succeeded()
        self.run(self._silence())
        debts = [self.till.new_debt() for _ in range(BILLS)]
        self.payers: list[tuple[OpenedPayment, Access]] = [
            self.run(self.till.open(debt)) for debt in debts for _ in range(2)
        ]

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    @rule(
        payer=st.integers(0, 2 * BILLS - 1),
        accident=st.sampled_from([0, 0, 0, 3, 8, 14, 20]),
        minutes=st.sampled_from([0, 0, 6, 125]),
    )
    def start(self, payer: int, accident: int, minutes: int) -> None:
        self.till.advance(minutes=minutes)
        self.run(self._suffer(self._begin(payer), accident))

    @rule(number=st.integers(0, 9), result=st.sampled_from("PPVRZAQ"), echo=st.sampled_from(ECHOES))
    def decide(self, number: int, result: str, echo: dict[str, str]) -> None:
        if operation := self._operation(number):
            with suppress(Refused):
                self.till.dgfip.register.decide(operation.idop, Decision(result, "never", echo))

    @rule(number=st.integers(0, 9), accident=st.sampled_from([0, 0, 2, 5, 9]))
    def look_up(self, number: int, accident: int) -> None:
        if operation := self._operation(number):
            work = self.till.payments.returning.look_up_notified(operation.idop)
            self.run(self._suffer(work, accident))

    @rule(
        payer=st.integers(0, 2 * BILLS - 1),
        result=st.sampled_from("PPVRZAQ"),
        echo=st.sampled_from(ECHOES),
        told=st.booleans(),
    )
    def start_and_decide(self, payer: int, result: str, echo: dict[str, str], told: bool) -> None:
        """Go to the page and do something there at once; perhaps it is looked up, perhaps not."""
        if idop := self.run(self._start(payer)):
            with suppress(Refused):
                self.till.dgfip.register.decide(idop, Decision(result, "never", echo))
            if told:
                self.run(self._suffer(self.till.payments.returning.look_up_notified(idop), 0))

    @rule(payer=st.integers(0, 2 * BILLS - 1), echo=st.sampled_from(SPOILT), told=st.booleans())
    def pay_something_else(self, payer: int, echo: dict[str, str], told: bool) -> None:
        """Pay, and have the DGFiP say that it was for something else."""
        self.start_and_decide(payer, "P", echo, told)

    @rule(
        payer=st.integers(0, 2 * BILLS - 1),
        result=st.sampled_from("PV"),
        echo=st.sampled_from([{}, {}, *SPOILT]),
    )
    def pay_after_the_end(self, payer: int, result: str, echo: dict[str, str]) -> None:
        """Leave the page for two hours, begin anew, then pay on the first page, untold."""
        if idop := self.run(self._start(payer)):
            self.till.advance(minutes=125)
            self.run(self._start(payer))
            with suppress(Refused):
                self.till.dgfip.register.decide(idop, Decision(result, "never", echo))

    @rule(
        bill=st.integers(0, BILLS - 1),
        results=st.sampled_from(["PP", "PV", "VP", "PR", "AP"]),
        reverse=st.booleans(),
    )
    def leave_two_pages_open(self, bill: int, results: str, reverse: bool) -> None:
        """Leave a page, begin anew two hours later, then decide on both, in any order."""
        pages = []
        for payer in (2 * bill, 2 * bill + 1):
            if idop := self.run(self._start(payer)):
                pages.append(idop)
            self.till.advance(minutes=125)
        works = list(zip(pages, results, strict=False))
        for idop, result in reversed(works) if reverse else works:
            with suppress(Refused):
                self.till.dgfip.register.decide(idop, Decision(result, "never"))
            self.run(self._suffer(self.till.payments.returning.look_up_notified(idop), 0))

    @rule(number=st.integers(0, 9), times=st.integers(1, 2))
    def notify(self, number: int, times: int) -> None:
        if operation := self._operation(number):
            for _ in range(times):
                self.run(self.till.payments.returning.notified([("idOp", operation.idop)]))

    @rule(idop=st.uuids())
    def forge_notification(self, idop: object) -> None:
        self.run(self.till.payments.returning.notified([("idop", str(idop))]))

    @rule(payer=st.integers(0, 2 * BILLS - 1), result=st.sampled_from("PVRA"))
    def forge_return(self, payer: int, result: str) -> None:
        opened, access = self.payers[payer]
        history = self.run(self.till.payments.service.read(opened.payer.id, access))
        for attempt in history.attempts[:1]:
            token = self.till.payments.starting._ordering.tokens.token(attempt.id)
            pairs = [("resultrans", result), ("montant", str(attempt.amount_cents))]
            self.run(self.till.payments.service.come_back(token, pairs))

    @rule(accident=st.sampled_from([0, 0, 5, 12]))
    def import_daily_file(self, accident: int) -> None:
        content = daily_file(self.till.dgfip.register.credited(SETTINGS.numcli))
        reconciling = Reconciling(self.till.payments.settling, self.till.payments.payfip)
        officer = self.payers[0][0].payer.id
        work = reconciling.import_file(SETTINGS, content, officer)
        self.run(self._suffer(work, accident))

    @rule(minutes=st.sampled_from([1, 6, 16, 125, 1500]))
    def advance(self, minutes: int) -> None:
        self.till.advance(minutes=minutes)

    @rule(accident=st.sampled_from([0, 0, 4, 11]))
    def follow(self, accident: int) -> None:
        self.run(self._suffer(self.till.payments.following.follow_due(), accident))

    @rule(kind=st.sampled_from(KINDS))
    def fail(self, kind: str) -> None:
        self.till.dgfip.faults.planned.append(Fault(kind))

    @invariant()
    def the_accounts_are_right(self) -> None:
        assert self.run(self._faults()) == []

    def teardown(self) -> None:
        """Let the schedule alone catch up: each payment is credited, nothing stays open unseen."""
        self.till.dgfip.faults.clear()
        for days in (0, 0.1, 1.5, 8, 2):
            self.till.advance(days=days)
            self.till.payments.payfip.breaker.succeeded()
            while self.run(self.till.payments.following.follow_due()):
                pass
        assert self.run(self._faults(everything=True)) == []
        assert self.run(self._unseen()) == 0

    def _operation(self, number: int) -> Operation | None:
        operations = list(self.till.dgfip.register.operations.values())
        return operations[number % len(operations)] if operations else None

    async def _start(self, payer: int) -> str:
        """Return the DGFiP's number of the page that the payer is led to, '' when there is none."""
        self.till.payments.payfip.breaker.succeeded()
        with suppress(DomainError):
            redirection = await self._begin(payer)
            return redirection.attempt.idop or ""
        return ""

    async def _begin(self, payer: int) -> Redirection:
        """Begin without the patience of a page: an accident strikes the work itself."""
        opened, _access = self.payers[payer]
        return await self.till.payments.starting.start(opened.payer, opened.debt, SETTINGS)

    async def _suffer(self, work: Coroutine[Any, Any, Any], accident: int) -> None:
        """Await `work`; at its `accident`-th wait its process dies."""
        self.till.payments.payfip.breaker.succeeded()
        with suppress(DomainError, asyncio.CancelledError):
            await (Accident(work, accident, cancel) if accident else work)

    async def _faults(self, everything: bool = False) -> list[str]:
        async with self.till.database.connection() as connection:
            operations = self.till.dgfip.register.operations
            return await ledger_faults(connection, operations, self._refs, everything)

    async def _unseen(self) -> int:
        async with self.till.database.connection() as connection:
            return int(await connection.fetchval(SELECT_LIVE_WITHOUT_ALERT, self._refs))

    async def _silence(self) -> None:
        async with self.till.database.transaction() as connection:
            await connection.execute(SILENCE)

    @property
    def _refs(self) -> list[str]:
        return sorted({opened.debt.bill.refdet for opened, _ in self.payers})
