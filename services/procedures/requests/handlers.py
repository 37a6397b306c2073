"""HTTP addresses of requests: start, read, save a page, file, track."""

from uuid import UUID

from aiohttp import web

from chassis.errors import InvalidInput
from chassis.routing import BODY, QUERY
from services.procedures.filing.service import Certification
from services.procedures.parts import DECLARATIONS, DOSSIERS, FILING, REQUESTS
from services.procedures.requests.edge import (
    access_of,
    account_of,
    request_id_of,
    require_gateway,
)
from services.procedures.requests.model import AnswersInvalid, Request
from services.procedures.requests.service import NewRequest


async def start_request(request: web.Request) -> web.Response:
    """POST /requests: 201 with the draft, whether it was just made or is there already."""
    require_gateway(request)
    new = new_request_of(request, account_of(request))
    started = await request.app[REQUESTS].start_request(new)
    return await _show(request, started, new.language, status=201)


def new_request_of(request: web.Request, account_id: UUID | None) -> NewRequest:
    """Return what the body asks to start, for that account."""
    body = request[BODY]
    return NewRequest(
        id=body["id"],
        procedure_id=body["procedure"],
        language=body["language"],
        terms_receipt=body["terms_receipt"],
        access_key=body["access_key"],
        account_id=account_id,
    )


async def show_request(request: web.Request) -> web.Response:
    """GET /requests/{id}."""
    opened = await request.app[REQUESTS].open_request(request_id_of(request), access_of(request))
    return await _show(request, opened, request[QUERY]["language"])


async def save_answers(request: web.Request) -> web.Response:
    """PUT /requests/{id}/answers/{page}: kept as typed; 422 tells the faults that remain."""
    body = request[BODY]
    access = access_of(request)
    saved = await request.app[REQUESTS].save_page(
        request_id_of(request),
        access,
        request.match_info["page"],
        body["answers"],
        body["revision"],
    )
    if saved.errors:
        faults = [
            {
                "pointer": "/answers/" + error.field.replace(".", "/"),
                "code": error.code,
                "message": error.message,
            }
            for error in saved.errors
        ]
        raise AnswersInvalid(errors=faults, revision=saved.request.revision)
    return await _show(request, saved.request, saved.request.language)


async def show_certification(request: web.Request) -> web.Response:
    """GET /requests/{id}/certification: the text to certify, word for word."""
    await request.app[REQUESTS].open_request(request_id_of(request), access_of(request))
    language = request[QUERY]["language"]
    declaration = await request.app[DECLARATIONS].current_declaration(language)
    return web.json_response(
        {
            "title": declaration.title,
            "text_html": declaration.html,
            "version": declaration.version,
            "hash": declaration.content_hash,
            "language": declaration.language,
        }
    )


async def file_request(request: web.Request) -> web.Response:
    """POST /requests/{id}/filing: files once; a repetition gives the same answer.

    The request's id is the idempotency key: a header that says otherwise is a caller's mistake.
    """
    request_id = request_id_of(request)
    key = request.headers.get("Idempotency-Key", str(request_id))
    if key != str(request_id):
        fault = {"pointer": "", "code": "idempotency-key", "message": "Must be the request's id."}
        raise InvalidInput([fault])
    body = request[BODY]
    certification = Certification(body["certified"], body["certification_hash"], body["language"])
    filed = await request.app[FILING].file_request(request_id, access_of(request), certification)
    return await _show(request, filed, body["language"])


async def track_request(request: web.Request) -> web.Response:
    """POST /tracking: the request of a number and code; a wrong one of either is the same 404."""
    require_gateway(request)
    body = request[BODY]
    found = await request.app[REQUESTS].track_request(body["number"], body["code"])
    return await _show(request, found, body["language"])


async def _show(
    request: web.Request, found: Request, language: str, status: int = 200
) -> web.Response:
    view = await request.app[DOSSIERS].view(found, language)
    return web.json_response(view, status=status)
