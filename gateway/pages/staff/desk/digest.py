"""How often an agent is told by mail what waits: chosen by each, nothing unless asked."""

from aiohttp import web

from gateway.forms import FORM, text_of
from gateway.pages.staff.desk.access import ask, for_agents
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

ADDRESS = "/agents/resume"
CHOICES = ("never", "daily", "weekly")


@for_agents
async def show_digest(request: web.Request) -> web.Response:
    """GET /agents/resume."""
    every = (await ask(request, "GET", "/digest")).json()["every"]
    return await show_page(
        request, "staff/desk/digest.html", form=True, every=every, choices=CHOICES
    )


@for_agents
async def choose_digest(request: web.Request) -> web.Response:
    """POST /agents/resume."""
    _, every = visit_of(request).gettext, text_of(request[FORM], "every")
    if every not in CHOICES:
        raise web.HTTPBadRequest
    await ask(request, "PUT", "/digest", json={"every": every}, repeatable=True)
    (await session_of(request)).flash("success", _("C’est enregistré."))
    return redirect(ADDRESS)
