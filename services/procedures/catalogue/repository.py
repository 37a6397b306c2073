"""The catalogue in PostgreSQL: present states, every version, and a revision to watch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.database import Connection, Row
from services.procedures.catalogue.model import HeldBy, State

SELECT_REVISION = "SELECT revision FROM catalogue"
SELECT_CATALOGUE = "SELECT revision, vocabulary FROM catalogue"
SELECT_CATALOGUE_LOCKED = SELECT_CATALOGUE + " FOR UPDATE"
UPDATE_CATALOGUE = """
UPDATE catalogue
SET revision = revision + 1,
    vocabulary = $1,
    changed_at = $2
"""
SELECT_PROCEDURES = """
SELECT
    procedures.id,
    procedures.current_version,
    procedures.state,
    procedures.suspension,
    procedures.declared,
    procedures.held_by,
    procedure_versions.content_hash,
    procedure_versions.definition
FROM procedures
JOIN procedure_versions
    ON procedure_versions.procedure_id = procedures.id
    AND procedure_versions.version = procedures.current_version
ORDER BY procedures.id
"""
SELECT_VERSION = """
SELECT definition
FROM procedure_versions
WHERE procedure_id = $1
    AND version = $2
"""
UPSERT_PROCEDURE = """
INSERT INTO procedures (
    id,
    current_version,
    state,
    suspension,
    declared,
    held_by,
    changed_at
) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO UPDATE
SET current_version = excluded.current_version,
    state = excluded.state,
    suspension = excluded.suspension,
    declared = excluded.declared,
    held_by = excluded.held_by,
    changed_at = excluded.changed_at
"""
INSERT_VERSION = """
INSERT INTO procedure_versions (
    procedure_id,
    version,
    content_hash,
    definition,
    loaded_at
) VALUES ($1, $2, $3, $4, $5)
"""


@dataclass(frozen=True)
class StoredProcedure:
    """A row of `procedures` with its current version; documents are plain JSON."""

    id: str
    version: int
    state: State
    suspension: Mapping[str, Any] | None
    declared: Mapping[str, Any]
    content_hash: str
    document: Mapping[str, Any]
    held_by: HeldBy = HeldBy.FILES


class CatalogueRepository:
    """Reads and writes the catalogue; never commits."""

    async def find_revision(self, connection: Connection) -> int:
        """Return the revision: it grows with each change."""
        return int(await connection.fetchval(SELECT_REVISION))

    async def find_catalogue(
        self, connection: Connection, *, lock: bool = False
    ) -> tuple[int, Mapping[str, Any]]:
        """Return the revision and the vocabulary; `lock` keeps other writers out until commit."""
        row = await connection.fetchrow(SELECT_CATALOGUE_LOCKED if lock else SELECT_CATALOGUE)
        if row is None:
            raise LookupError("the table catalogue has lost its row")
        return row["revision"], row["vocabulary"]

    async def list_procedures(self, connection: Connection) -> list[StoredProcedure]:
        """Return every procedure, withdrawn ones too, in the order of their ids."""
        return [_stored(row) for row in await connection.fetch(SELECT_PROCEDURES)]

    async def find_version(
        self, connection: Connection, procedure_id: str, version: int
    ) -> Mapping[str, Any] | None:
        """Return the document of one version."""
        found: Mapping[str, Any] | None = await connection.fetchval(
            SELECT_VERSION, procedure_id, version
        )
        return found

    async def update_catalogue(
        self, connection: Connection, vocabulary: Mapping[str, Any], at: datetime
    ) -> None:
        """Store the vocabulary and make the revision grow; the caller holds the lock."""
        await connection.execute(UPDATE_CATALOGUE, vocabulary, at)

    async def update_procedure(
        self, connection: Connection, procedure: StoredProcedure, at: datetime
    ) -> None:
        """Store where a procedure stands, new or not."""
        await connection.execute(
            UPSERT_PROCEDURE,
            procedure.id,
            procedure.version,
            procedure.state.value,
            procedure.suspension,
            procedure.declared,
            procedure.held_by.value,
            at,
        )

    async def insert_version(
        self, connection: Connection, procedure: StoredProcedure, at: datetime
    ) -> None:
        """Store a new version of a procedure."""
        await connection.execute(
            INSERT_VERSION,
            procedure.id,
            procedure.version,
            procedure.content_hash,
            procedure.document,
            at,
        )


def _stored(row: Row) -> StoredProcedure:
    return StoredProcedure(
        id=row["id"],
        version=row["current_version"],
        state=State(row["state"]),
        suspension=row["suspension"],
        declared=row["declared"],
        content_hash=row["content_hash"],
        document=row["definition"],
        held_by=HeldBy(row["held_by"]),
    )
