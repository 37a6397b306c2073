"""HTTP addresses of the documents; an unchanged one is answered by 304."""

import json
from datetime import datetime
from typing import Any

from aiohttp import ETag, web

from chassis.routing import BODY, QUERY
from services.legal.documents.difference_views import comparison_view
from services.legal.documents.model import (
    MATERIAL,
    DocumentSummary,
    TrailEntry,
    sha256_of,
)
from services.legal.documents.timeline import state_of
from services.legal.parts import CLOCK, DOCUMENTS, PUBLICATIONS
from services.legal.staff import APPROVERS, STAFF, staff_member


async def list_documents(request: web.Request) -> web.Response:
    """GET /documents: every document in force."""
    found = await request.app[DOCUMENTS].list_documents(request[QUERY]["language"])
    documents = [{**_view(one), "languages": list(one.languages)} for one in found.documents]
    return _answer(
        request, {"documents": documents, "next_change_at": _instant(found.next_change_at)}
    )


async def show_document(request: web.Request) -> web.Response:
    """GET /documents/{slug}: the version in force, an earlier one, or that of a day."""
    query = request[QUERY]
    page = await request.app[DOCUMENTS].read_document(
        request.match_info["slug"], query["language"], query["version"], query["at"]
    )
    return _answer(
        request,
        {
            **_view(page.shown),
            "language": page.language,
            "html": page.html,
            "versions": [_version_view(one) for one in page.versions],
            "current_version": page.versions[0].version,
            "acceptance_floor": page.acceptance_floor,
            "next_change_at": _instant(page.next_change_at),
        },
    )


async def compare_versions(request: web.Request) -> web.Response:
    """GET /documents/{slug}/differences: the words that one version adds and removes."""
    query = request[QUERY]
    former, latter, comparison = await request.app[DOCUMENTS].compare_versions(
        request.match_info["slug"], query["language"], query["former"], query["latter"]
    )
    content = {
        "slug": former.slug,
        "title": latter.title,
        "language": query["language"],
        "former": _version_view(former),
        "latter": _version_view(latter),
        **comparison_view(comparison, query["language"]),
    }
    return _answer(request, content)


async def list_versions(request: web.Request) -> web.Response:
    """GET /documents/{slug}/versions: every version and its state, for staff."""
    staff_member(request, STAFF)
    versions = await request.app[DOCUMENTS].list_dates(request.match_info["slug"])
    now = request.app[CLOCK].now()
    return web.json_response(
        {
            "versions": [
                {
                    "version": one.version,
                    "state": state_of(one, versions, now),
                    "effective_from": one.effective_from.isoformat(),
                    "material": one.change == MATERIAL,
                    "cancelled_at": _instant(one.cancelled_at),
                }
                for one in reversed(versions)
            ]
        }
    )


async def cancel_version(request: web.Request) -> web.Response:
    """POST /documents/{slug}/versions/{version}/cancellation: before it comes into force only."""
    person = staff_member(request, APPROVERS)
    number = request.match_info["version"]
    await request.app[PUBLICATIONS].cancel_version(
        request.match_info["slug"],
        int(number) if number.isdecimal() and len(number) < 10 else 0,
        f"account:{person}",
        request[BODY]["reason"],
    )
    return web.Response(status=204)


async def show_history(request: web.Request) -> web.Response:
    """GET /documents/{slug}/history: who did what, latest first, for staff."""
    staff_member(request, STAFF)
    query = request[QUERY]
    entries = await request.app[PUBLICATIONS].list_history(
        request.match_info["slug"], query["before"], query["limit"]
    )
    after = entries[-1].position if len(entries) == query["limit"] else None
    return web.json_response({"entries": [_entry(one) for one in entries], "next_before": after})


def _entry(entry: TrailEntry) -> dict[str, Any]:
    return {
        "position": entry.position,
        "at": entry.recorded_at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": dict(entry.detail),
    }


def _view(shown: DocumentSummary) -> dict[str, Any]:
    texts = {"slug": shown.slug, "title": shown.title, "summary": shown.summary}
    return {**texts, **_version_view(shown)}


def _version_view(shown: DocumentSummary) -> dict[str, Any]:
    return {
        "version": shown.version,
        "effective_from": shown.effective_from.isoformat(),
        "effective_until": _instant(shown.effective_until),
        "content_hash": shown.content_hash,
        "material": shown.change == MATERIAL,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _answer(request: web.Request, content: dict[str, Any]) -> web.Response:
    text = json.dumps(content, ensure_ascii=False)
    etag = sha256_of(text)[:32]
    known = request.if_none_match or ()
    if any(one.value in (etag, "*") for one in known):
        response = web.Response(status=304)
    else:
        response = web.json_response(text=text)
    response.etag = ETag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response
