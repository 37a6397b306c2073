"""Cases and their steps in PostgreSQL."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection
from chassis.keyring import DataKey
from services.procedures.lifecycle.model import Case, State, Step

_COLUMNS = """    id,
    procedure_id,
    version,
    service_id,
    state,
    number,
    language,
    account_id,
    wrapped_key,
    revision,
    assigned_to,
    filed_at,
    due_on,
    attention_on,
    decided_at,
    retention_months,
    erase_on,
    entered_by
"""
SELECT_CASE = f"""
SELECT
{_COLUMNS}FROM requests
WHERE id = $1
    AND state <> 'draft'
"""
SELECT_CASE_LOCKED = SELECT_CASE + "FOR UPDATE"
SELECT_AGEING = """
SELECT id
FROM requests
WHERE attention_on <= $1
ORDER BY attention_on
LIMIT $2
"""
UPDATE_CASE = """
UPDATE requests
SET state = $2,
    revision = $3,
    assigned_to = $4,
    attention_on = $5,
    decided_at = $6,
    erase_on = $7,
    updated_at = $8
WHERE id = $1
"""
UPDATE_OPENED = f"""
UPDATE requests
SET service_id = $2,
    due_on = $3,
    attention_on = $4,
    retention_months = $5
WHERE id = $1
RETURNING
{_COLUMNS}"""  # noqa: S608  # constants of this module
SELECT_NEXT_POSITION = """
SELECT coalesce(max(position), 0) + 1
FROM request_events
WHERE request_id = $1
"""
INSERT_STEP = """
INSERT INTO request_events (
    request_id,
    position,
    recorded_at,
    kind,
    actor,
    staff_id,
    detail,
    revision,
    action_key
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
SELECT_KEY_KIND = """
SELECT kind
FROM request_events
WHERE request_id = $1
    AND action_key = $2
"""
SELECT_STEPS = """
SELECT
    position,
    recorded_at,
    kind,
    actor,
    staff_id,
    detail,
    revision
FROM request_events
WHERE request_id = $1
    AND (revision > $2 OR $2 < 0)
ORDER BY position
"""
SELECT_MAILED = """
SELECT mailed_at IS NOT NULL
FROM request_events
WHERE request_id = $1
    AND position = $2
"""
UPDATE_MAILED = """
UPDATE request_events
SET mailed_at = $3
WHERE request_id = $1
    AND position = $2
"""
EVERY_STEP = -1


class LifecycleRepository:
    """Reads and writes cases and steps; what a step tells is sealed with the request's key."""

    async def find_case(
        self, connection: Connection, request_id: UUID, *, lock: bool = False
    ) -> Case | None:
        """Return a filed request; `lock` keeps it from others until the commit."""
        statement = SELECT_CASE_LOCKED if lock else SELECT_CASE
        row = await connection.fetchrow(statement, request_id)
        return _case(row) if row is not None else None

    async def list_ageing(self, connection: Connection, today: date, count: int) -> list[UUID]:
        """Return requests that waited too long, the oldest first."""
        return [row["id"] for row in await connection.fetch(SELECT_AGEING, today, count)]

    async def update_case(self, connection: Connection, case: Case, at: datetime) -> None:
        """Store what a step changed in a locked case."""
        await connection.execute(
            UPDATE_CASE,
            case.id,
            str(case.state),
            case.revision,
            case.assigned_to,
            case.attention_on,
            case.decided_at,
            case.erase_on,
            at,
        )

    async def update_opened(
        self,
        connection: Connection,
        request_id: UUID,
        service_id: str,
        due_on: date,
        watch: date,
        months: int,
    ) -> Case:
        """Give a request that is being filed to its service; data are kept `months` after it."""
        row = await connection.fetchrow(
            UPDATE_OPENED, request_id, service_id, due_on, watch, months
        )
        return _case(row)

    async def next_position(self, connection: Connection, request_id: UUID) -> int:
        """Return the position of the next step; the caller holds the request's lock."""
        return int(await connection.fetchval(SELECT_NEXT_POSITION, request_id))

    async def insert_step(
        self,
        connection: Connection,
        request_id: UUID,
        step: Step,
        key: DataKey,
        action_key: str | None,
    ) -> None:
        """Append a step; the caller holds the request's lock."""
        detail = _sealed(step.detail, step.position, key) if step.detail else None
        await connection.execute(
            INSERT_STEP,
            request_id,
            step.position,
            step.at,
            step.kind,
            step.actor,
            step.staff_id,
            detail,
            step.revision,
            action_key,
        )

    async def find_kind_of_key(
        self, connection: Connection, request_id: UUID, action_key: str
    ) -> str | None:
        """Return the kind of the step that was made under this idempotency key."""
        found = await connection.fetchval(SELECT_KEY_KIND, request_id, action_key)
        return str(found) if found is not None else None

    async def list_steps(
        self,
        connection: Connection,
        request_id: UUID,
        key: DataKey,
        after_revision: int = EVERY_STEP,
    ) -> Sequence[Step]:
        """Return the steps made after a revision, oldest first."""
        rows = await connection.fetch(SELECT_STEPS, request_id, after_revision)
        return [_step(row, key) for row in rows]

    async def was_mailed(self, connection: Connection, request_id: UUID, position: int) -> bool:
        """Say whether the person was told of a step."""
        return bool(await connection.fetchval(SELECT_MAILED, request_id, position))

    async def update_mailed(
        self, connection: Connection, request_id: UUID, position: int, at: datetime
    ) -> None:
        """Note that the person was told of a step."""
        await connection.execute(UPDATE_MAILED, request_id, position, at)


def _case(row: Any) -> Case:
    return Case(**{**row, "state": State(row["state"])})


def _context(position: int) -> str:
    return f"step:{position}"


def _sealed(detail: Mapping[str, Any], position: int, key: DataKey) -> bytes:
    plain = json.dumps(dict(detail), ensure_ascii=False).encode()
    return key.seal(plain, _context(position))


def _step(row: Any, key: DataKey) -> Step:
    sealed = row["detail"]
    detail = json.loads(key.open(sealed, _context(row["position"]))) if sealed else {}
    return Step(
        position=row["position"],
        at=row["recorded_at"],
        kind=row["kind"],
        actor=row["actor"],
        detail=detail,
        staff_id=row["staff_id"],
        revision=row["revision"],
    )
