"""Settings of the régies in PostgreSQL."""

from chassis.database import Connection
from services.procedures.payments.model import Mode
from services.procedures.payments.regie import RegieSettings

SELECT_REGIE = """
SELECT
    id,
    numcli,
    mode,
    saisie,
    account,
    minimum_cents,
    maximum_cents,
    active,
    revision,
    changed_at,
    changed_by
FROM regies
WHERE id = $1
"""
SELECT_REGIE_BY_NUMCLI = "SELECT id FROM regies WHERE numcli = $1 ORDER BY id LIMIT 1"
UPSERT_REGIE = """
INSERT INTO regies AS stored (
    id,
    numcli,
    mode,
    saisie,
    account,
    minimum_cents,
    maximum_cents,
    active,
    revision,
    changed_at,
    changed_by
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $10, $11)
ON CONFLICT (id) DO UPDATE
SET numcli = excluded.numcli,
    mode = excluded.mode,
    saisie = excluded.saisie,
    account = excluded.account,
    minimum_cents = excluded.minimum_cents,
    maximum_cents = excluded.maximum_cents,
    active = excluded.active,
    revision = stored.revision + 1,
    changed_at = excluded.changed_at,
    changed_by = excluded.changed_by
WHERE stored.revision = $9
RETURNING revision
"""


class RegieRepository:
    """Reads and writes the settings of régies."""

    async def find_regie(self, connection: Connection, regie_id: str) -> RegieSettings | None:
        """Return the settings of a régie."""
        row = await connection.fetchrow(SELECT_REGIE, regie_id)
        if row is None:
            return None
        return RegieSettings(**{**dict(row), "mode": Mode(row["mode"])})

    async def find_id_by_numcli(self, connection: Connection, numcli: str) -> str | None:
        """Return the régie that the DGFiP knows by `numcli`."""
        found: str | None = await connection.fetchval(SELECT_REGIE_BY_NUMCLI, numcli)
        return found

    async def upsert_regie(self, connection: Connection, settings: RegieSettings) -> int | None:
        """Write settings made from `settings.revision` (0: none yet); None when it is old."""
        revision: int | None = await connection.fetchval(
            UPSERT_REGIE,
            settings.id,
            settings.numcli,
            settings.mode,
            settings.saisie,
            settings.account,
            settings.minimum_cents,
            settings.maximum_cents,
            settings.active,
            settings.revision,
            settings.changed_at,
            settings.changed_by,
        )
        return revision
