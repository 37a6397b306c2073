"""The catalogue as the procedures service gives it, or as it was last known."""

from urllib.parse import quote

from aiohttp import web

from gateway.last_known import Known
from gateway.parts import LAST_KNOWN, SERVICES
from gateway.visits import visit_of


async def read_catalogue(
    request: web.Request, query: str = "", theme: str = "", audience: str = ""
) -> Known:
    """Return the procedures found, themes and audiences with their counts, and a suggestion."""
    wanted = {"language": visit_of(request).language}
    wanted |= {"q": query} if query else {}
    wanted |= {"theme": theme} if theme else {}
    wanted |= {"audience": audience} if audience else {}
    return await request.app[LAST_KNOWN].read(
        request.app[SERVICES].procedures, "/procedures", wanted
    )


async def read_procedure(request: web.Request, slug: str, version: int | None = None) -> Known:
    """Return a procedure with its form, in force or as a request was begun with (CAT-07)."""
    wanted = {"language": visit_of(request).language}
    wanted |= {"version": str(version)} if version is not None else {}
    return await request.app[LAST_KNOWN].read(
        request.app[SERVICES].procedures, f"/procedures/{quote(slug, safe='')}", wanted
    )
