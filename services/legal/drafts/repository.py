"""Drafts in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection, ConstraintViolated, Row, naming_constraints
from services.legal.documents.model import DocumentText, State
from services.legal.drafts.model import Draft, DraftContent, OwnDraft

SECOND_PERSON = "ck__drafts__second_person"
INSERT_DRAFT = """
INSERT INTO drafts (
    id,
    slug,
    state,
    change,
    effective_from,
    based_on,
    writers,
    refusal,
    revision,
    created_at,
    updated_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, '', 1, $8, $8)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
SELECT_DRAFT = """
SELECT
    id,
    slug,
    state,
    change,
    effective_from,
    based_on,
    writers,
    approver,
    version,
    refusal,
    revision,
    created_at,
    updated_at
FROM drafts
WHERE id = $1
"""
SELECT_DRAFT_FOR_UPDATE = SELECT_DRAFT + "FOR UPDATE"
SELECT_OPEN_DRAFTS = """
SELECT
    id,
    slug,
    state,
    change,
    effective_from,
    based_on,
    writers,
    approver,
    version,
    refusal,
    revision,
    created_at,
    updated_at
FROM drafts
WHERE state IN ('draft', 'submitted')
    AND ($1::uuid IS NULL OR id < $1)
ORDER BY id DESC
LIMIT $2
"""
SELECT_TEXTS = """
SELECT
    draft_id,
    language,
    title,
    summary,
    markdown
FROM draft_texts
WHERE draft_id = ANY ($1)
ORDER BY language DESC
"""
UPDATE_DRAFT = """
UPDATE drafts
SET state = $2,
    change = $3,
    effective_from = $4,
    writers = $5,
    approver = $6,
    version = $7,
    refusal = $8,
    revision = $9,
    updated_at = $10,
    based_on = $11
WHERE id = $1
"""
UPSERT_TEXT = """
INSERT INTO draft_texts (
    draft_id,
    language,
    title,
    summary,
    markdown
) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (draft_id, language) DO UPDATE
SET title = excluded.title,
    summary = excluded.summary,
    markdown = excluded.markdown
"""


class DraftRepository:
    """Reads and writes drafts; never commits."""

    async def insert_draft(self, connection: Connection, draft: Draft) -> bool:
        """Store a new draft with its texts; say whether it was not there yet."""
        content = draft.content
        made = await connection.fetchval(
            INSERT_DRAFT,
            draft.id,
            draft.slug,
            draft.state.value,
            content.change,
            content.effective_from,
            draft.based_on,
            list(draft.writers),
            draft.created_at,
        )
        if made is None:
            return False
        await self._write_texts(connection, draft)
        return True

    async def find_draft(
        self, connection: Connection, draft_id: UUID, *, lock: bool = False
    ) -> Draft | None:
        """Return a draft; `lock` keeps others from it until the end of the transaction."""
        statement = SELECT_DRAFT_FOR_UPDATE if lock else SELECT_DRAFT
        row = await connection.fetchrow(statement, draft_id)
        if row is None:
            return None
        return _draft(row, await connection.fetch(SELECT_TEXTS, [draft_id]))

    async def list_open_drafts(
        self, connection: Connection, before: UUID | None, limit: int
    ) -> list[Draft]:
        """Return the drafts still to be published or discarded, latest first, below an id."""
        rows = await connection.fetch(SELECT_OPEN_DRAFTS, before, limit)
        texts = await connection.fetch(SELECT_TEXTS, [row["id"] for row in rows])
        return [_draft(row, [one for one in texts if one["draft_id"] == row["id"]]) for row in rows]

    async def update_draft(self, connection: Connection, draft: Draft, at: datetime) -> None:
        """Store a draft's new state and texts; raise `OwnDraft` when a writer approves."""
        content = draft.content
        try:
            async with naming_constraints():
                await connection.execute(
                    UPDATE_DRAFT,
                    draft.id,
                    draft.state.value,
                    content.change,
                    content.effective_from,
                    list(draft.writers),
                    draft.approver,
                    draft.version,
                    draft.refusal,
                    draft.revision,
                    at,
                    draft.based_on,
                )
        except ConstraintViolated as error:
            if error.name != SECOND_PERSON:
                raise
            raise OwnDraft from None
        await self._write_texts(connection, draft)

    async def _write_texts(self, connection: Connection, draft: Draft) -> None:
        await connection.executemany(
            UPSERT_TEXT,
            [
                (draft.id, language, text.title, text.summary, text.markdown)
                for language, text in draft.content.texts.items()
            ],
        )


def _draft(row: Row, texts: list[Row]) -> Draft:
    content = DraftContent(
        change=row["change"],
        effective_from=row["effective_from"],
        texts={
            one["language"]: DocumentText(
                one["language"], one["title"], one["summary"], one["markdown"]
            )
            for one in texts
        },
    )
    return Draft(
        id=row["id"],
        slug=row["slug"],
        state=State(row["state"]),
        based_on=row["based_on"],
        writers=tuple(row["writers"]),
        approver=row["approver"],
        version=row["version"],
        refusal=row["refusal"],
        revision=row["revision"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        content=content,
    )
