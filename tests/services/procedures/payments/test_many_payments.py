"""500 payments of 100 bills, a DGFiP that fails by chance, processes killed: right to the cent."""

import asyncio
import base64
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from yarl import URL

from authority.profile import AuthorityProfile
from chassis.database import Database
from chassis.errors import DomainError
from deploy.simulators.dgfip.model import Decision, Refused
from services.procedures.payments.opening import OpenedPayment
from services.procedures.payments.transaction import PAID
from services.procedures.requests.model import Access
from tests.services.procedures.payments.ledger_checks import ledger_faults
from tests.services.procedures.payments.till import Till, open_till
from tests.support.environment import REPOSITORY

pytestmark = [pytest.mark.faults, pytest.mark.promise("PAY-02"), pytest.mark.timeout(110)]
BILLS, PAYERS = 100, 5
AT_ONCE = 40
SUM_CREDITS = "SELECT kind, sum(amount_cents)::int AS cents FROM credits GROUP BY kind"
SUM_QUEUED = "SELECT coalesce(sum(amount_cents), 0)::int FROM refunds WHERE state = 'queued'"
COUNT_NOTIFIED = "SELECT count(*) FROM payment_look_ups WHERE cause = 'notification'"
MAKE_DUE = "UPDATE payment_attempts SET next_look_up_at = $1 WHERE next_look_up_at IS NOT NULL"


@pytest.fixture
async def till(database: Database, profile: AuthorityProfile) -> AsyncIterator[Till]:
    async with open_till(database, profile, frozen=False) as opened:
        yield opened


class Workers:
    """Two workers of the service, real processes, each killed and replaced now and then."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._processes: list[asyncio.subprocess.Process] = []
        self._readings: list[asyncio.Task[bytes]] = []
        self.killed = 0

    async def start(self) -> None:
        """Return once it works."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.procedures", "work"),
            cwd=REPOSITORY,
            env={**os.environ, **self._environment},
            stderr=asyncio.subprocess.PIPE,
        )
        self._processes.append(process)
        assert process.stderr is not None
        while b'"working"' not in (line := await process.stderr.readline()):
            assert line, "a worker did not start"
        self._readings.append(asyncio.create_task(process.stderr.read()))

    async def kill_one(self) -> None:
        process = self._processes.pop(0)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
            self.killed += 1
        await process.wait()

    async def end(self) -> None:
        while self._processes:
            await self.kill_one()
        await asyncio.gather(*self._readings)


async def test_the_totals_reconcile_to_the_cent(till: Till, workers: Workers) -> None:
    debts = [till.new_debt(100 + 37 * number) for number in range(BILLS)]
    opened = [await asyncio.gather(*(till.open(debt) for _ in range(PAYERS))) for debt in debts]
    payers = [payer for of_one_bill in opened for payer in of_one_bill]
    till.dgfip.faults.rate = 0.2
    await asyncio.gather(workers.start(), workers.start())
    try:
        await _pay_everything(till, payers, workers)
        till.dgfip.faults.clear()
        await _catch_up(till)
    finally:
        await workers.end()
    assert workers.killed >= 4
    async with till.database.connection() as connection:
        # nobody but the workers looks up what was notified
        assert await connection.fetchval(COUNT_NOTIFIED) > 0
    await _reconcile(till, payers)


async def _pay_everything(
    till: Till, payers: list[tuple[OpenedPayment, Access]], workers: Workers
) -> None:
    slots = asyncio.Semaphore(AT_ONCE)

    async def pay(number: int, opened: OpenedPayment, access: Access) -> None:
        async with slots:
            till.payments.payfip.breaker.succeeded()
            with suppress(DomainError):
                redirection = await till.payments.service.start(opened.payer.id, access)
                with suppress(Refused):
                    idop = URL(redirection.url).query["idop"]
                    result = "PVRPPZVP"[number % 8]
                    till.dgfip.register.decide(idop, Decision(result, "never"))
                    for _ in range(number % 3):
                        pairs = [("idop", idop)]
                        await till.payments.returning.notified(pairs)

    works = [pay(number, *payer) for number, payer in enumerate(payers)]
    for start in range(0, len(works), 125):
        await asyncio.gather(*works[start : start + 125])
        await workers.kill_one()
        await workers.start()


async def _catch_up(till: Till) -> None:
    """Let everything be looked up again, with the DGFiP well."""
    for _ in range(3):
        till.payments.payfip.breaker.succeeded()
        till.advance(minutes=31)
        async with till.database.transaction() as connection:
            await connection.execute(MAKE_DUE, till.clock.now())
        while await till.payments.following.follow_due(100):
            pass


async def _reconcile(till: Till, payers: list[tuple[OpenedPayment, Access]]) -> None:
    refs = sorted({opened.debt.bill.refdet for opened, _ in payers})
    operations = till.dgfip.register.operations
    async with till.database.connection() as connection:
        assert await ledger_faults(connection, operations, refs, everything=True) == []
        credited = {row["kind"]: row["cents"] for row in await connection.fetch(SUM_CREDITS)}
        queued = await connection.fetchval(SUM_QUEUED)
    paid = sum(int(op.fields["montant"]) for op in operations.values() if op.result in PAID)
    assert sum(credited.values()) == paid
    assert credited.get("overpayment", 0) == queued
    assert credited["payment"] > 0


@pytest.fixture
def workers(till: Till, procedures_environment: dict[str, str]) -> Workers:
    own_key = base64.b64encode(bytes(32)).decode()
    return Workers(
        {
            **procedures_environment,
            "PARVIS_PAYFIP_URL": till.payments.starting._ordering.provider_url,
            "PARVIS_MASTER_KEY": own_key,
            "PARVIS_TRACKING_KEY": own_key,
            "PARVIS_LOG_FORMAT": "json",
            "PARVIS_LOG_LEVEL": "info",
        }
    )
