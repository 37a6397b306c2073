"""The acceptance that a draft stands on, in PostgreSQL."""

from uuid import UUID

from chassis.database import Connection
from services.procedures.requests.model import Terms

UPDATE_TERMS = """
UPDATE requests
SET terms = $2
WHERE id = $1
"""


class RenewalRepository:
    """Writes the acceptance of a draft."""

    async def update_terms(self, connection: Connection, request_id: UUID, terms: Terms) -> None:
        """Store the acceptance that a locked draft now stands on."""
        await connection.execute(UPDATE_TERMS, request_id, vars(terms))
