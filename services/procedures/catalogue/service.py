"""Use cases of the catalogue: what is offered now, and the version that a request is tied to."""

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Protocol

import structlog

from authority.profile import AuthorityProfile
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.procedures.catalogue.definition_files import (
    PROCEDURES_FOLDER,
    FaultyDefinitions,
    read_definitions,
)
from services.procedures.catalogue.definition_schema import load_definition
from services.procedures.catalogue.loading import CatalogueLoader, Loading
from services.procedures.catalogue.model import ProcedureDefinition, ProcedureNotFound
from services.procedures.catalogue.prepared import PreparedAnswers
from services.procedures.catalogue.repository import CatalogueRepository
from services.procedures.catalogue.snapshot import Catalogue, build_catalogue

# A change made by any process is seen within this time. A connection that LISTENs would see it
# sooner, but must be watched, reopened and caught up after each loss: one tiny query every two
# seconds, whatever the traffic, is simpler and cannot miss a change.
FRESH_SECONDS = 2.0
MAX_VERSION = 2**31 - 1

log = structlog.get_logger()


class Begun(Protocol):
    """What follows one version of a procedure: a draft."""

    @property
    def procedure_id(self) -> str:
        """Return the procedure's id."""

    @property
    def version(self) -> int:
        """Return the version that it follows."""


class CatalogueService:
    """Reads the catalogue from memory; the database is asked only whether it changed."""

    def __init__(self, database: Database, profile: AuthorityProfile, clock: Clock) -> None:
        self.profile = profile
        self.prepared = PreparedAnswers()
        self._database = database
        self._clock = clock
        self._repository = CatalogueRepository()
        self._catalogue: Catalogue | None = None
        self._checked_at = 0.0
        self._versions: dict[tuple[str, int], ProcedureDefinition] = {}

    async def read_catalogue(self) -> Catalogue:
        """Return the present catalogue, at most two seconds old.

        While the database is away the last one known goes on being served (AVA-03).
        """
        if self._catalogue is None:
            self._checked_at = self._clock.monotonic()
            self._catalogue = await self._build()
        elif self._clock.monotonic() - self._checked_at >= FRESH_SECONDS:
            # set before the query: others go on with the present catalogue meanwhile
            self._checked_at = self._clock.monotonic()
            self._catalogue = await self._refreshed(self._catalogue)
        return self._catalogue

    def forget(self) -> None:
        """Read the database again at the next question: this process has just changed it."""
        self._catalogue = None

    async def find_current(self, procedure_id: str) -> ProcedureDefinition | None:
        """Return the current definition of a procedure that the public sees."""
        return (await self.read_catalogue()).find_current(procedure_id)

    async def find_definition(
        self, procedure_id: str, version: int, connection: Connection | None = None
    ) -> ProcedureDefinition:
        """Return one version, current or not, with the procedure's present state (CAT-07).

        Raises `ProcedureNotFound`. A version never changes: it is read once. Whoever holds a
        `connection` has read the catalogue before taking it: no other one is asked for.
        """
        catalogue = await self._at_hand(connection)
        current = catalogue.definitions.get(procedure_id)
        if current is not None and current.version == version:
            return current
        known = self._versions.get((procedure_id, version))
        if known is None:
            document = await self.find_document(procedure_id, version, connection)
            known = load_definition(document, version)
            self._versions[procedure_id, version] = known
        return catalogue.with_present_state(known)

    async def is_replaced(self, begun: Begun, connection: Connection | None = None) -> bool:
        """Say whether a later version says that drafts of this one can no longer be filed.

        `connection` is as in `find_definition`.
        """
        catalogue = await self._at_hand(connection)
        current = catalogue.definitions.get(begun.procedure_id)
        for version in range(begun.version + 1, current.version + 1 if current else 0):
            later = await self.find_definition(begun.procedure_id, version, connection)
            if later.replaces_drafts:
                return True
        return False

    async def find_document(
        self, procedure_id: str, version: int, connection: Connection | None = None
    ) -> Mapping[str, Any]:
        """Return one version as plain JSON data, or raise `ProcedureNotFound`."""
        if not 0 < version <= MAX_VERSION:
            raise ProcedureNotFound
        lent = nullcontext(connection) if connection is not None else self._database.connection()
        async with lent as held:
            document = await self._repository.find_version(held, procedure_id, version)
        if document is None:
            raise ProcedureNotFound
        return document

    async def load_definitions(self, authority_folder: Path) -> Loading:
        """Bring the database to what the authority's files say; repeat at will.

        Raises `FaultyDefinitions` before anything is written.
        """
        source = read_definitions(authority_folder / PROCEDURES_FOLDER, self.profile)
        if source.faults:
            raise FaultyDefinitions(source.faults)
        loading = await CatalogueLoader(self._database, self._clock).load_folder(source)
        self._catalogue = None
        log.info("procedures loaded", **vars(loading))
        return loading

    async def _at_hand(self, connection: Connection | None) -> Catalogue:
        """Return the present catalogue; whoever holds a connection has just had it read."""
        known = self._catalogue if connection is not None else None
        return known or await self.read_catalogue()

    async def _refreshed(self, present: Catalogue) -> Catalogue:
        try:
            async with self._database.connection() as connection:
                revision = await self._repository.find_revision(connection)
            return present if revision == present.revision else await self._build()
        except Exception:
            log.exception("catalogue not refreshed", revision=present.revision)
            return present

    async def _build(self) -> Catalogue:
        async with self._database.transaction() as connection:
            # the lock keeps a loading from coming between the revision and the definitions
            revision, vocabulary = await self._repository.find_catalogue(connection, lock=True)
            stored = await self._repository.list_procedures(connection)
        return build_catalogue(revision, vocabulary, stored)
