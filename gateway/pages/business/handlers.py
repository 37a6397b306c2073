"""Calls of business applications, passed on to procedures: bounded in number, size and time."""

import asyncio
from uuid import UUID

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer
from gateway.pages.business.problems import Refused, for_applications
from gateway.parts import LIMITS, SERVICES
from gateway.responses import send_pieces
from gateway.visits import visit_of

BEARER = "bearer "
MAX_TOKEN = 200
MAX_BYTES = 64 * 1024
BODY_SECONDS = 10.0
# how long a download may say nothing
SILENCE_SECONDS = 30.0
KEY = "Idempotency-Key"
PUBLIC = "public, max-age=300"


@for_applications
async def describe(request: web.Request) -> web.StreamResponse:
    """GET /business/openapi.json: for everybody."""
    await request.app[LIMITS].spend("business-address", visit_of(request).address)
    answer = await request.app[SERVICES].procedures.send(Call("GET", "/business/openapi.json"))
    return _given(answer, {"Cache-Control": PUBLIC, "Access-Control-Allow-Origin": "*"})


@for_applications
async def list_requests(request: web.Request) -> web.StreamResponse:
    """GET /business/requests."""
    return await _pass_on(request, "/business/requests")


@for_applications
async def read_request(request: web.Request) -> web.StreamResponse:
    """GET /business/requests/{id}."""
    return await _pass_on(request, f"/business/requests/{_uuid(request, 'id')}")


@for_applications
async def change_request(request: web.Request) -> web.StreamResponse:
    """POST /business/requests/{id}/actions: repeated under one Idempotency-Key, it is done once."""
    return await _pass_on(request, f"/business/requests/{_uuid(request, 'id')}/actions")


@for_applications
async def download_document(request: web.Request) -> web.StreamResponse:
    """GET /business/requests/{id}/documents/{document}: passed on as it comes."""
    path = f"/business/requests/{_uuid(request, 'id')}/documents/{_uuid(request, 'document')}"
    call = Call("GET", path, headers=await _headers(request))
    async with request.app[SERVICES].procedures.stream(call, silence=SILENCE_SECONDS) as found:
        return await send_pieces(request, found)


@for_applications
async def refuse_address(_request: web.Request) -> web.StreamResponse:
    """Answer what is none of our addresses, or not in this way."""
    raise Refused(404, "not-found", "No such address, or not with this method")


async def _pass_on(request: web.Request, path: str) -> web.Response:
    headers = await _headers(request)
    body = None
    if request.method == "POST":
        body = await _body(request)
        headers["Content-Type"] = "application/json"
    call = Call(
        request.method,
        path,
        query=dict(request.query),
        data=body,
        headers=headers,
        repeatable=KEY in headers,
    )
    return _given(await request.app[SERVICES].procedures.send(call), {})


async def _headers(request: web.Request) -> dict[str, str]:
    """Return the token as procedures reads it; its calls are counted before it is looked at."""
    limits = request.app[LIMITS]
    await limits.spend("business-address", visit_of(request).address)
    sent = request.headers.get("Authorization", "")
    token = sent[len(BEARER) :].strip() if sent.lower().startswith(BEARER) else ""
    if not token or len(token) > MAX_TOKEN or not token.isascii() or not token.isprintable():
        raise Refused(401, "token-refused", "A token is needed: Authorization: Bearer ...")
    await limits.spend_secret("business", token)
    key = request.headers.get(KEY, "")
    return {"Business-Token": token} | ({KEY: key} if key else {})


async def _body(request: web.Request) -> bytes:
    """Return the body: JSON, of 64 KiB at most, arrived within ten seconds."""
    if request.content_type != "application/json":
        raise Refused(415, "media-type", "The body must be application/json")
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > MAX_BYTES:
                    raise Refused(413, "too-large", "64 KiB at most", Connection="close")
    except TimeoutError:
        raise Refused(408, "too-slow", "The body did not arrive", Connection="close") from None
    return bytes(body)


def _given(answer: ServiceAnswer, headers: dict[str, str]) -> web.Response:
    return web.Response(
        body=answer.body,
        status=answer.status,
        headers={"Content-Type": answer.headers["Content-Type"], **headers},
    )


def _uuid(request: web.Request, name: str) -> str:
    try:
        return str(UUID(request.match_info[name]))
    except ValueError:
        raise Refused(404, "not-found", "No such request or document") from None
