"""Use cases of webhooks: add, remove, tell each step, deliver, replay."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.clock import IdSource
from chassis.database import Connection
from chassis.errors import PartnerAway
from chassis.jobs import enqueue_job
from chassis.keyring import Keyring
from services.procedures.lifecycle.model import Case, Step
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.webhooks.model import (
    AlreadyAdded,
    Delivery,
    TargetRefused,
    Targets,
    Webhook,
    WebhookUnknown,
    signature,
)
from services.procedures.webhooks.repository import Parcel, WebhookRepository

DELIVER = "deliver_webhook"
# writes in the journal of rights: who, what, of which webhook
Note = Callable[[Connection, UUID, str, UUID, Mapping[str, Any]], Awaitable[None]]
Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[int]]


class DeliveryFailed(Exception):
    """The application did not take it: the job is tried again, later and later."""


class WebhookService:
    """Tells applications; what is told names nobody: they read the request with their token."""

    def __init__(
        self,
        lifecycle: LifecycleService,
        keyring: Keyring,
        targets: Targets,
        ids: IdSource,
        note: Note,
    ) -> None:
        self._lifecycle = lifecycle
        self._database = lifecycle.requests.database
        self._clock = lifecycle.requests.clock
        self._keyring = keyring
        self._targets = targets
        self._ids = ids
        self._note = note
        self._repository = WebhookRepository()
        lifecycle.listeners.append(self._tell)

    async def add(
        self,
        administrator: UUID,
        service_id: str,
        url: str,
        events: Sequence[str],
        webhook_id: UUID | None = None,
    ) -> tuple[Webhook, str]:
        """Add an address and return it with the secret that signs, which is shown once.

        `AlreadyAdded` when one bears its identifier.
        """
        self._targets.require(url)
        webhook = Webhook(
            id=webhook_id or self._ids.new_id(),
            service_id=service_id,
            url=url,
            events=tuple(events),
            created_by=administrator,
            created_at=self._clock.now(),
        )
        secret = self._ids.new_secret()
        wrapped = self._keyring.new_wrapped_key(_subject(webhook.id))
        sealed = self._keyring.unwrap(wrapped, _subject(webhook.id)).seal(secret.encode(), "secret")
        async with self._database.transaction() as connection:
            if not await self._repository.insert_webhook(connection, webhook, sealed, wrapped):
                raise AlreadyAdded
            detail = {"service": service_id, "url": url}
            await self._note(connection, administrator, "webhook-added", webhook.id, detail)
        return webhook, secret

    async def list_webhooks(self) -> Sequence[Webhook]:
        """Return the addresses that are told, then those that no longer are."""
        async with self._database.connection() as connection:
            return await self._repository.list_webhooks(connection)

    async def remove(self, administrator: UUID, webhook_id: UUID) -> None:
        """Stop telling an address, for good; what waits for it is no longer sent."""
        async with self._database.transaction() as connection:
            if not await self._repository.exists(connection, webhook_id):
                raise WebhookUnknown
            if await self._repository.remove(connection, webhook_id, self._clock.now()):
                await self._note(connection, administrator, "webhook-removed", webhook_id, {})

    async def list_deliveries(
        self, webhook_id: UUID, before: UUID | None = None
    ) -> Sequence[Delivery]:
        """Return 100 deliveries of a webhook, the latest first."""
        async with self._database.connection() as connection:
            return await self._repository.list_deliveries(connection, webhook_id, before)

    async def replay(self, delivery_id: UUID) -> None:
        """Send a delivery once more, with the same identifier."""
        async with self._database.transaction() as connection:
            if not await self._repository.ask_again(connection, delivery_id):
                raise WebhookUnknown
            await enqueue_job(connection, DELIVER, {"delivery_id": str(delivery_id)})

    async def deliver(self, delivery_id: UUID, post: Post) -> None:
        """Send a delivery that waits; raise `DeliveryFailed` when it must be tried again."""
        async with self._database.connection() as connection:
            parcel = await self._repository.find_parcel(connection, delivery_id)
        if parcel is None or parcel.state != "waiting":
            return
        state, status, fault = await self._attempt(parcel, post)
        async with self._database.transaction() as connection:
            await self._repository.update_attempted(
                connection, delivery_id, state, status, fault, self._clock.now()
            )
        if state == "waiting":
            raise DeliveryFailed(fault or str(status))

    async def _attempt(self, parcel: Parcel, post: Post) -> tuple[str, int | None, str | None]:
        try:
            # the list may have changed since the webhook was added
            self._targets.require(parcel.url)
        except TargetRefused:
            return "refused", None, "target-refused"
        if parcel.removed_at is not None:
            return "refused", None, "webhook-removed"
        try:
            status = await post(parcel.url, *self._signed(parcel))
        except PartnerAway as error:
            return "waiting", None, str(error)
        return ("delivered" if 200 <= status < 300 else "waiting"), status, None

    def _signed(self, parcel: Parcel) -> tuple[bytes, dict[str, str]]:
        key = self._keyring.unwrap(parcel.wrapped_key, _subject(parcel.webhook_id))
        secret = key.open(parcel.sealed_secret, "secret").decode()
        body = json.dumps(parcel.payload, separators=(",", ":")).encode()
        timestamp = int(self._clock.now().timestamp())
        return body, {
            "Content-Type": "application/json",
            "Parvis-Delivery": str(parcel.id),
            "Parvis-Timestamp": str(timestamp),
            "Parvis-Signature": f"v1={signature(secret, timestamp, body)}",
        }

    async def _tell(self, connection: Connection, case: Case, step: Step) -> None:
        listening = await self._repository.list_listening(connection, case.service_id, step.kind)
        for webhook_id in listening:
            delivery = Delivery(self._ids.new_id(), webhook_id, step.at, _payload(case, step))
            await self._repository.insert_delivery(connection, delivery)
            await enqueue_job(connection, DELIVER, {"delivery_id": str(delivery.id)})


def _payload(case: Case, step: Step) -> dict[str, Any]:
    return {
        "event": step.kind,
        "at": step.at.isoformat(),
        "request": {
            "id": str(case.id),
            "number": case.number,
            "procedure": case.procedure_id,
            "state": str(case.state),
            "revision": case.revision,
        },
    }


def _subject(webhook_id: UUID) -> str:
    return f"webhook:{webhook_id}"
