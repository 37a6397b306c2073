"""HTTP addresses of the drafts of definitions: for members of staff only."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from authority.profile import AuthorityProfile
from chassis.routing import BODY, QUERY
from services.procedures.catalogue.definition_schema import content_hash
from services.procedures.catalogue.model import ProcedureNotFound
from services.procedures.catalogue.service import CatalogueService
from services.procedures.editing.approval import ApprovalService
from services.procedures.editing.differences import compare_documents
from services.procedures.editing.edge import WRITERS, draft_id_of, editor_of, reader_of
from services.procedures.editing.keeping import DraftKeeper, ReadDraft
from services.procedures.editing.preview import Previewer
from services.procedures.editing.service import Beginning, EditingService
from services.procedures.editing.template import NewProcedure
from services.procedures.editing.views import choices_view, draft_view, entry_view, summary_view
from services.procedures.editing.writing import write_definition


@dataclass(frozen=True)
class EditingRoom:
    """The use cases of editing, ready."""

    keeper: DraftKeeper
    editing: EditingService
    approval: ApprovalService
    previewer: Previewer

    @property
    def catalogue(self) -> CatalogueService:
        """Return the catalogue that is edited."""
        return self.keeper.catalogue

    @property
    def profile(self) -> AuthorityProfile:
        """Return the authority's profile."""
        return self.catalogue.profile


EDITING = web.AppKey("editing", EditingRoom)


async def list_drafts(request: web.Request) -> web.Response:
    """GET /staff/definition-drafts: those still to be published or discarded."""
    editor_of(request)
    query = request[QUERY]
    found = await request.app[EDITING].editing.list_open_drafts(query["before"], query["limit"])
    after = str(found[-1].id) if len(found) == query["limit"] else None
    return web.json_response({"drafts": [summary_view(one) for one in found], "next_before": after})


async def begin_draft(request: web.Request) -> web.Response:
    """POST /staff/definition-drafts: 201 with the draft."""
    writer, body = editor_of(request, WRITERS), request[BODY]
    new = NewProcedure(**body["new"]) if body["new"] is not None else None
    beginning = Beginning(body["id"], body["procedure"], body["source"], new)
    begun = await request.app[EDITING].editing.begin_draft(beginning, writer)
    return _show(request, begun, status=201)


async def show_draft(request: web.Request) -> web.Response:
    """GET /staff/definition-drafts/{id}."""
    editor_of(request)
    return _show(request, await request.app[EDITING].keeper.read(draft_id_of(request)))


async def compare_draft(request: web.Request) -> web.Response:
    """GET /staff/definition-drafts/{id}/differences: with the version that it amends."""
    editor_of(request)
    room = request.app[EDITING]
    known = await room.keeper.read(draft_id_of(request))
    base = await room.keeper.base_document(known.draft)
    found = compare_documents(base, known.checked.document, request[QUERY]["language"])
    return web.json_response({"differences": found})


async def save_source(request: web.Request) -> web.Response:
    """PUT /staff/definition-drafts/{id}/source: keep the YAML, faults included."""
    writer, body = editor_of(request, WRITERS), request[BODY]
    saved = await request.app[EDITING].editing.save_source(
        draft_id_of(request), body["revision"], writer, body["source"], body["based_on"]
    )
    return _show(request, saved)


async def change_draft(request: web.Request) -> web.Response:
    """POST /staff/definition-drafts/{id}/changes: all of them, or none."""
    writer, body = editor_of(request, WRITERS), request[BODY]
    changed = await request.app[EDITING].editing.change_draft(
        draft_id_of(request), body["revision"], writer, body["changes"]
    )
    return _show(request, changed)


async def submit_draft(request: web.Request) -> web.Response:
    """POST /staff/definition-drafts/{id}/submission: ask a second person to publish."""
    writer, revision = editor_of(request, WRITERS), request[BODY]["revision"]
    approval = request.app[EDITING].approval
    return _show(request, await approval.submit_draft(draft_id_of(request), revision, writer))


async def send_draft_back(request: web.Request) -> web.Response:
    """POST /staff/definition-drafts/{id}/refusal: back to its writers, with the reason."""
    person, body = editor_of(request), request[BODY]
    back = await request.app[EDITING].approval.send_back(
        draft_id_of(request), body["revision"], person, body["reason"]
    )
    return _show(request, back)


async def approve_draft(request: web.Request) -> web.Response:
    """POST /staff/definition-drafts/{id}/approval: publish; refused to whoever wrote in it."""
    approver, body = editor_of(request), request[BODY]
    approved = await request.app[EDITING].approval.approve_draft(
        draft_id_of(request), body["revision"], body["content_hash"], approver
    )
    return _show(request, approved)


async def discard_draft(request: web.Request) -> web.Response:
    """POST /staff/definition-drafts/{id}/discard: give it up; it stays in the history."""
    person, revision = editor_of(request), request[BODY]["revision"]
    approval = request.app[EDITING].approval
    return _show(request, await approval.discard_draft(draft_id_of(request), revision, person))


async def preview_draft(request: web.Request) -> web.Response:
    """POST /staff/definition-drafts/{id}/preview: as people would see it; nothing is stored."""
    editor_of(request)
    room, body = request.app[EDITING], request[BODY]
    known = await room.keeper.read(draft_id_of(request))
    vocabulary = (await room.catalogue.read_catalogue()).vocabulary
    found = room.previewer.preview(known, vocabulary, body["answers"], body["language"])
    return web.json_response(found)


async def show_choices(request: web.Request) -> web.Response:
    """GET /staff/definition-choices: what a definition may name."""
    editor_of(request)
    room, language = request.app[EDITING], request[QUERY]["language"]
    vocabulary = (await room.catalogue.read_catalogue()).vocabulary
    return web.json_response(choices_view(room.profile, vocabulary, language))


async def export_version(request: web.Request) -> web.Response:
    """GET /staff/procedures/{slug}/versions/{version}/source: the YAML of a published version."""
    editor_of(request)
    slug, version = request.match_info["slug"], _version(request)
    document = await request.app[EDITING].catalogue.find_document(slug, version)
    return web.json_response(
        {
            "id": slug,
            "version": version,
            "content_hash": content_hash(document),
            "source": write_definition(document),
        }
    )


async def show_history(request: web.Request) -> web.Response:
    """GET /staff/procedures/{slug}/history: who did what, latest first."""
    reader_of(request)
    query = request[QUERY]
    found = await request.app[EDITING].editing.list_history(
        request.match_info["slug"], query["before"], query["limit"]
    )
    after = found[-1].position if len(found) == query["limit"] else None
    entries = [entry_view(one) for one in found]
    return web.json_response({"entries": entries, "next_before": after})


def _show(request: web.Request, known: ReadDraft, status: int = 200) -> web.Response:
    view: dict[str, Any] = draft_view(known, request[QUERY]["language"])
    return web.json_response(view, status=status)


def _version(request: web.Request) -> int:
    typed = request.match_info["version"]
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise ProcedureNotFound
    return int(typed)
