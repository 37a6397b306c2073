"""HTTP addresses of a filed request, for its owner."""

from uuid import UUID

from aiohttp import web

from chassis.errors import InvalidInput
from chassis.routing import BODY, QUERY
from services.procedures.corrections.model import CorrectionAnswer
from services.procedures.corrections.service import PERSON_AUTHOR
from services.procedures.desk.edge import action_key_of
from services.procedures.documents.handlers import upload_of
from services.procedures.documents.model import MESSAGE_FILES
from services.procedures.documents.views import document_view
from services.procedures.lifecycle.model import Action
from services.procedures.lifecycle.service import Order
from services.procedures.messages.model import NewMessage
from services.procedures.office import OFFICE
from services.procedures.parts import DOCUMENTS, REQUESTS
from services.procedures.requests.edge import access_of, request_id_of
from services.procedures.requests.model import Request, RequestNotFound


async def show_journal(request: web.Request) -> web.Response:
    """GET /requests/{id}/journal."""
    opened = await _opened(request)
    return await _show(request, opened, request[QUERY]["language"])


async def send_message(request: web.Request) -> web.Response:
    """POST /requests/{id}/messages: 204, also when it was sent already."""
    opened, body = await _opened(request), request[BODY]
    await require_own_files(request, opened, body["files"])
    new = NewMessage(body["id"], body["text"], tuple(body["files"]))
    await request.app[OFFICE].messages.send(opened.id, new, PERSON_AUTHOR)
    return web.Response(status=204)


async def join_file(request: web.Request) -> web.Response:
    """PUT /requests/{id}/files/{document}: for a message, or a document that was asked; 201."""
    opened, document = await _opened(request), request.match_info["document"]
    if document != MESSAGE_FILES:
        awaited = await request.app[OFFICE].corrections.find_awaited(opened.id, opened.state)
        if awaited is None or document not in awaited.documents:
            raise RequestNotFound
    joined = await request.app[DOCUMENTS].join_document(
        opened.id, access_of(request), document, await upload_of(request), after_filing=True
    )
    return web.json_response(document_view(joined), status=201)


async def answer_correction(request: web.Request) -> web.Response:
    """POST /requests/{id}/correction: 422 tells the faults, and nothing is kept."""
    opened, body = await _opened(request), request[BODY]
    answer = CorrectionAnswer(body["revision"], body["answers"], action_key_of(request))
    await request.app[OFFICE].corrections.answer(opened.id, access_of(request), answer)
    return web.Response(status=204)


async def withdraw_request(request: web.Request) -> web.Response:
    """POST /requests/{id}/withdrawal: 204."""
    opened = await _opened(request)
    order = Order(opened.id, Action.WITHDRAW, request[BODY]["revision"], key=action_key_of(request))
    await request.app[OFFICE].lifecycle.change(order, PERSON_AUTHOR)
    return web.Response(status=204)


async def download_letter(request: web.Request) -> web.Response:
    """GET /requests/{id}/letters/{position}: the letter of a decision, PDF."""
    opened = await _opened(request)
    return await letter_response(request, opened.id)


async def letter_response(request: web.Request, request_id: UUID) -> web.Response:
    """Answer the letter named in the address, of a request that the caller may reach."""
    office, position = request.app[OFFICE], request.match_info["position"]
    case = await office.lifecycle.read_case(request_id, PERSON_AUTHOR)
    pdf = await office.decisions.read_letter(case, int(position) if position.isdecimal() else 0)
    disposition = f'attachment; filename="{case.number}-{int(position)}.pdf"'
    return web.Response(
        body=pdf, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


async def require_own_files(request: web.Request, opened: Request, files: list[UUID]) -> None:
    """Raise `InvalidInput` for a file that was not joined to this request."""
    known = {one.id for one in await request.app[DOCUMENTS].list_documents(opened)}
    if not known.issuperset(files):
        fault = {"pointer": "/files", "code": "unknown", "message": "Not a file of this request."}
        raise InvalidInput([fault])


async def _opened(request: web.Request) -> Request:
    opened = await request.app[REQUESTS].open_request(request_id_of(request), access_of(request))
    if opened.is_draft:
        raise RequestNotFound
    return opened


async def _show(request: web.Request, opened: Request, language: str) -> web.Response:
    return web.json_response(await request.app[OFFICE].following.view(opened, language))
