"""Partners' health, departures and disclosures in PostgreSQL."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chassis.database import Connection
from services.procedures.partners.model import SiteHealth, SiteState

SELECT_HEALTH = """
SELECT
    state,
    failures,
    since,
    checked_at
FROM partner_health
WHERE procedure_id = $1
"""
UPSERT_HEALTH = """
INSERT INTO partner_health (procedure_id, state, failures, since, checked_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (procedure_id) DO UPDATE
SET state = excluded.state,
    failures = excluded.failures,
    since = excluded.since,
    checked_at = excluded.checked_at
"""
COUNT_DEPARTURE = """
INSERT INTO partner_departures AS counted (procedure_id, day, departures)
VALUES ($1, $2, 1)
ON CONFLICT (procedure_id, day) DO UPDATE
SET departures = counted.departures + 1
"""
SELECT_DEPARTURES = """
SELECT
    procedure_id,
    day,
    departures
FROM partner_departures
WHERE day >= $1
ORDER BY day, procedure_id
"""
INSERT_DISCLOSURE = """
INSERT INTO disclosures (recorded_at, procedure_id, recipient, subject_id, data)
VALUES ($1, $2, $3, $4, $5)
"""
SELECT_DISCLOSURES = """
SELECT
    recorded_at,
    procedure_id,
    recipient,
    data
FROM disclosures
WHERE subject_id = $1
ORDER BY id
"""
Disclosure = tuple[datetime, str, str, tuple[str, ...]]


class PartnerRepository:
    """Reads and writes what is known of partners."""

    async def find_health(self, connection: Connection, procedure_id: str) -> SiteHealth | None:
        """Return what the last probes found."""
        row = await connection.fetchrow(SELECT_HEALTH, procedure_id)
        if row is None:
            return None
        state = SiteState(row["state"])
        return SiteHealth(state, row["failures"], row["since"], row["checked_at"])

    async def upsert_health(
        self, connection: Connection, procedure_id: str, health: SiteHealth
    ) -> None:
        """Write what a probe found."""
        await connection.execute(
            UPSERT_HEALTH,
            procedure_id,
            health.state,
            health.failures,
            health.since,
            health.checked_at,
        )

    async def count_departure(self, connection: Connection, procedure_id: str, day: date) -> None:
        """Count one departure more."""
        await connection.execute(COUNT_DEPARTURE, procedure_id, day)

    async def list_departures(
        self, connection: Connection, since: date
    ) -> list[tuple[str, date, int]]:
        """Return the departures of each procedure and day."""
        rows = await connection.fetch(SELECT_DEPARTURES, since)
        return [(row["procedure_id"], row["day"], row["departures"]) for row in rows]

    async def insert_disclosure(
        self,
        connection: Connection,
        at: datetime,
        place: tuple[str, str],
        subject_id: UUID,
        data: Sequence[str],
    ) -> None:
        """Journal a disclosure; `place` is the procedure and the recipient."""
        await connection.execute(INSERT_DISCLOSURE, at, *place, subject_id, list(data))

    async def list_disclosures(self, connection: Connection, subject_id: UUID) -> list[Disclosure]:
        """Return to whom somebody's data went, oldest first."""
        rows = await connection.fetch(SELECT_DISCLOSURES, subject_id)
        return [
            (row["recorded_at"], row["procedure_id"], row["recipient"], tuple(row["data"]))
            for row in rows
        ]
