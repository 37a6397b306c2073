"""Links in PostgreSQL; the identity itself is sealed with the account's key."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.database import Connection, ConstraintViolated, naming_constraints
from services.identity.accounts.sealing import AccountKey
from services.identity.federations.model import Identity, Link, LinkTaken, Match, Provider

SELECT_BY_SUBJECT = "SELECT account_id FROM federated_links WHERE subject_digest = $1"
SELECT_LINKS = """
SELECT
    provider,
    identity,
    linked_at,
    last_used_at
FROM federated_links
WHERE account_id = $1
ORDER BY provider
"""
# a profile is what its owner typed: it is looked at only while no provider vouched for the account
SELECT_BY_PIVOT = """
WITH matches AS (
    SELECT
        account_id,
        true AS vouched
    FROM federated_links
    WHERE pivot_digest = $1
    UNION ALL
    SELECT
        account_id,
        false AS vouched
    FROM profile_pivots
    WHERE digest = $1
        AND NOT EXISTS (
            SELECT
            FROM federated_links
            WHERE federated_links.account_id = profile_pivots.account_id
        )
)
SELECT
    matches.account_id,
    matches.vouched
FROM matches
WHERE NOT EXISTS (
    SELECT
    FROM federated_refusals
    WHERE federated_refusals.account_id = matches.account_id
        AND federated_refusals.subject_digest = $2
)
LIMIT 2
"""
INSERT_REFUSAL = """
INSERT INTO federated_refusals (
    account_id,
    subject_digest,
    refused_at
) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
"""
UPSERT_LINK = """
INSERT INTO federated_links (
    account_id,
    provider,
    subject_digest,
    pivot_digest,
    identity,
    linked_at
) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (account_id, provider) DO UPDATE
SET subject_digest = excluded.subject_digest,
    pivot_digest = excluded.pivot_digest,
    identity = excluded.identity,
    linked_at = excluded.linked_at,
    last_used_at = NULL
"""
UPDATE_USED = """
UPDATE federated_links
SET last_used_at = $3
WHERE account_id = $1
    AND provider = $2
"""
DELETE_LINK = """
DELETE FROM federated_links
WHERE account_id = $1
    AND provider = $2
RETURNING provider
"""
DELETE_LINKS = "DELETE FROM federated_links WHERE account_id = $1 RETURNING provider"
PLACE = "federated_links.identity"


class LinkRepository:
    """Reads and writes links; never commits."""

    async def find_account(self, connection: Connection, subject_digest: bytes) -> UUID | None:
        """Return whose identity it is."""
        found: UUID | None = await connection.fetchval(SELECT_BY_SUBJECT, subject_digest)
        return found

    async def list_matches(
        self, connection: Connection, pivot_digest: bytes, subject_digest: bytes
    ) -> Sequence[Match]:
        """Return the accounts of a civil identity that its holder did not refuse, two at most."""
        rows = await connection.fetch(SELECT_BY_PIVOT, pivot_digest, subject_digest)
        return [Match(row["account_id"], row["vouched"]) for row in rows]

    async def list_links(
        self, connection: Connection, account_id: UUID, key: AccountKey
    ) -> Sequence[Link]:
        """Return the links of an account."""
        links = []
        for row in await connection.fetch(SELECT_LINKS, account_id):
            content = key.open(row["identity"], f"{PLACE}:{row['provider']}")
            identity = Identity(Provider(row["provider"]), **content)
            links.append(Link(identity, row["linked_at"], row["last_used_at"]))
        return links

    async def store_link(
        self,
        connection: Connection,
        account_id: UUID,
        key: AccountKey,
        identity: Identity,
        digests: tuple[bytes, bytes | None],
        at: datetime,
    ) -> None:
        """Link an identity in place of the provider's former one; raise `LinkTaken`."""
        content = {
            "issuer": identity.issuer,
            "subject": identity.subject,
            "claims": dict(identity.claims),
        }
        sealed = key.seal(content, f"{PLACE}:{identity.provider}")
        try:
            async with naming_constraints():
                await connection.execute(
                    UPSERT_LINK, account_id, identity.provider, *digests, sealed, at
                )
        except ConstraintViolated as error:
            if error.name == "uq__federated_links__subject":
                raise LinkTaken from None
            raise

    async def update_used(
        self, connection: Connection, account_id: UUID, provider: Provider, at: datetime
    ) -> None:
        """Store that the link signed its owner in."""
        await connection.execute(UPDATE_USED, account_id, provider, at)

    async def delete_link(
        self, connection: Connection, account_id: UUID, provider: Provider
    ) -> bool:
        """Forget a link; False when there is none."""
        return await connection.fetchval(DELETE_LINK, account_id, provider) is not None

    async def store_refusal(
        self, connection: Connection, account_id: UUID, subject_digest: bytes, at: datetime
    ) -> None:
        """Store that an identity's holder said that the account is not theirs."""
        await connection.execute(INSERT_REFUSAL, account_id, subject_digest, at)

    async def delete_links(self, connection: Connection, account_id: UUID) -> int:
        """Forget every link of an account; return how many."""
        return len(await connection.fetch(DELETE_LINKS, account_id))
