"""Drafts of definitions in PostgreSQL, and what the audit trail says of a procedure."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection, ConstraintViolated, Row, naming_constraints
from services.procedures.editing.model import Draft, OwnDefinitionDraft, State, TrailEntry

SECOND_PERSON = "ck__definition_drafts__second_person"
INSERT_DRAFT = """
INSERT INTO definition_drafts (
    id,
    procedure_id,
    state,
    based_on,
    source,
    writers,
    revision,
    created_at,
    updated_at
) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
SELECT_DRAFT = """
SELECT
    id,
    procedure_id,
    state,
    based_on,
    source,
    writers,
    submitted_hash,
    approver,
    version,
    refusal,
    revision,
    created_at,
    updated_at
FROM definition_drafts
WHERE id = $1
"""
SELECT_DRAFT_FOR_UPDATE = SELECT_DRAFT + "FOR UPDATE"
SELECT_OPEN_DRAFTS = """
SELECT
    id,
    procedure_id,
    state,
    based_on,
    source,
    writers,
    submitted_hash,
    approver,
    version,
    refusal,
    revision,
    created_at,
    updated_at
FROM definition_drafts
WHERE state IN ('draft', 'submitted')
    AND ($1::uuid IS NULL OR id < $1)
ORDER BY id DESC
LIMIT $2
"""
UPDATE_DRAFT = """
UPDATE definition_drafts
SET state = $2,
    based_on = $3,
    source = $4,
    writers = $5,
    submitted_hash = $6,
    approver = $7,
    version = $8,
    refusal = $9,
    revision = $10,
    updated_at = $11
WHERE id = $1
"""
SELECT_HISTORY = """
SELECT
    position,
    recorded_at,
    actor,
    action,
    subject,
    detail
FROM audit_entries
WHERE split_part(subject, '/', 1) = $1
    AND position < $2
ORDER BY position DESC
LIMIT $3
"""


class DraftRepository:
    """Reads and writes drafts; never commits."""

    async def insert_draft(self, connection: Connection, draft: Draft) -> bool:
        """Store a new draft; say whether it was not there yet."""
        made = await connection.fetchval(
            INSERT_DRAFT,
            draft.id,
            draft.procedure_id,
            draft.state.value,
            draft.based_on,
            draft.source,
            list(draft.writers),
            draft.created_at,
        )
        return made is not None

    async def find_draft(
        self, connection: Connection, draft_id: UUID, *, lock: bool = False
    ) -> Draft | None:
        """Return a draft; `lock` keeps others from it until the end of the transaction."""
        statement = SELECT_DRAFT_FOR_UPDATE if lock else SELECT_DRAFT
        row = await connection.fetchrow(statement, draft_id)
        return _draft(row) if row is not None else None

    async def list_open_drafts(
        self, connection: Connection, before: UUID | None, limit: int
    ) -> list[Draft]:
        """Return the drafts still to be published or discarded, latest first, below an id."""
        return [_draft(row) for row in await connection.fetch(SELECT_OPEN_DRAFTS, before, limit)]

    async def update_draft(self, connection: Connection, draft: Draft, at: datetime) -> None:
        """Store what became of a draft; raise `OwnDefinitionDraft` when a writer approves."""
        try:
            async with naming_constraints():
                await connection.execute(
                    UPDATE_DRAFT,
                    draft.id,
                    draft.state.value,
                    draft.based_on,
                    draft.source,
                    list(draft.writers),
                    draft.submitted_hash,
                    draft.approver,
                    draft.version,
                    draft.refusal,
                    draft.revision,
                    at,
                )
        except ConstraintViolated as error:
            if error.name != SECOND_PERSON:
                raise
            raise OwnDefinitionDraft from None

    async def list_history(
        self, connection: Connection, procedure_id: str, before: int, limit: int
    ) -> list[TrailEntry]:
        """Return what was done to a procedure and its drafts, latest first, below a position."""
        rows = await connection.fetch(SELECT_HISTORY, procedure_id, before, limit)
        return [TrailEntry(**dict(row)) for row in rows]


def _draft(row: Row) -> Draft:
    return Draft(**{**dict(row), "state": State(row["state"]), "writers": tuple(row["writers"])})
