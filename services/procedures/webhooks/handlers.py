"""HTTP addresses of webhooks, for administrators."""

from typing import Any
from uuid import UUID

from aiohttp import web
from marshmallow import Schema, fields, validate

from chassis.routing import BODY, QUERY
from services.procedures.desk.edge import administrator_of, require_known_service
from services.procedures.lifecycle.steps import STEP_LABELS
from services.procedures.office import OFFICE
from services.procedures.requests.schemas import TEXT
from services.procedures.webhooks.model import MAX_URL, Delivery, Webhook, WebhookUnknown

PAGE = 100  # deliveries that the service lists at once


class WebhookBody(Schema):
    """An address to tell of the steps of a service's requests; no `events` means all."""

    id = fields.UUID(load_default=None)
    service = fields.String(required=True, validate=TEXT)
    url = fields.String(required=True, validate=validate.Length(max=MAX_URL))
    events = fields.List(
        fields.String(validate=validate.OneOf(sorted(STEP_LABELS))), load_default=list
    )


class NewWebhookView(Schema):
    """A webhook just added; `secret` is shown this once."""

    id = fields.UUID()
    secret = fields.String()


class WebhooksView(Schema):
    """The addresses that are told."""

    webhooks = fields.List(fields.Dict())


class DeliveriesQuery(Schema):
    """Which page: those before one."""

    before = fields.UUID(load_default=None)


class DeliveriesView(Schema):
    """What was told, the latest first; `next` asks for those before it."""

    deliveries = fields.List(fields.Dict())
    next = fields.UUID(allow_none=True)


async def add_webhook(request: web.Request) -> web.Response:
    """POST /desk/webhooks: 201 with the secret, shown once; 409 if it was added."""
    administrator, body, office = administrator_of(request), request[BODY], request.app[OFFICE]
    require_known_service(office.lifecycle.requests.profile, body["service"])
    webhook, secret = await office.webhooks.add(
        administrator.id, body["service"], body["url"], body["events"], body["id"]
    )
    return web.json_response({"id": str(webhook.id), "secret": secret}, status=201)


async def list_webhooks(request: web.Request) -> web.Response:
    """GET /desk/webhooks."""
    administrator_of(request)
    found = await request.app[OFFICE].webhooks.list_webhooks()
    return web.json_response({"webhooks": [_webhook_view(webhook) for webhook in found]})


async def remove_webhook(request: web.Request) -> web.Response:
    """DELETE /desk/webhooks/{id}: 204."""
    administrator = administrator_of(request)
    await request.app[OFFICE].webhooks.remove(administrator.id, _id(request))
    return web.Response(status=204)


async def list_deliveries(request: web.Request) -> web.Response:
    """GET /desk/webhooks/{id}/deliveries."""
    administrator_of(request)
    before = request[QUERY]["before"]
    found = await request.app[OFFICE].webhooks.list_deliveries(_id(request), before)
    last = str(found[-1].id) if len(found) == PAGE else None
    view = [_delivery_view(delivery) for delivery in found]
    return web.json_response({"deliveries": view, "next": last})


async def replay_delivery(request: web.Request) -> web.Response:
    """POST /desk/deliveries/{id}/replay: 202."""
    administrator_of(request)
    await request.app[OFFICE].webhooks.replay(_id(request))
    return web.Response(status=202)


def _id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["id"])
    except ValueError:
        raise WebhookUnknown from None


def _webhook_view(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": str(webhook.id),
        "service": webhook.service_id,
        "url": webhook.url,
        "events": list(webhook.events),
        "created_at": webhook.created_at.isoformat(),
        "removed_at": webhook.removed_at.isoformat() if webhook.removed_at else None,
    }


def _delivery_view(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": str(delivery.id),
        "created_at": delivery.created_at.isoformat(),
        "payload": dict(delivery.payload),
        "state": delivery.state,
        "attempts": delivery.attempts,
        "last_status": delivery.last_status,
        "last_fault": delivery.last_fault,
        "delivered_at": delivery.delivered_at.isoformat() if delivery.delivered_at else None,
    }
