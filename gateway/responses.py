"""The answers of page handlers: a page for one person, a page for everybody, a redirection."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceUnavailable, StreamedAnswer
from gateway.headers import dress
from gateway.outages import outages
from gateway.parts import RENDERER, SERVICES, SETTINGS
from gateway.rendering import RenderedPage
from gateway.visits import session_of, visit_of

HTML = "text/html"
SEE_OTHER = 303
FORWARDED = ("Content-Type", "Content-Disposition", "Content-Length")


async def show_page(
    request: web.Request,
    template: str,
    *,
    status: int = 200,
    form: bool = False,
    **variables: Any,
) -> web.Response:
    """Render a page for this visit; `form` says that it holds one, and begins a session."""
    visit = visit_of(request)
    session = await session_of(request) if form else visit.session
    common = common_variables(request) | {"status": status}
    if session is not None:
        common["csrf_token"] = session.csrf_token
        common["account"] = session.account
        common["flashes"] = session.pop("flashes", [])
    html = request.app[RENDERER].render(template, visit.language, {**common, **variables})
    return web.Response(text=html, content_type=HTML, status=status)


def show_public_page(
    request: web.Request, template: str, etags: Sequence[str], **variables: Any
) -> web.Response:
    """Show a page without a form: kept for everybody while `etags` name the same data.

    Whoever has a session gets one of his own, since it shows who is signed in.
    """
    visit, renderer = visit_of(request), request.app[RENDERER]
    common = common_variables(request) | _public_addresses(request)

    def render() -> str:
        return renderer.render(template, visit.language, {**common, **variables})

    session = visit.session
    if session is not None and (session.account is not None or session.get("flashes")):
        common["csrf_token"] = session.csrf_token
        common["account"] = session.account
        common["flashes"] = session.pop("flashes", [])
        return web.Response(text=render(), content_type=HTML)
    down = ",".join(sorted(request.app[SERVICES].down))
    key = (template, request.path_qs, visit.language, down, *etags)
    return _send(request, renderer.kept_page(key, render))


def _send(request: web.Request, page: RenderedPage) -> web.Response:
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": f'W/"{page.etag}"',
        "Vary": "Cookie, Accept-Language, Accept-Encoding",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = f"{HTML}; charset=utf-8"
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=page.body, headers=headers)
    return web.Response(body=page.compressed, headers={**headers, "Content-Encoding": "gzip"})


async def send_pieces(
    request: web.Request, found: StreamedAnswer, said: Mapping[str, str] | None = None
) -> web.StreamResponse:
    """Pass a service's long answer on as it comes, in bounded memory; `said` are more headers.

    When the service breaks off in the middle so does the connection: the browser sees that the
    file is not whole.
    """
    headers = {name: found.headers[name] for name in FORWARDED if name in found.headers}
    response = web.StreamResponse(headers={**headers, **(said or {})})
    dress(request, response)
    await response.prepare(request)
    try:
        async for piece in found.chunks:
            await response.write(piece)
        await response.write_eof()
    except ServiceUnavailable:
        if request.transport is not None:
            request.transport.abort()
    return response


def redirect(address: str) -> web.Response:
    """Send the browser on with a GET; `address` is always one of our own paths."""
    return web.Response(status=SEE_OTHER, headers={"Location": address})


def local_path(address: str, otherwise: str) -> str:
    """Return `address` when it is a path of ours, else `otherwise` (no open redirect)."""
    local = address.startswith("/") and not address.startswith(("//", "/\\"))
    clean = all(character.isprintable() for character in address)
    return address if local and clean and "\\" not in address else otherwise


def common_variables(request: web.Request) -> dict[str, Any]:
    """Return what every page's layout asks for."""
    visit = visit_of(request)
    other = "en" if visit.language == "fr" else "fr"
    return {
        "csrf_token": "",
        "account": None,
        "request_path": request.path,
        "alternate_language_url": str(_in_language(request, other)),
        "outages": outages(request.app[SERVICES], visit.gettext),
        "flashes": [],
    }


def _public_addresses(request: web.Request) -> dict[str, Any]:
    """Return the one address of a public page, and that of each language, for search engines."""
    base = request.app[SETTINGS].public_url.rstrip("/")
    french = f"{base}{request.rel_url.raw_path}"
    addresses = {"fr": french, "en": f"{french}?lang=en"}
    return {"canonical_url": addresses[visit_of(request).language], "addresses": addresses}


def _in_language(request: web.Request, language: str) -> Any:
    # after a POST the address may have no page of its own to read again
    if request.method != "GET":
        return f"/?lang={language}"
    return request.rel_url.update_query(lang=language)
