"""The legal texts at their fixed addresses, each version at its own (LEG-01, LEG-03)."""

from aiohttp import web

from gateway.last_known import Known
from gateway.parts import LAST_KNOWN, SERVICES, SETTINGS
from gateway.responses import show_public_page
from gateway.visits import visit_of

TERMS = "conditions-generales"
DOCUMENTS = (
    "mentions-legales",
    TERMS,
    "confidentialite",
    "cookies",
    "accessibilite",
    "propriete-intellectuelle",
)


async def read_documents(request: web.Request) -> Known:
    """Return the list of the texts in force."""
    language = {"language": visit_of(request).language}
    return await request.app[LAST_KNOWN].read(request.app[SERVICES].legal, "/documents", language)


async def read_document(request: web.Request, slug: str, version: str = "") -> Known:
    """Return a text, in force or an earlier version of it."""
    wanted = {"language": visit_of(request).language}
    wanted |= {"version": version} if version else {}
    return await request.app[LAST_KNOWN].read(
        request.app[SERVICES].legal, f"/documents/{slug}", wanted
    )


async def show_document(request: web.Request) -> web.Response:
    """GET /{slug} and /{slug}/versions/{version}."""
    slug = request.path.split("/")[1]
    version = request.match_info.get("version", "")
    if version and not (version.isascii() and version.isdigit() and len(version) < 10):
        raise web.HTTPNotFound
    known = await read_document(request, slug, version)
    document = known.content
    base = request.app[SETTINGS].public_url.rstrip("/")
    return show_public_page(
        request,
        "legal/document.html",
        [known.etag],
        document=document,
        current_version=max(found["version"] for found in document["versions"]),
        permanent_url=f"{base}/{slug}/versions/{document['version']}",
        base_path=f"/{slug}",
    )
