"""HTTP addresses of business applications, and of those who give them rights."""

from datetime import date
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.clock import IdSource
from chassis.routing import BODY, QUERY
from services.procedures.business_api.model import (
    BusinessToken,
    NewToken,
    Scope,
    TokenRefused,
    TokenUnknown,
)
from services.procedures.desk.edge import action_key_of, administrator_of, require_known_service
from services.procedures.desk.model import QueueFilter
from services.procedures.documents.handlers import file_response
from services.procedures.lifecycle.model import Action, State
from services.procedures.lifecycle.service import Order
from services.procedures.office import OFFICE
from services.procedures.parts import DOSSIERS
from services.procedures.readings.model import APPLICATION, BUSINESS
from services.procedures.requests.edge import request_id_of, require_gateway
from services.procedures.requests.model import CheckedAccess

APPLICATION_HEADER = "Business-Token"
# what of a request is the person's own, or of no use to an application
LEFT_OUT = ("tracking_code", "acknowledgement")

IDS = IdSource()


async def give_token(request: web.Request) -> web.Response:
    """POST /desk/tokens: by an administrator; 201 with the secret, shown once; 409 if given."""
    administrator, body = administrator_of(request), request[BODY]
    profile = request.app[OFFICE].lifecycle.requests.profile
    require_known_service(profile, body["service"])
    token_id = body["id"] or IDS.new_id()
    new = NewToken(token_id, body["name"], body["service"], tuple(body["scopes"]), body["days"])
    token, secret = await request.app[OFFICE].business.give_token(administrator.id, new)
    view = {"id": str(token.id), "token": secret, "expires_at": token.expires_at.isoformat()}
    return web.json_response(view, status=201)


async def list_tokens(request: web.Request) -> web.Response:
    """GET /desk/tokens: by an administrator."""
    administrator_of(request)
    business = request.app[OFFICE].business
    return web.json_response(
        {
            "tokens": [_plain(vars(token)) for token in await business.list_tokens()],
            "journal": [_plain(entry) for entry in await business.list_journal()],
        }
    )


async def take_back_token(request: web.Request) -> web.Response:
    """DELETE /desk/tokens/{id}: by an administrator; 204."""
    administrator = administrator_of(request)
    try:
        token_id = UUID(request.match_info["id"])
    except ValueError:
        raise TokenUnknown from None
    await request.app[OFFICE].business.take_back(administrator.id, token_id)
    return web.Response(status=204)


async def list_requests(request: web.Request) -> web.Response:
    """GET /business/requests: a page of the service's requests."""
    token, query, office = await _token(request, Scope.LIST), request[QUERY], request.app[OFFICE]
    wanted = QueueFilter(
        service_id=token.service_id,
        state=State(query["state"]) if query["state"] else None,
        procedure_id=query["procedure"],
        after=query["after"],
        count=query["count"],
    )
    rows = await office.desk.list_queue(wanted)
    last = rows[-1] if len(rows) == wanted.count else None
    return web.json_response(
        {
            "requests": await office.desk_reader.rows(rows, query["language"]),
            "next": f"{last.filed_at.isoformat()}_{last.id}" if last else None,
        }
    )


async def read_request(request: web.Request) -> web.Response:
    """GET /business/requests/{id}: the request and its answers; the reading is noted."""
    token, office = await _token(request, Scope.READ), request.app[OFFICE]
    case = await office.lifecycle.read_case(request_id_of(request), token.author)
    await office.readings.note([case.id], token.id, APPLICATION, BUSINESS)
    opened = await office.lifecycle.requests.open_request(case.id, CheckedAccess())
    view = await request.app[DOSSIERS].view(opened, request[QUERY]["language"])
    return web.json_response({name: view[name] for name in view if name not in LEFT_OUT})


async def download_document(request: web.Request) -> web.Response:
    """GET /business/requests/{id}/documents/{document}: the bytes; the reading is noted."""
    token, office = await _token(request, Scope.READ), request.app[OFFICE]
    case = await office.lifecycle.read_case(request_id_of(request), token.author)
    await office.readings.note([case.id], token.id, APPLICATION, BUSINESS)
    return await file_response(request, case.id, CheckedAccess())


async def change_request(request: web.Request) -> web.Response:
    """POST /business/requests/{id}/actions: 409 tells what changed since the revision."""
    token, body = await _token(request, Scope.CHANGE), request[BODY]
    detail = {"reason": body["reason"]} if body["reason"].strip() else {}
    order = Order(
        request_id_of(request),
        Action(body["action"]),
        body["revision"],
        detail,
        action_key_of(request),
    )
    done = await request.app[OFFICE].lifecycle.change(order, token.author)
    return web.json_response({"state": str(done.state), "revision": done.revision})


async def _token(request: web.Request, scope: Scope) -> BusinessToken:
    require_gateway(request)
    secret = request.headers.get(APPLICATION_HEADER, "")
    if not secret:
        raise TokenRefused
    token = await request.app[OFFICE].business.recognise(secret)
    token.require(scope)
    return token


def _plain(found: Any) -> dict[str, Any]:
    """Return what JSON can hold: identifiers, days and instants as texts."""
    return {name: _text(value) for name, value in dict(found).items()}


def _text(value: Any) -> Any:
    if isinstance(value, date):  # instants too
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
