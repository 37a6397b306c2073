"""Use cases: say where a procedure leads, whether it answers, and count who leaves (nameless)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.procedures.catalogue.model import Kind, ProcedureDefinition
from services.procedures.catalogue.service import CatalogueService
from services.procedures.partners.model import Target, TargetNotFound, first_health
from services.procedures.partners.repository import Disclosure, PartnerRepository

Probe = Callable[[str], Awaitable[bool]]


class DisclosureJournal:
    """Journals each sending of somebody's data to a partner (DAT-04)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._repository = PartnerRepository()

    async def record(
        self,
        connection: Connection,
        procedure_id: str,
        recipient: str,
        subject_id: UUID,
        data: Sequence[str],
    ) -> None:
        """Journal it in the caller's transaction; `data` are names, never contents."""
        place = (procedure_id, recipient)
        now = self._clock.now()
        await self._repository.insert_disclosure(connection, now, place, subject_id, data)

    async def of_subject(self, connection: Connection, subject_id: UUID) -> list[Disclosure]:
        """Return to whom somebody's data went."""
        return await self._repository.list_disclosures(connection, subject_id)


class PartnerService:
    """Knows the configured partners; `stand_ins` replace their addresses outside production.

    `provider` is the circuit of the calls that payers make to the DGFiP in this process.
    """

    def __init__(
        self,
        database: Database,
        catalogue: CatalogueService,
        clock: Clock,
        probe: Probe,
        stand_ins: Mapping[Kind, str],
        provider: CircuitBreaker,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._clock = clock
        self._probe = probe
        self._stand_ins = stand_ins
        self._provider = provider
        self._repository = PartnerRepository()

    async def find_target(self, procedure_id: str) -> Target:
        """Return where a procedure leads, with the health of its site; raise `TargetNotFound`."""
        definition = await self._catalogue.find_current(procedure_id)
        target = self._target(definition) if definition is not None else None
        if target is None:
            raise TargetNotFound
        async with self._database.connection() as connection:
            health = await self._repository.find_health(connection, procedure_id)
        is_shaky = target.is_payment and self._provider.is_shaky
        return replace(target, health=health, is_shaky=is_shaky)

    async def depart(self, procedure_id: str) -> Target:
        """Count a departure and return where it leads: the address of the definition, no other."""
        target = await self.find_target(procedure_id)
        today = self._clock.today(self._catalogue.profile.zone)
        async with self._database.transaction() as connection:
            await self._repository.count_departure(connection, procedure_id, today)
        return target

    async def list_departures(self, since: date) -> list[tuple[str, date, int]]:
        """Return how many left for each partner each day."""
        async with self._database.connection() as connection:
            return await self._repository.list_departures(connection, since)

    async def probe_all(self) -> bool:
        """Probe every partner that the public is led to, side by side; say whether all answered."""
        shown = (await self._catalogue.read_catalogue()).shown
        targets = [target for found in shown if (target := self._target(found)) is not None]
        return all(await asyncio.gather(*(self._probe_one(target) for target in targets)))

    async def _probe_one(self, target: Target) -> bool:
        answered = await self._probe(target.url)
        now = self._clock.now()
        async with self._database.transaction() as connection:
            known = await self._repository.find_health(connection, target.procedure_id)
            health = known.after_probe(answered, now) if known else first_health(answered, now)
            await self._repository.upsert_health(connection, target.procedure_id, health)
        return answered

    def _target(self, definition: ProcedureDefinition) -> Target | None:
        spec = definition.partner or definition.payment
        if spec is None:
            return None
        url = self._stand_ins.get(definition.kind) or spec.url
        return Target(
            definition.id,
            spec.name,
            url,
            spec.terms_note,
            spec.data_shared,
            is_payment=definition.kind is Kind.PAYMENT,
        )
