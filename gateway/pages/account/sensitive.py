"""Changes that ask for the password again: password, e-mail, freeze, sessions."""

from datetime import UTC, datetime

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_own, end_other_sessions, signed_in, step_up
from gateway.pages.account.faults import faults_of
from gateway.pages.account.federation_parts import linkable, shown_links
from gateway.pages.account.registration import asks_rules, rules_of
from gateway.parts import SESSIONS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, sign_out, visit_of

SECURITY = "/compte/securite"
SIGN_INS = 10


@signed_in
async def show_security(request: web.Request) -> web.Response:
    """GET /compte/securite: sessions, last sign-ins, second factors."""
    session, sessions = await session_of(request), request.app[SESSIONS]
    events = (await call_own(request, "GET", "/events?kind=sign-ins")).json()["events"]
    factors = (await call_own(request, "GET", "/factors")).json()
    links = (await call_own(request, "GET", "/links")).json()
    account_id = visit_of(request).account["account_id"]
    open_sessions = [
        {
            "handle": handle,
            "here": handle == sessions.handle_of(session),
            "began": datetime.fromtimestamp(one.created, UTC),
            "device": one.content.get("device", ""),
        }
        for handle, one in await sessions.list_account(account_id)
    ]
    return await show_page(
        request,
        "account/security.html",
        form=True,
        sessions=open_sessions,
        sign_ins=events[:SIGN_INS],
        factors=factors["factors"],
        codes_left=factors["recovery_codes_left"],
        links=shown_links(links["links"], session),
        has_password=links["has_password"],
        provider=linkable(request, links["links"]),
    )


@signed_in
async def end_session(request: web.Request) -> web.Response:
    """POST /compte/sessions: one of them, or all the others."""
    _, handle = visit_of(request).gettext, text_of(request[FORM], "handle")
    account_id = visit_of(request).account["account_id"]
    if handle:
        await request.app[SESSIONS].end_handle(account_id, handle)
    else:
        epoch = (await call_own(request, "DELETE", "/sessions")).json()["session_epoch"]
        await end_other_sessions(request, epoch)
    (await session_of(request)).flash("success", _("C’est fait : la session est fermée."))
    return redirect(SECURITY)


@signed_in
async def show_password(request: web.Request) -> web.Response:
    """GET /compte/mot-de-passe."""
    return await _show_password(request, "", [])


@signed_in
async def change_password(request: web.Request) -> web.Response:
    """POST /compte/mot-de-passe: the other sessions end."""
    visit, fields = visit_of(request), request[FORM]
    new = text_of(fields, "new_password")
    if await asks_rules(request):
        return await _show_password(request, new, [])
    body = {"current": text_of(fields, "password")[:1024] or "-", "new": new[:1024] or "-"}
    try:
        answer = await call_own(request, "PUT", "/password", body)
    except ServiceProblem as problem:
        return await _show_password(request, new, faults_of(problem, visit.gettext))
    await end_other_sessions(request, answer.json()["session_epoch"])
    _ = visit.gettext
    text = _("Votre mot de passe est changé, vos autres sessions sont fermées.")
    (await session_of(request)).flash("success", text)
    return redirect(SECURITY)


@signed_in
async def show_email(request: web.Request) -> web.Response:
    """GET /compte/courriel."""
    return await show_page(request, "account/email.html", form=True, errors=[], typed="")


@signed_in
async def change_email(request: web.Request) -> web.Response:
    """POST /compte/courriel: both addresses get a link."""
    visit, fields = visit_of(request), request[FORM]
    typed = text_of(fields, "email").strip()[:320]
    try:
        token = await step_up(request, text_of(fields, "password") or "-")
        body = {"email": typed or "-", "step_up": token}
        await call_own(request, "POST", "/email-changes", body)
    except ServiceProblem as problem:
        return await show_page(
            request,
            "account/email.html",
            status=422,
            form=True,
            errors=faults_of(problem, visit.gettext),
            typed=typed,
        )
    _ = visit.gettext
    text = _("Un lien est envoyé à chacune des deux adresses. Suivez les deux pour finir.")
    (await session_of(request)).flash("info", text)
    return redirect("/compte")


@signed_in
async def show_freeze(request: web.Request) -> web.Response:
    """GET /compte/gel."""
    return await show_page(request, "account/freeze_own.html", form=True)


@signed_in
async def freeze(request: web.Request) -> web.Response:
    """POST /compte/gel: at once, without asking for anything (ACC-07)."""
    account_id = visit_of(request).account["account_id"]
    await call_own(request, "POST", "/freeze")
    await request.app[SESSIONS].end_account(account_id)
    await sign_out(request)
    return await show_page(request, "account/freeze.html", errors=[], done=True)


async def _show_password(
    request: web.Request, new: str, errors: list[dict[str, str]]
) -> web.Response:
    return await show_page(
        request,
        "account/password.html",
        status=422 if errors else 200,
        form=True,
        errors=errors,
        rules=await rules_of(request, new, {}),
        checked=bool(new),
    )
