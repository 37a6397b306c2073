"""HTTP addresses of copies, for the owner."""

from typing import Any

from aiohttp import web

from services.identity.access import NO_STORE, owner_of, uuid_in
from services.identity.copies.model import DataCopy
from services.identity.copies.rendering import archive_of
from services.identity.parts import COPIES


async def ask_copy(request: web.Request) -> web.Response:
    """POST /accounts/{id}/copies: a job makes it."""
    copy = await request.app[COPIES].ask(owner_of(request))
    return web.json_response(_view(copy), status=202, headers=NO_STORE)


async def list_copies(request: web.Request) -> web.Response:
    """GET /accounts/{id}/copies."""
    found = await request.app[COPIES].list_copies(owner_of(request))
    return web.json_response({"copies": [_view(one) for one in found]}, headers=NO_STORE)


async def download_copy(request: web.Request) -> web.StreamResponse:
    """POST /accounts/{id}/copies/{copy}/download: a ZIP archive, once, sent as it is made."""
    account_id, copy_id = owner_of(request), uuid_in(request, "copy")
    copies = request.app[COPIES]
    content = await copies.download(account_id, copy_id)
    response = web.StreamResponse(
        headers={**NO_STORE, "Content-Disposition": 'attachment; filename="mes-donnees.zip"'},
    )
    response.content_type = "application/zip"
    await response.prepare(request)
    files = copies.read_files(account_id, copy_id, content)
    async for part in archive_of(content, files):
        await response.write(part)
    await response.write_eof()
    return response


def _view(copy: DataCopy) -> dict[str, Any]:
    return {
        "id": str(copy.id),
        "state": copy.state,
        "missing": list(copy.missing),
        "requested_at": copy.requested_at.isoformat(),
        "expires_at": copy.expires_at.isoformat(),
    }
