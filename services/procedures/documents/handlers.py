"""HTTP addresses of supporting documents."""

from collections.abc import AsyncIterator
from urllib.parse import quote
from uuid import UUID

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from chassis.errors import InvalidInput
from services.procedures.documents.model import DocumentUnknown
from services.procedures.documents.service import Upload
from services.procedures.documents.views import document_view
from services.procedures.parts import DOCUMENTS
from services.procedures.requests.edge import access_of, request_id_of
from services.procedures.requests.model import Access

CHUNK_BYTES = 64 * 1024
# what aiohttp raises on a multipart body that is broken or cut short
UNREADABLE = (
    ValueError,
    AssertionError,
    RuntimeError,
    EOFError,
    HttpProcessingError,
    web.RequestPayloadError,
)


async def join_document(request: web.Request) -> web.Response:
    """PUT /requests/{id}/documents/{document}: one multipart part named `file`; 201."""
    upload = await upload_of(request)
    joined = await request.app[DOCUMENTS].join_document(
        request_id_of(request), access_of(request), request.match_info["document"], upload
    )
    return web.json_response(document_view(joined), status=201)


async def download_document(request: web.Request) -> web.Response:
    """GET /requests/{id}/documents/{document}: the bytes, never to be run in a browser."""
    return await file_response(request, request_id_of(request), access_of(request))


async def file_response(request: web.Request, request_id: UUID, access: Access) -> web.Response:
    """Answer the file named in the address, as a download."""
    document, content = await request.app[DOCUMENTS].read_document(
        request_id, access, _file_id(request)
    )
    return web.Response(
        body=content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": _attachment(document.name),
            "X-Content-Type-Options": "nosniff",
        },
    )


async def remove_document(request: web.Request) -> web.Response:
    """DELETE /requests/{id}/documents/{document}: 204, also when it is gone already."""
    await request.app[DOCUMENTS].remove_document(
        request_id_of(request), access_of(request), _file_id(request)
    )
    return web.Response(status=204)


def _file_id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["document"])
    except ValueError:
        raise DocumentUnknown from None


async def upload_of(request: web.Request) -> Upload:
    """Return the file of a multipart body, ready to be read once."""
    if not request.content_type.startswith("multipart/"):
        raise InvalidInput([_fault("A multipart body is needed.")])
    try:
        part = await (await request.multipart()).next()
    except UNREADABLE:
        raise InvalidInput([_fault("The multipart body cannot be read.")]) from None
    if not isinstance(part, BodyPartReader) or part.name != "file":
        raise InvalidInput([_fault("The first part must be named file.")])
    return Upload(part.filename or "document", _chunks(part))


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await _next_chunk(part):
        yield chunk


async def _next_chunk(part: BodyPartReader) -> bytes:
    try:
        return bytes(await part.read_chunk(CHUNK_BYTES))
    except UNREADABLE:
        raise InvalidInput([_fault("The file did not arrive whole.")]) from None


def _fault(message: str) -> dict[str, str]:
    return {"pointer": "/file", "code": "invalid", "message": message}


def _attachment(name: str) -> str:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
