"""HTTP addresses of the templates of decisions."""

from typing import Any

from aiohttp import web

from chassis.routing import BODY
from services.procedures.decisions.model import Template
from services.procedures.desk.edge import require_supervisor, staff_of
from services.procedures.office import OFFICE


async def list_templates(request: web.Request) -> web.Response:
    """GET /desk/templates: reasons that the agent may start from."""
    staff = staff_of(request)
    found = await request.app[OFFICE].decisions.list_templates(sorted(staff.services))
    return web.json_response({"templates": [_view(template) for template in found]})


async def save_template(request: web.Request) -> web.Response:
    """PUT /desk/templates/{id}: by a supervisor of the service; 204, 409 when it was changed."""
    staff, body = staff_of(request), request[BODY]
    require_supervisor(staff, body["service"])
    template = Template(
        id=request.match_info["id"],
        outcome=body["outcome"],
        service_id=body["service"],
        title=body["title"],
        body_fr=body["body_fr"],
        body_en=body["body_en"],
        changed_at=body["changed_at"],
    )
    await request.app[OFFICE].decisions.save_template(template)
    return web.Response(status=204)


async def remove_template(request: web.Request) -> web.Response:
    """DELETE /desk/templates/{id}: by a supervisor of its service; 204."""
    services = sorted(staff_of(request).supervisor_of)
    await request.app[OFFICE].decisions.remove_template(request.match_info["id"], services)
    return web.Response(status=204)


def _view(template: Template) -> dict[str, Any]:
    changed = template.changed_at
    return {**vars(template), "changed_at": changed.isoformat() if changed else None}
