"""Requests and their events in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection, Row
from services.procedures.requests.model import FILED, Event, Filing, PageAnswers, Request, Terms
from services.procedures.requests.sealing import RequestSeal

SELECT_REQUEST = """
SELECT
    id,
    procedure_id,
    version,
    state,
    language,
    account_id,
    access_key_hash,
    wrapped_key,
    answers,
    revision,
    terms,
    created_at,
    updated_at,
    number,
    tracking_code_hash,
    filed_at,
    declaration_hash,
    implicit_decision_on,
    implicit_outcome
FROM requests
WHERE id = $1
"""
SELECT_REQUEST_LOCKED = SELECT_REQUEST + "FOR UPDATE"
SELECT_ID_BY_NUMBER = "SELECT id FROM requests WHERE number = $1"
SELECT_NEXT_NUMBER = "SELECT nextval('request_numbers')"
SELECT_EVENTS = """
SELECT
    recorded_at,
    kind,
    actor
FROM request_events
WHERE request_id = $1
ORDER BY position
"""
INSERT_REQUEST = """
INSERT INTO requests (
    id,
    procedure_id,
    version,
    state,
    language,
    account_id,
    access_key_hash,
    wrapped_key,
    answers,
    revision,
    terms,
    created_at,
    updated_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
INSERT_EVENT = """
INSERT INTO request_events (request_id, position, recorded_at, kind, actor)
SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4
FROM request_events
WHERE request_id = $1
"""
UPDATE_ANSWERS = """
UPDATE requests
SET answers = $2,
    revision = $3,
    updated_at = $4
WHERE id = $1
"""
# one round trip: the filing, its event, and every event as it now stands
UPDATE_FILED = """
WITH filed AS (
    UPDATE requests
    SET state = 'filed',
        number = $2,
        tracking_code_hash = $3,
        filed_at = $4,
        certified_at = $4,
        updated_at = $4,
        declaration_hash = $5,
        implicit_decision_on = $6,
        implicit_outcome = $7
    WHERE id = $1
),
former AS (
    SELECT
        position,
        recorded_at,
        kind,
        actor
    FROM request_events
    WHERE request_id = $1
),
written AS (
    INSERT INTO request_events (request_id, position, recorded_at, kind, actor)
    SELECT $1, coalesce(max(position), 0) + 1, $4, 'filed', 'person'
    FROM former
    RETURNING
        position,
        recorded_at,
        kind,
        actor
)
SELECT
    recorded_at,
    kind,
    actor
FROM (SELECT * FROM former UNION ALL SELECT * FROM written) AS events
ORDER BY position
"""


class RequestRepository:
    """Reads and writes requests; opens and seals their answers on the way."""

    def __init__(self, seal: RequestSeal) -> None:
        self._seal = seal

    async def find_request(
        self, connection: Connection, request_id: UUID, *, lock: bool = False
    ) -> Request | None:
        """Return the request without its events; `lock` keeps it from others until the commit."""
        statement = SELECT_REQUEST_LOCKED if lock else SELECT_REQUEST
        row = await connection.fetchrow(statement, request_id)
        if row is None or row["wrapped_key"] is None:  # its personal data were destroyed
            return None
        return self._request(row)

    async def find_id_by_number(self, connection: Connection, number: str) -> UUID | None:
        """Return the id of the request that bears `number`."""
        found = await connection.fetchval(SELECT_ID_BY_NUMBER, number)
        return UUID(str(found)) if found is not None else None

    async def list_events(self, connection: Connection, request_id: UUID) -> tuple[Event, ...]:
        """Return what happened to a request, oldest first."""
        return _events(await connection.fetch(SELECT_EVENTS, request_id))

    async def insert_request(self, connection: Connection, request: Request) -> bool:
        """Store a new draft; return False when its id is already taken."""
        inserted = await connection.fetchval(
            INSERT_REQUEST,
            request.id,
            request.procedure_id,
            request.version,
            request.state,
            request.language,
            request.account_id,
            request.access_key_hash,
            request.wrapped_key,
            self._sealed(request),
            request.revision,
            vars(request.terms),
            request.created_at,
        )
        return inserted is not None

    async def insert_event(self, connection: Connection, request_id: UUID, event: Event) -> None:
        """Append an event; the caller holds the request's lock."""
        await connection.execute(INSERT_EVENT, request_id, event.at, event.kind, event.actor)

    async def update_answers(self, connection: Connection, request: Request) -> None:
        """Store the answers and revision of a locked request."""
        await connection.execute(
            UPDATE_ANSWERS, request.id, self._sealed(request), request.revision, request.updated_at
        )

    async def next_sequence(self, connection: Connection) -> int:
        """Return a number never given before; an aborted filing leaves a gap."""
        return int(await connection.fetchval(SELECT_NEXT_NUMBER))

    async def update_filed(
        self, connection: Connection, request: Request, filing: Filing, code_hash: bytes
    ) -> Request:
        """File a locked draft, with its event; return it as it now is, with its events."""
        rows = await connection.fetch(
            UPDATE_FILED,
            request.id,
            filing.number,
            code_hash,
            filing.filed_at,
            filing.declaration_hash,
            filing.implicit_decision_on,
            filing.implicit_outcome,
        )
        return replace(
            request,
            state=FILED,
            updated_at=filing.filed_at,
            tracking_code_hash=code_hash,
            filing=filing,
            events=_events(rows),
        )

    def _sealed(self, request: Request) -> bytes:
        return self._seal.seal_pages(request.id, request.wrapped_key, request.pages)

    def _request(self, row: Row) -> Request:
        request_id: UUID = row["id"]
        pages: dict[str, PageAnswers] = self._seal.open_pages(
            request_id, row["wrapped_key"], row["answers"]
        )
        return Request(
            id=request_id,
            procedure_id=row["procedure_id"],
            version=row["version"],
            state=row["state"],
            language=row["language"],
            account_id=row["account_id"],
            access_key_hash=row["access_key_hash"],
            wrapped_key=row["wrapped_key"],
            pages=pages,
            revision=row["revision"],
            terms=Terms(**row["terms"]),
            created_at=row["created_at"],
            updated_at=row["updated_at"],
            tracking_code_hash=row["tracking_code_hash"],
            filing=_filing(row),
        )


def _events(rows: Sequence[Row]) -> tuple[Event, ...]:
    return tuple(Event(row["recorded_at"], row["kind"], row["actor"]) for row in rows)


def _filing(row: Any) -> Filing | None:
    filed_at: datetime | None = row["filed_at"]
    if filed_at is None:
        return None
    return Filing(
        number=row["number"],
        filed_at=filed_at,
        declaration_hash=row["declaration_hash"],
        implicit_decision_on=row["implicit_decision_on"],
        implicit_outcome=row["implicit_outcome"],
    )
