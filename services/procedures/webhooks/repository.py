"""Webhooks and their deliveries in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection
from services.procedures.webhooks.model import Delivery, Webhook

INSERT_WEBHOOK = """
INSERT INTO webhooks (
    id,
    service_id,
    url,
    sealed_secret,
    wrapped_key,
    events,
    created_by,
    created_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
SELECT_WEBHOOKS = """
SELECT
    id,
    service_id,
    url,
    events,
    created_by,
    created_at,
    removed_at
FROM webhooks
ORDER BY removed_at IS NOT NULL, id DESC
LIMIT 500
"""
SELECT_EXISTS = "SELECT true FROM webhooks WHERE id = $1"
SELECT_LISTENING = """
SELECT id
FROM webhooks
WHERE service_id = $1
    AND removed_at IS NULL
    AND (events = '{}' OR $2 = ANY(events))
"""
UPDATE_REMOVED = """
UPDATE webhooks
SET removed_at = $2
WHERE id = $1
    AND removed_at IS NULL
RETURNING id
"""
INSERT_DELIVERY = """
INSERT INTO webhook_deliveries (
    id,
    webhook_id,
    created_at,
    payload,
    state
) VALUES ($1, $2, $3, $4, 'waiting')
"""
SELECT_DELIVERIES = """
SELECT
    id,
    webhook_id,
    created_at,
    payload,
    state,
    attempts,
    last_status,
    last_fault,
    last_attempt_at,
    delivered_at
FROM webhook_deliveries
WHERE webhook_id = $1
    AND ($2::uuid IS NULL OR id < $2)
ORDER BY id DESC
LIMIT 100
"""
SELECT_PARCEL = """
SELECT
    webhook_deliveries.id,
    webhook_deliveries.webhook_id,
    webhook_deliveries.payload,
    webhook_deliveries.state,
    webhooks.url,
    webhooks.sealed_secret,
    webhooks.wrapped_key,
    webhooks.removed_at
FROM webhook_deliveries
JOIN webhooks ON webhooks.id = webhook_deliveries.webhook_id
WHERE webhook_deliveries.id = $1
"""
UPDATE_ATTEMPTED = """
UPDATE webhook_deliveries
SET attempts = attempts + 1,
    state = $2,
    last_status = $3,
    last_fault = $4,
    last_attempt_at = $5,
    delivered_at = CASE WHEN $2 = 'delivered' THEN $5 ELSE delivered_at END
WHERE id = $1
"""
UPDATE_WAITING = """
UPDATE webhook_deliveries
SET state = 'waiting'
WHERE id = $1
RETURNING id
"""


@dataclass(frozen=True)
class Parcel:
    """A delivery with what sending it takes."""

    id: UUID
    webhook_id: UUID
    payload: dict[str, Any]
    state: str
    url: str
    sealed_secret: bytes
    wrapped_key: bytes
    removed_at: datetime | None


class WebhookRepository:
    """Reads and writes webhooks and deliveries."""

    async def insert_webhook(
        self, connection: Connection, webhook: Webhook, sealed: bytes, wrapped: bytes
    ) -> bool:
        """Store a webhook with its sealed secret; False when its identifier is taken."""
        stored = await connection.fetchval(
            INSERT_WEBHOOK,
            webhook.id,
            webhook.service_id,
            webhook.url,
            sealed,
            wrapped,
            list(webhook.events),
            webhook.created_by,
            webhook.created_at,
        )
        return stored is not None

    async def list_webhooks(self, connection: Connection) -> Sequence[Webhook]:
        """Return the webhooks: those that are told, then those that no longer are."""
        rows = await connection.fetch(SELECT_WEBHOOKS)
        return [Webhook(**{**row, "events": tuple(row["events"])}) for row in rows]

    async def list_listening(
        self, connection: Connection, service_id: str, kind: str
    ) -> Sequence[UUID]:
        """Return the webhooks of a service that want this kind of step."""
        return [row["id"] for row in await connection.fetch(SELECT_LISTENING, service_id, kind)]

    async def remove(self, connection: Connection, webhook_id: UUID, at: datetime) -> bool:
        """Stop telling a webhook; False when it is not told any more."""
        return await connection.fetchval(UPDATE_REMOVED, webhook_id, at) is not None

    async def exists(self, connection: Connection, webhook_id: UUID) -> bool:
        """Say whether there is, or was, such a webhook."""
        return bool(await connection.fetchval(SELECT_EXISTS, webhook_id))

    async def insert_delivery(self, connection: Connection, delivery: Delivery) -> None:
        """Store something to tell."""
        await connection.execute(
            INSERT_DELIVERY,
            delivery.id,
            delivery.webhook_id,
            delivery.created_at,
            dict(delivery.payload),
        )

    async def list_deliveries(
        self, connection: Connection, webhook_id: UUID, before: UUID | None
    ) -> Sequence[Delivery]:
        """Return 100 deliveries of a webhook, the latest first."""
        rows = await connection.fetch(SELECT_DELIVERIES, webhook_id, before)
        return [Delivery(**row) for row in rows]

    async def find_parcel(self, connection: Connection, delivery_id: UUID) -> Parcel | None:
        """Return a delivery with what sending it takes."""
        row = await connection.fetchrow(SELECT_PARCEL, delivery_id)
        return Parcel(**row) if row is not None else None

    async def update_attempted(
        self,
        connection: Connection,
        delivery_id: UUID,
        state: str,
        status: int | None,
        fault: str | None,
        at: datetime,
    ) -> None:
        """Note how an attempt went."""
        await connection.execute(UPDATE_ATTEMPTED, delivery_id, state, status, fault, at)

    async def ask_again(self, connection: Connection, delivery_id: UUID) -> bool:
        """Make a delivery wait again; False when there is none."""
        return await connection.fetchval(UPDATE_WAITING, delivery_id) is not None
