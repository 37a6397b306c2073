"""Use cases of statistics: counted with each decision, read by the desk and by the public."""

from collections.abc import Sequence
from datetime import date

from chassis.database import Connection
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.lifecycle.model import Case, Step
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.statistics.model import (
    OUTCOMES,
    DecisionCount,
    RealDelay,
    delay_class,
)
from services.procedures.statistics.repository import StatisticsRepository

# under this many decisions a mean would say something of somebody
FEW = 5


class StatisticsService:
    """Counts decisions in their own transaction: a figure is never lost nor doubled.

    A request that is reopened and decided again counts twice: decisions are counted.
    """

    def __init__(self, lifecycle: LifecycleService) -> None:
        self._lifecycle = lifecycle
        self._requests = lifecycle.requests
        self._repository = StatisticsRepository()
        lifecycle.listeners.append(self._count)

    async def list_counts(
        self, service_id: str, first: date, last: date
    ) -> Sequence[DecisionCount]:
        """Return the counts of a service from the month of `first` to that of `last`."""
        async with self._requests.database.connection() as connection:
            return await self._repository.list_counts(
                connection, service_id, first.replace(day=1), last.replace(day=1)
            )

    async def real_delay(self, definition: ProcedureDefinition) -> RealDelay | None:
        """Return the mean delay of a procedure's decisions over a year; None when too few."""
        today = self._lifecycle.today
        since = today.replace(year=today.year - 1, day=1)
        async with self._requests.database.connection() as connection:
            found = await self._repository.find_real_delay(
                connection, definition.service, definition.id, since
            )
        return found if found.requests >= FEW else None

    async def _count(self, connection: Connection, case: Case, step: Step) -> None:
        if step.kind not in OUTCOMES:
            return
        zone = self._requests.profile.zone
        decided_on = step.at.astimezone(zone).date()
        days = (decided_on - case.filed_at.astimezone(zone).date()).days
        late = case.due_on is not None and decided_on > case.due_on
        await self._repository.add_decision(
            connection,
            DecisionCount(
                procedure_id=case.procedure_id,
                service_id=case.service_id,
                month=decided_on.replace(day=1),
                outcome=OUTCOMES[step.kind],
                delay=delay_class(days),
                requests=1,
                days=days,
                late=int(late),
            ),
        )
