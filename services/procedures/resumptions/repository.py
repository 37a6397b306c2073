"""Links in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection, Row
from chassis.keyring import DataKey
from services.procedures.resumptions.model import ResumeLink

_COLUMNS = """    id,
    request_id,
    address,
    access_key,
    language,
    created_at,
    expires_at
"""
INSERT_LINK = """
INSERT INTO resume_links (
    id,
    request_id,
    token_hash,
    address,
    address_digest,
    access_key,
    language,
    created_at,
    expires_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
SELECT_COUNTS = """
SELECT
    count(*) FILTER (WHERE request_id = $1) AS of_draft,
    count(*) FILTER (WHERE address_digest = $2) AS of_address
FROM resume_links
WHERE created_at > $3
    AND (request_id = $1 OR address_digest = $2)
"""
UPDATE_REVOKED = """
UPDATE resume_links
SET revoked_at = $2
WHERE request_id = $1
    AND revoked_at IS NULL
"""
SELECT_LIVE = f"""
SELECT
{_COLUMNS}FROM resume_links
WHERE request_id = $1
    AND revoked_at IS NULL
    AND expires_at > $2
"""  # constants of this module
SELECT_REQUEST_OF_LINK = """
SELECT request_id
FROM resume_links
WHERE token_hash = $1
    AND revoked_at IS NULL
    AND expires_at > $2
"""
DELETE_ENDED = """
DELETE FROM resume_links
WHERE created_at < $1
    AND (
        revoked_at IS NOT NULL
        OR expires_at < $1
        OR EXISTS (
            SELECT FROM requests
            WHERE requests.id = resume_links.request_id
                AND requests.state <> 'draft'
        )
    )
"""


class ResumeLinkRepository:
    """Reads and writes links; address and key are sealed with the request's key on the way."""

    async def insert_link(
        self,
        connection: Connection,
        link: ResumeLink,
        key: DataKey,
        token_hash: bytes,
        digest: bytes,
    ) -> None:
        """Store a link; the former one must be revoked."""
        await connection.execute(
            INSERT_LINK,
            link.id,
            link.request_id,
            token_hash,
            key.seal(link.address.encode(), _context(link.id, "address")),
            digest,
            key.seal(link.access_key.encode(), _context(link.id, "access-key")),
            link.language,
            link.created_at,
            link.expires_at,
        )

    async def count_since(
        self, connection: Connection, request_id: UUID, digest: bytes, since: datetime
    ) -> tuple[int, int]:
        """Return how many links were sent since then: for the draft, and to the address."""
        row = await connection.fetchrow(SELECT_COUNTS, request_id, digest, since)
        return (row["of_draft"], row["of_address"]) if row is not None else (0, 0)

    async def revoke_links(self, connection: Connection, request_id: UUID, at: datetime) -> None:
        """End the draft's link, if there is one."""
        await connection.execute(UPDATE_REVOKED, request_id, at)

    async def find_live(
        self, connection: Connection, request_id: UUID, key: DataKey, now: datetime
    ) -> ResumeLink | None:
        """Return the draft's link that works now."""
        row = await connection.fetchrow(SELECT_LIVE, request_id, now)
        return _link(row, key) if row is not None else None

    async def find_request_of(
        self, connection: Connection, token_hash: bytes, now: datetime
    ) -> UUID | None:
        """Return the request of a link that works now."""
        found: UUID | None = await connection.fetchval(SELECT_REQUEST_OF_LINK, token_hash, now)
        return found

    async def delete_ended(self, connection: Connection, before: datetime) -> None:
        """Forget the links that ended and no longer count."""
        await connection.execute(DELETE_ENDED, before)


def _context(link_id: UUID, what: str) -> str:
    return f"resume-link:{link_id}:{what}"


def _link(row: Row, key: DataKey) -> ResumeLink:
    link_id = row["id"]
    return ResumeLink(
        **{
            **row,
            "address": key.open(row["address"], _context(link_id, "address")).decode(),
            "access_key": key.open(row["access_key"], _context(link_id, "access-key")).decode(),
        }
    )
