"""The version that a draft follows, in PostgreSQL."""

from chassis.database import Connection
from services.procedures.requests.model import Request
from services.procedures.requests.sealing import RequestSeal

UPDATE_VERSION = """
UPDATE requests
SET version = $2,
    answers = $3,
    revision = $4,
    updated_at = $5
WHERE id = $1
"""


class AmendmentRepository:
    """Writes the version of a draft, with the answers that fit it, sealed."""

    def __init__(self, seal: RequestSeal) -> None:
        self._seal = seal

    async def update_version(self, connection: Connection, request: Request) -> None:
        """Store the version that a locked draft now follows."""
        await connection.execute(
            UPDATE_VERSION,
            request.id,
            request.version,
            self._seal.seal_pages(request.id, request.wrapped_key, request.pages),
            request.revision,
            request.updated_at,
        )
