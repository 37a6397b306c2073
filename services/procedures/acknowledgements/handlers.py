"""HTTP address of the acknowledgement."""

from aiohttp import web

from services.procedures.parts import ACKNOWLEDGEMENTS
from services.procedures.requests.edge import access_of, request_id_of


async def download_acknowledgement(request: web.Request) -> web.Response:
    """GET /requests/{id}/acknowledgement.pdf."""
    number, pdf = await request.app[ACKNOWLEDGEMENTS].read_pdf(
        request_id_of(request), access_of(request)
    )
    disposition = f'attachment; filename="{number}.pdf"'
    return web.Response(
        body=pdf, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )
