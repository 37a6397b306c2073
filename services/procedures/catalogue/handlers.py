"""HTTP addresses of the catalogue; an unchanged answer is a 304."""

from typing import Any

from aiohttp import ETag, web

from chassis.application import CLOCK
from chassis.routing import QUERY, Route
from services.procedures.catalogue.listing import Filter, Listing, list_shown
from services.procedures.catalogue.model import Term, Vocabulary
from services.procedures.catalogue.prepared import PreparedAnswer
from services.procedures.catalogue.schemas import (
    DetailQuery,
    DetailView,
    ListingView,
    ProceduresQuery,
)
from services.procedures.catalogue.service import CatalogueService
from services.procedures.catalogue.views import Reader, detail_view, summary_view

CATALOGUE = web.AppKey("catalogue", CatalogueService)


async def list_procedures(request: web.Request) -> web.Response:
    """GET /procedures: those that the public sees, searched and filtered."""
    service, query = request.app[CATALOGUE], request[QUERY]
    catalogue = await service.read_catalogue()
    reader = _reader(request)
    wanted = Filter(reader.language, query["q"], query["theme"], query["audience"])

    def view() -> dict[str, Any]:
        return _listing_view(list_shown(catalogue, wanted), catalogue.vocabulary, reader)

    if wanted.query:
        # anything may be typed: such answers would only push out those that many people read
        return _answer(request, PreparedAnswer.of(view()))
    moment = (catalogue.revision, reader.today)
    return _answer(request, service.prepared.get(moment, wanted, view))


async def show_procedure(request: web.Request) -> web.Response:
    """GET /procedures/{slug}: the whole page; 404 when the public does not see it.

    With `version`, the one that a request was begun with, whatever became of the procedure.
    """
    service = request.app[CATALOGUE]
    catalogue = await service.read_catalogue()
    reader = _reader(request)
    slug, version = request.match_info["slug"], request[QUERY]["version"]
    if version is None:
        definition = catalogue.find_shown(slug)
    else:
        definition = await service.find_definition(slug, version)

    def view() -> dict[str, Any]:
        return detail_view(definition, catalogue.vocabulary, service.profile, reader)

    moment = (catalogue.revision, reader.today)
    key = (definition.id, definition.version, reader.language)
    return _answer(request, service.prepared.get(moment, key, view))


ROUTES = [
    Route(
        "GET",
        "/procedures",
        list_procedures,
        "List the procedures",
        query=ProceduresQuery,
        answer=ListingView,
    ),
    Route(
        "GET",
        "/procedures/{slug}",
        show_procedure,
        "Read a procedure",
        query=DetailQuery,
        answer=DetailView,
        problems=[404],
    ),
]


def _reader(request: web.Request) -> Reader:
    zone = request.app[CATALOGUE].profile.zone
    return Reader(request[QUERY]["language"], request.app[CLOCK].today(zone))


def _listing_view(listing: Listing, vocabulary: Vocabulary, reader: Reader) -> dict[str, Any]:
    return {
        "procedures": [summary_view(found, vocabulary, reader) for found in listing.procedures],
        "themes": [_counted(term, count, reader) for term, count in listing.themes],
        "audiences": [_counted(term, count, reader) for term, count in listing.audiences],
        "suggestion": listing.suggestion,
    }


def _counted(term: Term, count: int, reader: Reader) -> dict[str, Any]:
    return {"id": term.id, "label": term.label.in_language(reader.language), "count": count}


def _answer(request: web.Request, answer: PreparedAnswer) -> web.Response:
    known = request.if_none_match or ()
    if any(tag.value in (answer.etag, "*") for tag in known):
        response = web.Response(status=304)
    else:
        response = web.Response(body=answer.body, content_type="application/json", charset="utf-8")
    response.etag = ETag(answer.etag)
    response.headers["Cache-Control"] = "no-cache"
    return response
