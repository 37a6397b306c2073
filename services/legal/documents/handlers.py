"""HTTP addresses of the documents; an unchanged one is answered by 304."""

import json
from typing import Any

from aiohttp import ETag, web

from chassis.routing import QUERY
from services.legal.documents.model import MATERIAL, DocumentSummary, sha256_of
from services.legal.parts import DOCUMENTS


async def list_documents(request: web.Request) -> web.Response:
    """GET /documents: every document in force."""
    found = await request.app[DOCUMENTS].list_documents(request[QUERY]["language"])
    documents = [{**_view(one), "languages": list(one.languages)} for one in found]
    return _answer(request, {"documents": documents})


async def show_document(request: web.Request) -> web.Response:
    """GET /documents/{slug}: the version in force, or the earlier one asked for."""
    query = request[QUERY]
    page = await request.app[DOCUMENTS].read_document(
        request.match_info["slug"], query["language"], query["version"]
    )
    return _answer(
        request,
        {
            **_view(page.shown),
            "language": page.language,
            "html": page.html,
            "versions": [_version_view(one) for one in page.versions],
        },
    )


def _view(shown: DocumentSummary) -> dict[str, Any]:
    texts = {"slug": shown.slug, "title": shown.title, "summary": shown.summary}
    return {**texts, **_version_view(shown)}


def _version_view(shown: DocumentSummary) -> dict[str, Any]:
    return {
        "version": shown.version,
        "effective_from": shown.effective_from.isoformat(),
        "content_hash": shown.content_hash,
        "material": shown.change == MATERIAL,
    }


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
