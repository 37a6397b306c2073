"""The legal texts: each version and each day at an address of its own (LEG-01, LEG-03)."""

from datetime import date
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.last_known import Known
from gateway.pages.legal.reading import (
    DOCUMENTS as DOCUMENTS,
)
from gateway.pages.legal.reading import (
    TERMS as TERMS,
)
from gateway.pages.legal.reading import (
    read_differences,
    read_document,
    version_in,
)
from gateway.pages.legal.reading import (
    read_documents as read_documents,
)
from gateway.parts import SETTINGS
from gateway.responses import redirect, show_page, show_public_page
from gateway.visits import visit_of

UNPROCESSABLE = 422


async def show_document(request: web.Request) -> web.Response:
    """GET /{slug} and /{slug}/versions/{version}."""
    version = version_in(request, "version")
    return await _show(request, await read_document(request, _slug(request), version), version)


async def show_document_of_day(request: web.Request) -> web.Response:
    """GET /{slug}/en-vigueur-le/{day}: the text in force at the end of a day."""
    try:
        day = date.fromisoformat(request.match_info["day"])
    except ValueError:
        raise web.HTTPNotFound from None
    known = await read_document(request, _slug(request), day=day.isoformat())
    return await _show(request, known, str(known.content["version"]), day=day)


async def find_day(request: web.Request) -> web.Response:
    """GET /{slug}/en-vigueur-le?jour=: to the address of a day; what is no date comes back."""
    typed = request.query.get("jour", "").strip()[:20]
    day, slug = _day(typed), _slug(request)
    if day is not None:
        try:
            await read_document(request, slug, day=day.isoformat())
        except ServiceProblem as problem:
            if problem.status != web.HTTPNotFound.status_code:
                raise
        else:
            return redirect(f"/{slug}/en-vigueur-le/{day.isoformat()}")
    _ = visit_of(request).gettext
    message = (
        _("Aucun texte n’était en vigueur ce jour-là, ou ce jour n’est pas encore venu.")
        if day is not None
        else _("Écrivez une date comme 31/12/2026.")
    )
    known = await read_document(request, slug)
    errors = [{"field": "jour", "message": message}]
    variables = _variables(request, known, "", day=None)
    return await show_page(
        request,
        "legal/document.html",
        status=UNPROCESSABLE,
        **{**variables, "errors": errors, "typed_day": typed},
    )


async def show_differences(request: web.Request) -> web.Response:
    """GET /{slug}/versions/{version}/changements/{latter}: words added and removed."""
    slug = _slug(request)
    former, latter = int(version_in(request, "version")), int(version_in(request, "latter"))
    known = await read_differences(request, slug, former, latter)
    return show_public_page(
        request,
        "legal/differences.html",
        [known.etag],
        difference=known.content,
        base_path=f"/{slug}",
        stale=known.stale,
    )


def _slug(request: web.Request) -> str:
    return request.path.split("/")[1]


def _day(typed: str) -> date | None:
    parts = typed.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != len(("day", "month", "year")) or not all(part.isdecimal() for part in parts):
        return None
    ordered = parts if len(parts[0]) == len("2026") else parts[::-1]
    try:
        return date(*(int(part) for part in ordered))
    except (ValueError, OverflowError):
        return None


async def _show(
    request: web.Request, known: Known, version: str, *, day: date | None = None
) -> web.Response:
    variables = _variables(request, known, version, day=day)
    return show_public_page(
        request, "legal/document.html", [known.etag, str(known.stale)], **variables
    )


def _variables(
    request: web.Request, known: Known, version: str, *, day: date | None
) -> dict[str, Any]:
    document, base = known.content, request.app[SETTINGS].public_url.rstrip("/")
    slug = document["slug"]
    return {
        "document": document,
        "current_version": document["current_version"],
        "permanent_url": f"{base}/{slug}/versions/{document['version']}",
        "base_path": f"/{slug}",
        "is_permanent": bool(version),
        "day": day.isoformat() if day else "",
        "typed_day": "",
        "errors": [],
        "stale": known.stale,
    }
