"""HTTP addresses of drafts: for members of staff only."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.routing import BODY, QUERY
from services.legal.documents.difference_views import comparison_view
from services.legal.documents.rendering import render_markdown
from services.legal.drafts.model import Draft, DraftNotFound
from services.legal.parts import DRAFTS
from services.legal.staff import APPROVERS, STAFF, WRITERS, staff_member


async def list_drafts(request: web.Request) -> web.Response:
    """GET /drafts: those still to be published or discarded."""
    staff_member(request, STAFF)
    query = request[QUERY]
    found = await request.app[DRAFTS].list_open_drafts(query["before"], query["limit"])
    after = str(found[-1].id) if len(found) == query["limit"] else None
    return web.json_response({"drafts": [_summary(one) for one in found], "next_before": after})


async def begin_draft(request: web.Request) -> web.Response:
    """POST /drafts: 201 with the draft, which begins with the newest text."""
    writer = staff_member(request, WRITERS)
    body = request[BODY]
    draft = await request.app[DRAFTS].begin_draft(body["id"], body["slug"], writer)
    return web.json_response(await _view(request, draft), status=201)


async def show_draft(request: web.Request) -> web.Response:
    """GET /drafts/{id}: texts, preview and faults."""
    staff_member(request, STAFF)
    draft = await request.app[DRAFTS].read_draft(_draft_id(request))
    return web.json_response(await _view(request, draft))


async def compare_draft(request: web.Request) -> web.Response:
    """GET /drafts/{id}/differences: what it changes in the version that it is based on."""
    staff_member(request, STAFF)
    drafts, language = request.app[DRAFTS], request[QUERY]["language"]
    draft = await drafts.read_draft(_draft_id(request))
    comparison = await drafts.compare_with_base(draft, language)
    return web.json_response(comparison_view(comparison, language))


async def save_draft(request: web.Request) -> web.Response:
    """PUT /drafts/{id}: keep what was typed, faults included."""
    writer = staff_member(request, WRITERS)
    body = request[BODY]
    draft = await request.app[DRAFTS].save_draft(
        _draft_id(request), body["revision"], writer, body["based_on"], body["content"]
    )
    return web.json_response(await _view(request, draft))


async def submit_draft(request: web.Request) -> web.Response:
    """POST /drafts/{id}/submission: ask a second person to publish."""
    writer = staff_member(request, WRITERS)
    revision = request[BODY]["revision"]
    draft = await request.app[DRAFTS].submit_draft(_draft_id(request), revision, writer)
    return web.json_response(await _view(request, draft))


async def send_draft_back(request: web.Request) -> web.Response:
    """POST /drafts/{id}/refusal: give it back to its writers, with the reason."""
    person = staff_member(request, STAFF)
    body = request[BODY]
    draft = await request.app[DRAFTS].send_back(
        _draft_id(request), body["revision"], person, body["reason"]
    )
    return web.json_response(await _view(request, draft))


async def approve_draft(request: web.Request) -> web.Response:
    """POST /drafts/{id}/approval: publish; refused to whoever wrote in it."""
    approver = staff_member(request, APPROVERS)
    revision = request[BODY]["revision"]
    draft = await request.app[DRAFTS].approve_draft(_draft_id(request), revision, approver)
    return web.json_response(_summary(draft))


async def discard_draft(request: web.Request) -> web.Response:
    """POST /drafts/{id}/discard: give it up; it stays in the history."""
    person = staff_member(request, STAFF)
    revision = request[BODY]["revision"]
    draft = await request.app[DRAFTS].discard_draft(_draft_id(request), revision, person)
    return web.json_response(_summary(draft))


def _draft_id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["id"])
    except ValueError:
        raise DraftNotFound from None


def _summary(draft: Draft) -> dict[str, Any]:
    content = draft.content
    return {
        "id": str(draft.id),
        "slug": draft.slug,
        "title": content.texts["fr"].title,
        "state": draft.state.value,
        "change": content.change,
        "effective_from": content.effective_from.isoformat() if content.effective_from else None,
        "based_on": draft.based_on,
        "writers": [str(one) for one in draft.writers],
        "approver": str(draft.approver) if draft.approver else None,
        "version": draft.version,
        "refusal": draft.refusal,
        "revision": draft.revision,
        "created_at": draft.created_at.isoformat(),
        "updated_at": draft.updated_at.isoformat(),
    }


async def _view(request: web.Request, draft: Draft) -> dict[str, Any]:
    drafts = request.app[DRAFTS]
    texts = [
        {
            "language": text.language,
            "title": text.title,
            "summary": text.summary,
            "markdown": text.markdown,
            "html": render_markdown(drafts.filled_text(draft, text.language).markdown),
        }
        for text in draft.content.texts.values()
    ]
    faults = [asdict(fault) for fault in await drafts.find_faults(draft)]
    return {**_summary(draft), "texts": texts, "faults": faults}
