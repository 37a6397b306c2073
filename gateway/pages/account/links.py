"""The links of one's account, and the first password of whoever has none."""

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_identity, call_own, signed_in, step_up
from gateway.pages.account.entering import FEDERATION
from gateway.pages.account.faults import faults_of
from gateway.pages.account.sensitive import SECURITY
from gateway.parts import LIMITS
from gateway.responses import redirect
from gateway.visits import session_of, sign_out, visit_of


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
async def refuse_account(request: web.Request) -> web.Response:
    """POST /compte/liens/{provider}/refus: whoever came in with the identity takes it away.

    No password is asked for: it is the other person's. The session ends with it.
    """
    _, session = visit_of(request).gettext, await session_of(request)
    name, came = request.match_info["provider"], session.get(FEDERATION)
    if came is None or came["provider"] != name:
        return redirect(SECURITY)
    body = {"issuer": came["issuer"], "subject": came["subject"]}
    try:
        await call_own(request, "POST", f"/links/{name}/refusal", body)
    except ServiceProblem as problem:
        for fault in faults_of(problem, _):
            session.flash("warning", fault["message"])
        return redirect(SECURITY)
    await sign_out(request)
    text = _("Votre identité n’est plus liée à ce compte, et ne le sera plus d’elle-même.")
    (await session_of(request)).flash("success", text)
    return redirect("/connexion")


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
