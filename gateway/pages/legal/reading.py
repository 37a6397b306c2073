"""The legal texts as the legal service gives them, or as they were last known (AVA-03)."""

from typing import Any

from aiohttp import web

from gateway.last_known import Known
from gateway.parts import LAST_KNOWN, SERVICES
from gateway.visits import visit_of

TERMS = "conditions-generales"
DOCUMENTS = (
    "mentions-legales",
    TERMS,
    "confidentialite",
    "cookies",
    "accessibilite",
    "propriete-intellectuelle",
    "partenaires",
    "declaration-honneur",
)
LONGEST_NUMBER = 9


async def read_documents(request: web.Request) -> Known:
    """Return the list of the texts in force."""
    return await _read(request, "/documents")


async def read_document(request: web.Request, slug: str, version: str = "", day: str = "") -> Known:
    """Return a text: in force, an earlier version of it, or that of a day (YYYY-MM-DD)."""
    wanted = {"version": version} if version else {"at": day} if day else {}
    return await _read(request, f"/documents/{slug}", **wanted)


async def read_differences(request: web.Request, slug: str, former: int, latter: int) -> Known:
    """Return what changes from one version of a text to another."""
    path = f"/documents/{slug}/differences"
    return await _read(request, path, former=str(former), latter=str(latter))


def version_in(request: web.Request, name: str) -> str:
    """Return the version number that a part of the address holds; what is none is not found."""
    found = request.match_info.get(name, "")
    if found and not (found.isascii() and found.isdigit() and len(found) <= LONGEST_NUMBER):
        raise web.HTTPNotFound
    return found


async def _read(request: web.Request, path: str, **wanted: Any) -> Known:
    query = {"language": visit_of(request).language, **wanted}
    return await request.app[LAST_KNOWN].read(request.app[SERVICES].legal, path, query)
