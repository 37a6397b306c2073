"""The register in PostgreSQL; what is asked and answered is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.database import Connection, Row
from services.identity.accounts.sealing import AccountKey
from services.identity.rights.model import Right, RightsRequest

COLUMNS = """
    id,
    account_id,
    kind,
    channel,
    state,
    content,
    received_on,
    due_on,
    recorded_by,
    answered_at
"""
INSERT_REQUEST = """
INSERT INTO rights_requests (
    id,
    account_id,
    kind,
    channel,
    state,
    content,
    received_on,
    due_on,
    recorded_by
) VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8)
"""
SELECT_OWN = f"""
SELECT {COLUMNS} FROM rights_requests
WHERE account_id = $1
ORDER BY id DESC
LIMIT 100
"""  # noqa: S608
SELECT_OPEN = f"""
SELECT {COLUMNS} FROM rights_requests
WHERE state = 'open'
    AND (due_on, id) > ($1, $2)
    AND EXISTS (
        SELECT
        FROM accounts
        WHERE accounts.id = rights_requests.account_id
            AND accounts.state <> 'erased'
    )
ORDER BY due_on, id
LIMIT $3
"""  # noqa: S608
SELECT_OPEN_LOCKED = f"""
SELECT {COLUMNS} FROM rights_requests
WHERE id = $1
    AND state = 'open'
FOR UPDATE
"""  # noqa: S608
UPDATE_ANSWERED = """
UPDATE rights_requests
SET state = $2,
    content = $3,
    answered_at = $4,
    answered_by = $5
WHERE id = $1
"""
PLACE = "rights_requests.content"


@dataclass(frozen=True)
class StoredRequest:
    """A request whose content is still sealed."""

    row: Row

    @property
    def account_id(self) -> UUID:
        """Return whose request it is."""
        found: UUID = self.row["account_id"]
        return found

    def open(self, key: AccountKey) -> RightsRequest:
        """Return the request with its content open."""
        row = self.row
        content = key.open(row["content"], f"{PLACE}:{row['id']}")
        return RightsRequest(
            row["id"],
            row["account_id"],
            Right(row["kind"]),
            row["channel"],
            row["state"],
            content["text"],
            row["received_on"],
            row["due_on"],
            row["recorded_by"],
            content.get("answer", ""),
            row["answered_at"],
        )


class RightsRepository:
    """Reads and writes the register; never commits."""

    async def insert_request(
        self, connection: Connection, key: AccountKey, request: RightsRequest
    ) -> None:
        """Store a request."""
        await connection.execute(
            INSERT_REQUEST,
            request.id,
            request.account_id,
            request.right,
            request.channel,
            key.seal({"text": request.text}, f"{PLACE}:{request.id}"),
            request.received_on,
            request.due_on,
            request.recorded_by,
        )

    async def list_own(
        self, connection: Connection, account_id: UUID, key: AccountKey
    ) -> Sequence[RightsRequest]:
        """Return the requests of an account, the newest first."""
        rows = await connection.fetch(SELECT_OWN, account_id)
        return [StoredRequest(row).open(key) for row in rows]

    async def list_open(
        self, connection: Connection, after: tuple[date, UUID], count: int
    ) -> Sequence[StoredRequest]:
        """Return open requests, the most urgent first."""
        return [StoredRequest(row) for row in await connection.fetch(SELECT_OPEN, *after, count)]

    async def lock_open(self, connection: Connection, request_id: UUID) -> StoredRequest | None:
        """Return an open request and keep others from answering it."""
        row = await connection.fetchrow(SELECT_OPEN_LOCKED, request_id)
        return StoredRequest(row) if row is not None else None

    async def update_answered(
        self,
        connection: Connection,
        key: AccountKey,
        request: RightsRequest,
        at: datetime,
        by: UUID,
    ) -> None:
        """Store the answer and the state of a request."""
        content = {"text": request.text, "answer": request.answer}
        sealed = key.seal(content, f"{PLACE}:{request.id}")
        await connection.execute(UPDATE_ANSWERED, request.id, request.state, sealed, at, by)
