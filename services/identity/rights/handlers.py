"""HTTP addresses of rights, for the owner and for those who answer."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from chassis.routing import BODY, QUERY
from services.identity.access import NO_STORE, claimed_roles, owner_of, person_id, uuid_in
from services.identity.parts import RIGHTS
from services.identity.rights.model import Right, RightsRequest
from services.identity.rights.service import Written


async def ask(request: web.Request) -> web.Response:
    """POST /accounts/{id}/rights-requests."""
    body = request[BODY]
    made = await request.app[RIGHTS].ask(owner_of(request), Right(body["right"]), body["text"])
    return web.json_response(_view(made), status=201, headers=NO_STORE)


async def list_own(request: web.Request) -> web.Response:
    """GET /accounts/{id}/rights-requests."""
    return _list(await request.app[RIGHTS].list_own(owner_of(request)))


async def record_written(request: web.Request) -> web.Response:
    """POST /staff/rights-requests: one that came by post or e-mail."""
    body = request[BODY]
    written = Written(**{**body, "right": Right(body["right"])})
    made = await request.app[RIGHTS].record_written(
        person_id(request), claimed_roles(request), written
    )
    return web.json_response(_view(made), status=201, headers=NO_STORE)


async def list_open(request: web.Request) -> web.Response:
    """GET /staff/rights-requests?due_on=&id=: the most urgent first."""
    query = request[QUERY]
    after = (query["due_on"], query["id"]) if {"due_on", "id"} <= query.keys() else None
    found = await request.app[RIGHTS].list_open(person_id(request), claimed_roles(request), after)
    return _list(found)


async def answer(request: web.Request) -> web.Response:
    """POST /staff/rights-requests/{request}/answer."""
    body, request_id = request[BODY], uuid_in(request, "request")
    await request.app[RIGHTS].answer(
        person_id(request),
        claimed_roles(request),
        request_id,
        granted=body["granted"],
        text=body["text"],
    )
    return web.Response(status=204)


def _list(found: Sequence[RightsRequest]) -> web.Response:
    return web.json_response({"requests": [_view(one) for one in found]}, headers=NO_STORE)


def _view(made: RightsRequest) -> dict[str, Any]:
    answered = made.answered_at
    return {
        "id": str(made.id),
        "account_id": str(made.account_id),
        "right": made.right,
        "channel": made.channel,
        "state": made.state,
        "text": made.text,
        "answer": made.answer,
        "received_on": made.received_on.isoformat(),
        "due_on": made.due_on.isoformat(),
        "answered_at": answered.isoformat() if answered else None,
    }
