"""HTTP address of extractions."""

import asyncio
import tempfile
from pathlib import Path

from aiohttp import web
from marshmallow import Schema, fields, validate

from chassis.routing import QUERY
from services.procedures.desk.edge import require_service, staff_of
from services.procedures.exports.service import Extraction
from services.procedures.exports.writers import WRITERS
from services.procedures.office import OFFICE
from services.procedures.requests.schemas import TEXT

CHUNK_BYTES = 256 * 1024


class ExportQuery(Schema):
    """What to extract."""

    service = fields.String(required=True, validate=TEXT)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(sorted(WRITERS)))
    procedure = fields.String(load_default=None, validate=TEXT)
    answers = fields.Boolean(load_default=False)


async def export_requests(request: web.Request) -> web.StreamResponse:
    """GET /desk/export: written to the disk first, then sent piece by piece."""
    staff, query = staff_of(request), request[QUERY]
    wanted = Extraction(
        service_id=require_service(staff, query["service"]),
        first=query["first"],
        last=query["last"],
        kind=query["kind"],
        procedure_id=query["procedure"],
        answers=query["answers"],
    )
    with tempfile.TemporaryDirectory(prefix="parvis-export-") as folder:
        path = Path(folder) / f"dossiers.{wanted.kind}"
        await request.app[OFFICE].exports.write(staff, wanted, path)
        return await _send(request, path, WRITERS[wanted.kind].media_type)


async def _send(request: web.Request, path: Path, media_type: str) -> web.StreamResponse:
    size = (await asyncio.to_thread(path.stat)).st_size
    response = web.StreamResponse(
        headers={
            "Content-Type": media_type,
            "Content-Disposition": f'attachment; filename="{path.name}"',
            "Content-Length": str(size),
        }
    )
    await response.prepare(request)
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
            await response.write(chunk)
    await response.write_eof()
    return response
