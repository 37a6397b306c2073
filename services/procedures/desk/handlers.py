"""HTTP addresses of the desk: queues, search, one request and what is done to it."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.clock import IdSource
from chassis.routing import BODY, QUERY
from services.procedures.desk.bulk import Batch, Many
from services.procedures.desk.edge import (
    action_key_of,
    require_service,
    staff_of,
)
from services.procedures.desk.model import NewNote, QueueFilter, Staff
from services.procedures.desk.schemas import ME, NOBODY
from services.procedures.documents.handlers import file_response, upload_of
from services.procedures.documents.model import MESSAGE_FILES
from services.procedures.documents.views import document_view
from services.procedures.following.handlers import letter_response, require_own_files
from services.procedures.lifecycle.model import Action, State
from services.procedures.lifecycle.service import Order
from services.procedures.messages.model import NewMessage
from services.procedures.office import OFFICE
from services.procedures.parts import DOCUMENTS
from services.procedures.readings.model import FILE, OPENED
from services.procedures.requests.edge import request_id_of
from services.procedures.requests.handlers import new_request_of
from services.procedures.requests.model import CheckedAccess

IDS = IdSource()


async def list_queues(request: web.Request) -> web.Response:
    """GET /desk/queues: the agent's services and how much waits in each."""
    sizes = await request.app[OFFICE].desk.queue_sizes(staff_of(request))
    return web.json_response({"queues": [vars(size) for size in sizes]})


async def show_queue(request: web.Request) -> web.Response:
    """GET /desk/requests: a page of the queue of one service."""
    staff, query = staff_of(request), request[QUERY]
    require_service(staff, query["service"])
    wanted = _filter(staff, query)
    rows = await request.app[OFFICE].desk.list_queue(wanted)
    last = rows[-1] if len(rows) == wanted.count else None
    return web.json_response(
        {
            "requests": await request.app[OFFICE].desk_reader.rows(rows, query["language"]),
            "next": f"{last.filed_at.isoformat()}_{last.id}" if last else None,
        }
    )


async def search_requests(request: web.Request) -> web.Response:
    """POST /desk/search: by number, else by words of a name."""
    staff, body = staff_of(request), request[BODY]
    rows = await request.app[OFFICE].desk.search(staff, body["text"])
    found = await request.app[OFFICE].desk_reader.rows(rows, body["language"])
    return web.json_response({"requests": found, "next": None})


async def open_request(request: web.Request) -> web.Response:
    """GET /desk/requests/{id}: everything, and the person will see that it was opened."""
    view = await request.app[OFFICE].desk_reader.open(
        staff_of(request), request_id_of(request), request[QUERY]["language"]
    )
    return web.json_response(view)


async def act_on_request(request: web.Request) -> web.Response:
    """POST /desk/requests/{id}/actions: 409 tells what changed since the revision seen."""
    staff, body, office = staff_of(request), request[BODY], request.app[OFFICE]
    request_id, action = request_id_of(request), Action(body["action"])
    detail: dict[str, Any] = {"reason": body["reason"]} if body["reason"].strip() else {}
    if action is Action.ASK_PERSON:
        case = await office.desk.read_case(staff, request_id)
        definition = await office.lifecycle.requests.catalogue.find_definition(
            case.procedure_id, case.version
        )
        asked = {**body, "fields": body["fields_asked"]}
        detail = office.corrections.question(definition, asked)
    key = action_key_of(request)
    done = await office.desk.act(staff, Order(request_id, action, body["revision"], detail, key))
    return web.json_response({"state": str(done.state), "revision": done.revision})


async def act_on_many(request: web.Request) -> web.Response:
    """POST /desk/bulk: 200 with what became of each request."""
    staff, body = staff_of(request), request[BODY]
    batch = Batch(
        action=Many(body["action"]),
        # without a key of the caller's every call is another one
        key=action_key_of(request) or str(IDS.new_id()),
        seen={item["id"]: item["revision"] for item in body["requests"]},
        text=body["reason"],
        to=body["to"],
        documents=tuple(body["documents"]),
        deadline_on=body["deadline_on"],
    )
    results = await request.app[OFFICE].bulk.act(staff, batch)
    view = [{"id": str(one.request_id), "code": one.code, **one.told} for one in results]
    return web.json_response({"results": view})


async def assign_request(request: web.Request) -> web.Response:
    """PUT /desk/requests/{id}/assignment: only supervisors give a request to somebody else."""
    staff, body, office = staff_of(request), request[BODY], request.app[OFFICE]
    request_id = request_id_of(request)
    given = await office.desk.assign(staff, request_id, body["revision"], body["to"])
    return web.json_response({"state": str(given.state), "revision": given.revision})


async def send_message(request: web.Request) -> web.Response:
    """POST /desk/requests/{id}/messages: 204, also when it was sent already."""
    staff, body, office = staff_of(request), request[BODY], request.app[OFFICE]
    case = await office.desk.read_case(staff, request_id_of(request))
    opened = await office.desk_reader.opened(staff, case.id, OPENED)
    await require_own_files(request, opened, body["files"])
    new = NewMessage(body["id"], body["text"], tuple(body["files"]))
    await office.messages.send(case.id, new, staff.author(case.service_id))
    return web.Response(status=204)


async def join_file(request: web.Request) -> web.Response:
    """PUT /desk/requests/{id}/files: a file that will go with a message; 201."""
    staff = staff_of(request)
    case = await request.app[OFFICE].desk.read_case(staff, request_id_of(request))
    joined = await request.app[DOCUMENTS].join_document(
        case.id, CheckedAccess(), MESSAGE_FILES, await upload_of(request), after_filing=True
    )
    return web.json_response(document_view(joined), status=201)


async def download_file(request: web.Request) -> web.Response:
    """GET /desk/requests/{id}/documents/{document}: the bytes; the reading is noted."""
    staff, office = staff_of(request), request.app[OFFICE]
    opened = await office.desk_reader.opened(staff, request_id_of(request), FILE)
    return await file_response(request, opened.id, CheckedAccess())


async def download_letter(request: web.Request) -> web.Response:
    """GET /desk/requests/{id}/letters/{position}: the letter of a decision, PDF."""
    case = await request.app[OFFICE].desk.read_case(staff_of(request), request_id_of(request))
    return await letter_response(request, case.id)


async def write_note(request: web.Request) -> web.Response:
    """POST /desk/requests/{id}/notes: 204, also when it was written already."""
    body = request[BODY]
    new = NewNote(body["id"], body["text"])
    await request.app[OFFICE].desk.write_note(staff_of(request), request_id_of(request), new)
    return web.Response(status=204)


async def start_at_counter(request: web.Request) -> web.Response:
    """POST /desk/entries: begin a request for a person at the counter; filled as any draft."""
    staff = staff_of(request)
    new = new_request_of(request, account_id=None)
    definition = await request.app[OFFICE].lifecycle.requests.open_definition(new.procedure_id)
    require_service(staff, definition.service)
    started = await request.app[OFFICE].desk.start_at_counter(staff, new)
    return web.json_response({"id": str(started.id), "revision": started.revision}, status=201)


def _filter(staff: Staff, query: dict[str, Any]) -> QueueFilter:
    return QueueFilter(
        service_id=query["service"],
        state=State(query["state"]) if query["state"] else None,
        procedure_id=query["procedure"],
        assigned_to=_assigned(staff, query["assigned"]),
        unassigned=query["assigned"] == NOBODY,
        late=query["late"],
        order=query["order"],
        after=query["after"],
        count=query["count"],
    )


def _assigned(staff: Staff, wanted: str | None) -> UUID | None:
    if wanted in (None, NOBODY):
        return None
    return staff.id if wanted == ME else UUID(wanted)
