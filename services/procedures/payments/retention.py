"""Use case of retention: what payments hold of a person is destroyed when announced (DAT-07).

Paid: after the years that accounting records are kept. Not paid: after the months in which the
DGFiP can still be asked. What is left (bills, amounts, results) names nobody; as public archives it
is destroyed by people, with the visa of the archives (Code du patrimoine, L212-2).
"""

from dateutil.relativedelta import relativedelta

from authority.records import Retention
from chassis.clock import Clock
from chassis.database import Database
from services.procedures.payments.retention_repository import PaymentRetentionRepository

BATCH = 200


class PaymentRetention:
    """Destroys payers' data; run again, it does nothing more."""

    def __init__(self, database: Database, retention: Retention, clock: Clock) -> None:
        self._database = database
        self._retention = retention
        self._clock = clock
        self._repository = PaymentRetentionRepository()

    async def erase_due(self) -> int:
        """Destroy what is due, some at a time; return how many payers it was."""
        erased = 0
        while count := await self._erase_some():
            erased += count
        return erased

    async def _erase_some(self) -> int:
        now = self._clock.now()
        paid_before = now - relativedelta(years=self._retention.payment_years)
        unpaid_before = now - relativedelta(months=self._retention.unpaid_payment_months)
        async with self._database.transaction() as connection:
            due = await self._repository.list_due(connection, paid_before, unpaid_before, BATCH)
            await self._repository.erase(connection, due)
        return len(due)
