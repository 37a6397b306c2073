"""Queues in PostgreSQL: each page follows an index, whatever the number of requests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection
from services.procedures.desk.model import (
    NEWEST,
    QueueFilter,
    QueueRow,
    QueueSize,
)
from services.procedures.lifecycle.model import State

SELECT_ROWS = """
SELECT
    id,
    service_id,
    procedure_id,
    version,
    state,
    number,
    revision,
    assigned_to,
    filed_at,
    due_on,
    decided_at
FROM requests
"""
_OPEN = "state IN ('filed', 'taken_in_hand', 'awaiting_person', 'suspended', 'escalated')\n"
_OTHERS = """
    AND ($5::text IS NULL OR procedure_id = $5)
    AND ($6::uuid IS NULL OR assigned_to = $6)
    AND (NOT $7::boolean OR assigned_to IS NULL)
    AND ($8::date IS NULL OR due_on < $8)
    AND ($9::text IS NULL OR state = $9)
"""
_OLDEST = "AND (filed_at, id) > ($2, $3)\nORDER BY filed_at, id\nLIMIT $4"
_NEWEST = "AND (filed_at, id) < ($2, $3)\nORDER BY filed_at DESC, id DESC\nLIMIT $4"
_IN_OPEN = "WHERE service_id = $1 AND " + _OPEN + _OTHERS
_IN_STATE = "WHERE service_id = $1 AND state = $9 AND state <> 'draft'" + _OTHERS
_ASSIGNED = "WHERE service_id = $1 AND assigned_to = $6 AND " + _OPEN + _OTHERS
_NOBODY = "WHERE service_id = $1 AND assigned_to IS NULL AND " + _OPEN + _OTHERS
SELECT_NOBODY_OLDEST = SELECT_ROWS + _NOBODY + _OLDEST
SELECT_NOBODY_NEWEST = SELECT_ROWS + _NOBODY + _NEWEST
SELECT_OPEN_OLDEST = SELECT_ROWS + _IN_OPEN + _OLDEST
SELECT_OPEN_NEWEST = SELECT_ROWS + _IN_OPEN + _NEWEST
SELECT_STATE_OLDEST = SELECT_ROWS + _IN_STATE + _OLDEST
SELECT_STATE_NEWEST = SELECT_ROWS + _IN_STATE + _NEWEST
SELECT_ASSIGNED_OLDEST = SELECT_ROWS + _ASSIGNED + _OLDEST
SELECT_ASSIGNED_NEWEST = SELECT_ROWS + _ASSIGNED + _NEWEST

SELECT_BY_NUMBER = SELECT_ROWS + "WHERE number = $1 AND service_id = ANY($2::text[])"
SELECT_BY_NAME = """
SELECT
    requests.id,
    requests.service_id,
    requests.procedure_id,
    requests.version,
    requests.state,
    requests.number,
    requests.revision,
    requests.assigned_to,
    requests.filed_at,
    requests.due_on,
    requests.decided_at
FROM request_names AS found
JOIN requests ON requests.id = found.request_id
WHERE found.service_id = $1
    AND found.token = $2
    AND NOT EXISTS (
        SELECT FROM unnest($3::bytea[]) AS wanted (token)
        WHERE NOT EXISTS (
            SELECT FROM request_names AS other
            WHERE other.service_id = $1
                AND other.token = wanted.token
                AND other.filed_at = found.filed_at
                AND other.request_id = found.request_id
        )
    )
ORDER BY found.filed_at DESC, found.request_id DESC
LIMIT $4
"""
SELECT_SIZE = f"""
SELECT
    (SELECT count(*) FROM (
        SELECT FROM requests WHERE service_id = $1 AND {_OPEN} LIMIT 1000
    ) AS found) AS open,
    (SELECT count(*) FROM (
        SELECT FROM requests WHERE service_id = $1 AND state = 'filed' LIMIT 1000
    ) AS found) AS filed,
    (SELECT count(*) FROM (
        SELECT FROM requests WHERE service_id = $1 AND state = 'escalated' LIMIT 1000
    ) AS found) AS escalated,
    (SELECT count(*) FROM (
        SELECT FROM requests WHERE service_id = $1 AND due_on < $2 AND {_OPEN} LIMIT 1000
    ) AS found) AS late,
    (SELECT count(*) FROM (
        SELECT FROM requests WHERE service_id = $1 AND assigned_to = $3 AND {_OPEN} LIMIT 1000
    ) AS found) AS mine
"""  # noqa: S608  # _OPEN is a constant of this module
INSERT_NAMES = """
INSERT INTO request_names (
    token,
    service_id,
    filed_at,
    request_id
)
SELECT
    token,
    $2,
    $3,
    $4
FROM unnest($1::bytea[]) AS token
ON CONFLICT DO NOTHING
"""

FIRST = datetime(1, 1, 2, tzinfo=UTC), UUID(int=0)
LAST = datetime(9999, 12, 30, tzinfo=UTC), UUID(int=2**128 - 1)


class QueueRepository:
    """Reads queues; writes the words by which requests are found."""

    async def list_rows(
        self, connection: Connection, wanted: QueueFilter, today: date
    ) -> Sequence[QueueRow]:
        """Return one page of a queue."""
        newest = wanted.order == NEWEST
        after, last_id = wanted.after or (LAST if newest else FIRST)
        rows = await connection.fetch(
            queue_statement(wanted),
            wanted.service_id,
            after,
            last_id,
            wanted.count,
            wanted.procedure_id,
            wanted.assigned_to,
            wanted.unassigned,
            today if wanted.late else None,
            str(wanted.state) if wanted.state else None,
        )
        return [_row(row) for row in rows]

    async def find_by_number(
        self, connection: Connection, number: str, services: Sequence[str]
    ) -> Sequence[QueueRow]:
        """Return the request that bears `number`, if it is of one of these services."""
        rows = await connection.fetch(SELECT_BY_NUMBER, number, list(services))
        return [_row(row) for row in rows]

    async def find_by_name(
        self, connection: Connection, service_id: str, tokens: Sequence[bytes], count: int
    ) -> Sequence[QueueRow]:
        """Return the latest requests of a service in whose names all these words are."""
        rows = await connection.fetch(
            SELECT_BY_NAME, service_id, tokens[0], list(tokens[1:]), count
        )
        return [_row(row) for row in rows]

    async def find_size(
        self, connection: Connection, service_id: str, today: date, staff_id: UUID
    ) -> QueueSize:
        """Return how much waits in a queue."""
        row = await connection.fetchrow(SELECT_SIZE, service_id, today, staff_id)
        return QueueSize(service_id, **dict(row or {}))

    async def insert_names(
        self,
        connection: Connection,
        tokens: Sequence[bytes],
        service_id: str,
        filed_at: datetime,
        request_id: UUID,
    ) -> None:
        """Make a request findable by these words."""
        await connection.execute(INSERT_NAMES, list(tokens), service_id, filed_at, request_id)


def queue_statement(wanted: QueueFilter) -> str:
    """Return the statement whose index fits best what is wanted."""
    newest = wanted.order == NEWEST
    if wanted.assigned_to is not None and wanted.state is None:
        return SELECT_ASSIGNED_NEWEST if newest else SELECT_ASSIGNED_OLDEST
    if wanted.state is not None:
        return SELECT_STATE_NEWEST if newest else SELECT_STATE_OLDEST
    if wanted.unassigned:
        return SELECT_NOBODY_NEWEST if newest else SELECT_NOBODY_OLDEST
    return SELECT_OPEN_NEWEST if newest else SELECT_OPEN_OLDEST


def _row(row: Any) -> QueueRow:
    return QueueRow(**{**row, "state": State(row["state"])})
