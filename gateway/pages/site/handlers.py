"""Pages about the portal itself."""

from xml.sax.saxutils import escape

from aiohttp import web

from gateway.pages.catalogue.reading import read_catalogue
from gateway.pages.legal.handlers import DOCUMENTS, read_documents
from gateway.parts import ASSETS, SETTINGS
from gateway.responses import show_public_page

ROBOTS = """User-agent: *
Disallow: /dossiers/
Disallow: /compte
Disallow: /connexion
Disallow: /suivi
Disallow: /reprendre-un-brouillon
Sitemap: {url}/sitemap.xml
"""


async def show_site_map(request: web.Request) -> web.Response:
    """GET /plan-du-site."""
    catalogue = await read_catalogue(request)
    documents = await read_documents(request)
    return show_public_page(
        request,
        "site_map.html",
        [catalogue.etag, documents.etag],
        themes=catalogue.content["themes"],
        legal_documents=[
            {"title": found["title"], "url": f"/{found['slug']}"}
            for found in documents.content["documents"]
            if found["slug"] in DOCUMENTS
        ],
    )


async def show_robots(request: web.Request) -> web.Response:
    """GET /robots.txt: personal pages are nobody's to index."""
    text = ROBOTS.format(url=request.app[SETTINGS].public_url.rstrip("/"))
    return web.Response(text=text, headers={"Cache-Control": "public, max-age=3600"})


async def show_sitemap(request: web.Request) -> web.Response:
    """GET /sitemap.xml: the catalogue and the legal texts, at their canonical addresses."""
    catalogue = await read_catalogue(request)
    paths = ["/", "/demarches", "/plan-du-site", *(f"/{slug}" for slug in DOCUMENTS)]
    paths += [f"/demarches/{found['id']}" for found in catalogue.content["procedures"]]
    base = request.app[SETTINGS].public_url.rstrip("/")
    urls = "".join(f"<url><loc>{escape(base + path)}</loc></url>" for path in paths)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'
    )
    headers = {"Cache-Control": "public, max-age=3600"}
    return web.Response(text=text, content_type="application/xml", headers=headers)


async def show_favicon(request: web.Request) -> web.Response:
    """GET /favicon.ico: old browsers ask here; the picture has a versioned address."""
    return web.Response(
        status=301,
        headers={"Location": request.app[ASSETS].address("img/favicon.svg")},
    )
