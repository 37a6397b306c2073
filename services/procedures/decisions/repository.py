"""Templates and letters in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.procedures.decisions.model import Template

SELECT_TEMPLATES = """
SELECT
    id,
    outcome,
    service_id,
    title,
    body_fr,
    body_en,
    changed_at
FROM decision_templates
WHERE service_id = ANY($1::text[])
    OR service_id IS NULL
ORDER BY outcome, title, id
"""
SELECT_TEMPLATE = """
SELECT
    id,
    outcome,
    service_id,
    title,
    body_fr,
    body_en,
    changed_at
FROM decision_templates
WHERE id = $1
FOR UPDATE
"""
UPSERT_TEMPLATE = """
INSERT INTO decision_templates (
    id,
    outcome,
    service_id,
    title,
    body_fr,
    body_en,
    changed_at
) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO UPDATE
SET outcome = EXCLUDED.outcome,
    title = EXCLUDED.title,
    body_fr = EXCLUDED.body_fr,
    body_en = EXCLUDED.body_en,
    changed_at = EXCLUDED.changed_at
WHERE decision_templates.service_id = EXCLUDED.service_id
RETURNING id
"""
DELETE_TEMPLATE = """
DELETE FROM decision_templates
WHERE id = $1
    AND service_id = ANY($2::text[])
RETURNING id
"""
INSERT_LETTER = """
INSERT INTO decision_letters (
    request_id,
    position,
    pdf,
    content_hash,
    emitted_at
) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (request_id, position) DO NOTHING
"""
SELECT_LETTER = """
SELECT pdf
FROM decision_letters
WHERE request_id = $1
    AND position = $2
"""


class DecisionRepository:
    """Reads and writes templates and sealed letters."""

    async def list_templates(
        self, connection: Connection, services: Sequence[str]
    ) -> Sequence[Template]:
        """Return the templates of these services and those of all."""
        rows = await connection.fetch(SELECT_TEMPLATES, list(services))
        return [Template(**row) for row in rows]

    async def lock_template(self, connection: Connection, template_id: str) -> Template | None:
        """Return a template and keep others from changing it."""
        row = await connection.fetchrow(SELECT_TEMPLATE, template_id)
        return Template(**row) if row is not None else None

    async def upsert_template(
        self, connection: Connection, template: Template, at: datetime
    ) -> bool:
        """Store a template; False when its id is another service's."""
        stored = await connection.fetchval(
            UPSERT_TEMPLATE,
            template.id,
            template.outcome,
            template.service_id,
            template.title,
            template.body_fr,
            template.body_en,
            at,
        )
        return stored is not None

    async def delete_template(
        self, connection: Connection, template_id: str, services: Sequence[str]
    ) -> bool:
        """Remove a template of one of these services; False when there is none."""
        found = await connection.fetchval(DELETE_TEMPLATE, template_id, list(services))
        return found is not None

    async def insert_letter(
        self,
        connection: Connection,
        request_id: UUID,
        position: int,
        sealed: bytes,
        digest: bytes,
        at: datetime,
    ) -> None:
        """Keep a letter unless one is there already."""
        await connection.execute(INSERT_LETTER, request_id, position, sealed, digest, at)

    async def find_letter(
        self, connection: Connection, request_id: UUID, position: int
    ) -> bytes | None:
        """Return the sealed letter of a step."""
        found: bytes | None = await connection.fetchval(SELECT_LETTER, request_id, position)
        return found
