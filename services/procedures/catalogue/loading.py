"""Loads the procedure files into the database: what changed becomes a new version (CAT-07)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chassis.clock import Clock
from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceDefinition, SourceFolder
from services.procedures.catalogue.definition_schema import STATE_KEYS
from services.procedures.catalogue.model import HeldBy, State
from services.procedures.catalogue.repository import CatalogueRepository, StoredProcedure

WITHDRAWN: Mapping[str, Any] = {"state": State.WITHDRAWN.value}


@dataclass(frozen=True)
class Loading:
    """What a loading did: ids of the procedures, in order.

    `kept` are those that staff hold and whose file says something else: nothing was done to them.
    """

    new_versions: tuple[str, ...] = ()
    changed_states: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    vocabulary_changed: bool = False
    kept: tuple[str, ...] = ()
    handed_back: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Say whether anything was written."""
        return self != Loading(kept=self.kept)


class CatalogueLoader:
    """Brings the database to what the files say; safe to repeat and to run concurrently.

    A state that staff changed stays until the file declares another one. A procedure that staff
    published in the browser is left alone, its file gone or not, until the file says the same.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._repository = CatalogueRepository()

    async def load_folder(self, source: SourceFolder) -> Loading:
        """Load a folder without faults, all or nothing; raise ValueError when it has any."""
        if source.faults:
            raise ValueError("a folder with faults is not loaded")
        now = self._clock.now()
        async with self._database.transaction() as connection:
            # the lock makes concurrent loadings wait: the second finds nothing to do
            _, vocabulary = await self._repository.find_catalogue(connection, lock=True)
            stored = await self._repository.list_procedures(connection)
            plan = _Plan({found.id: found for found in stored}, source.definitions)
            vocabulary_changed = vocabulary != source.vocabulary_document
            loading = replace(plan.loading(), vocabulary_changed=vocabulary_changed)
            for procedure in plan.to_store:
                await self._repository.update_procedure(connection, procedure, now)
                if procedure.id in plan.new_versions:
                    await self._repository.insert_version(connection, procedure, now)
            if loading.changed:
                document = source.vocabulary_document
                await self._repository.update_catalogue(connection, document, now)
        return loading


class _Plan:
    """The difference between what is stored and what the files say."""

    def __init__(
        self, stored: Mapping[str, StoredProcedure], sources: Iterable[SourceDefinition]
    ) -> None:
        self.to_store: list[StoredProcedure] = []
        self.new_versions: list[str] = []
        self._changed_states: list[str] = []
        self._withdrawn: list[str] = []
        self._kept: list[str] = []
        self._handed_back: list[str] = []
        seen = set()
        for source in sources:
            seen.add(source.definition.id)
            self._compare(stored.get(source.definition.id), source)
        for procedure_id, procedure in stored.items():
            held = procedure.held_by is HeldBy.STAFF
            if procedure_id not in seen and procedure.declared != WITHDRAWN and not held:
                self._withdrawn.append(procedure_id)
                gone = replace(
                    procedure, state=State.WITHDRAWN, suspension=None, declared=WITHDRAWN
                )
                self.to_store.append(gone)

    def loading(self) -> Loading:
        """Return the report."""
        return Loading(
            tuple(self.new_versions),
            tuple(self._changed_states),
            tuple(self._withdrawn),
            kept=tuple(self._kept),
            handed_back=tuple(self._handed_back),
        )

    def _compare(self, stored: StoredProcedure | None, source: SourceDefinition) -> None:
        wanted = _wanted(stored, source)
        if wanted == stored:
            return
        if stored is not None and stored.held_by is HeldBy.STAFF:
            if wanted.version != stored.version:
                self._kept.append(wanted.id)
                return
            self._handed_back.append(wanted.id)
        self.to_store.append(wanted)
        if stored is None or wanted.version != stored.version:
            self.new_versions.append(wanted.id)
        if stored is not None and wanted.state is not stored.state:
            self._changed_states.append(wanted.id)


def _wanted(stored: StoredProcedure | None, source: SourceDefinition) -> StoredProcedure:
    """Return the row that the file asks for."""
    definition = source.definition
    declared = {key: source.document[key] for key in sorted(STATE_KEYS & source.document.keys())}
    declared.setdefault("state", definition.state.value)
    content = {key: value for key, value in source.document.items() if key not in STATE_KEYS}
    wanted = StoredProcedure(
        id=definition.id,
        version=1,
        state=definition.state,
        suspension=source.document.get("suspension"),
        declared=declared,
        content_hash=definition.content_hash,
        document=content,
    )
    if stored is None:
        return wanted
    if stored.declared == declared:
        wanted = replace(wanted, state=stored.state, suspension=stored.suspension)
    if stored.content_hash == wanted.content_hash:
        return replace(wanted, version=stored.version, document=stored.document)
    return replace(wanted, version=stored.version + 1)
