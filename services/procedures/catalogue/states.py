"""Use cases of staff: publish, suspend or withdraw a procedure at once (CAT-06), audited."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chassis.audit import append_audit
from chassis.clock import Clock
from chassis.database import Database
from chassis.errors import DomainError
from services.procedures.catalogue.model import ProcedureDefinition, ProcedureNotFound, State
from services.procedures.catalogue.repository import CatalogueRepository, StoredProcedure
from services.procedures.catalogue.service import CatalogueService

# from each state, those that staff may choose; suspending again changes the dates or the reason
TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.SUSPENDED, State.WITHDRAWN}),
    State.SUSPENDED: frozenset({State.PUBLISHED, State.SUSPENDED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.PUBLISHED}),
}


class StateUnreachable(DomainError):
    """A procedure in its present state cannot become what is asked."""

    code = "state-unreachable"


@dataclass(frozen=True)
class StateChange:
    """What is asked, and by whom; `suspension` is `{since, until, reason}` in plain JSON."""

    state: State
    suspension: Mapping[str, Any] | None
    actor: str


class ProcedureStates:
    """Changes states in the database; every process sees it within two seconds, this one at once.

    A version is not touched: drafts are kept, and the file's own state wins again only when the
    file declares another one.
    """

    def __init__(self, database: Database, catalogue: CatalogueService, clock: Clock) -> None:
        self._database = database
        self._catalogue = catalogue
        self._clock = clock
        self._repository = CatalogueRepository()

    async def list_all(self) -> list[ProcedureDefinition]:
        """Return every procedure, hidden ones too, in the order of their ids."""
        return list((await self._catalogue.read_catalogue()).definitions.values())

    async def find(self, procedure_id: str) -> ProcedureDefinition:
        """Return a procedure whatever its state, or raise `ProcedureNotFound`."""
        found = (await self._catalogue.read_catalogue()).definitions.get(procedure_id)
        if found is None:
            raise ProcedureNotFound
        return found

    async def change_state(self, procedure_id: str, change: StateChange) -> ProcedureDefinition:
        """Apply a change; the same one again does nothing more. Raise `StateUnreachable`."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            # the lock makes a loading of files wait
            _, vocabulary = await self._repository.find_catalogue(connection, lock=True)
            stored = await self._repository.list_procedures(connection)
            present = next((found for found in stored if found.id == procedure_id), None)
            if present is None:
                raise ProcedureNotFound
            wanted = replace(present, state=change.state, suspension=change.suspension)
            if wanted != present:
                _check(present, change)
                await self._repository.update_procedure(connection, wanted, now)
                await self._repository.update_catalogue(connection, vocabulary, now)
                await append_audit(
                    connection,
                    at=now,
                    actor=change.actor,
                    action="procedure-state-changed",
                    subject=procedure_id,
                    detail={
                        "from": present.state.value,
                        "to": change.state.value,
                        "suspension": change.suspension,
                    },
                )
        self._catalogue.forget()
        return await self.find(procedure_id)


def _check(present: StoredProcedure, change: StateChange) -> None:
    if change.state not in TRANSITIONS[present.state]:
        raise StateUnreachable(f"A {present.state} procedure cannot become {change.state}.")
