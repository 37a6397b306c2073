"""The links of one's account, and the first password of whoever has none."""

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_identity, call_own, signed_in, step_up
from gateway.pages.account.faults import faults_of
from gateway.pages.account.sensitive import SECURITY
from gateway.parts import LIMITS
from gateway.responses import redirect
from gateway.visits import session_of, visit_of


@signed_in
async def remove_link(request: web.Request) -> web.Response:
    """POST /compte/liens/{provider}/retrait: with the password, which stays the way in."""
    _, session = visit_of(request).gettext, await session_of(request)
    name = request.match_info["provider"]
    try:
        token = await step_up(request, text_of(request[FORM], "password") or "-")
        await call_own(request, "POST", f"/links/{name}/removal", {"step_up": token})
        session.flash("success", _("Le lien est retiré."))
    except ServiceProblem as problem:
        for fault in faults_of(problem, _):
            session.flash("warning", fault["message"])
    return redirect(SECURITY)


@signed_in
async def send_password_link(request: web.Request) -> web.Response:
    """POST /compte/mot-de-passe/lien: to the confirmed address, as when it was lost."""
    visit = visit_of(request)
    await request.app[LIMITS].spend("recovery", visit.address)
    body = {"lost": "password", "typed": visit.account["identifier"]}
    await call_identity(request, "/recoveries", body)
    _ = visit.gettext
    text = _("Un lien vous est envoyé par courriel. Suivez-le dans les dix minutes.")
    (await session_of(request)).flash("info", text)
    return redirect(SECURITY)
