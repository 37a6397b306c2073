"""Requests to extract, page by page."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.procedures.desk.model import QueueRow
from services.procedures.lifecycle.model import State

SELECT_FILED_BETWEEN = """
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
WHERE service_id = $1
    AND state <> 'draft'
    AND filed_at < $2
    AND (filed_at, id) > ($3, $4)
    AND ($5::text IS NULL OR procedure_id = $5)
ORDER BY filed_at, id
LIMIT $6
"""


class ExportRepository:
    """Reads what is extracted."""

    async def list_page(
        self,
        connection: Connection,
        service_id: str,
        before: datetime,
        after: tuple[datetime, UUID],
        procedure_id: str | None,
        count: int,
    ) -> Sequence[QueueRow]:
        """Return the next requests of a service filed before an instant, oldest first."""
        rows = await connection.fetch(
            SELECT_FILED_BETWEEN, service_id, before, *after, procedure_id, count
        )
        return [QueueRow(**{**row, "state": State(row["state"])}) for row in rows]
