"""My data: the complete copy, the rights, the journal, the erasure of the account."""

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.headers import PRIVATE
from gateway.pages.account.access import call_own, own_call, signed_in, step_up
from gateway.pages.account.actions import action_names
from gateway.pages.account.faults import faults_of
from gateway.parts import SERVICES, SESSIONS
from gateway.responses import redirect, send_pieces, show_page
from gateway.visits import session_of, sign_out, visit_of

DATA = "/compte/donnees"
RIGHTS = "/compte/droits"
ERASURE = "/compte/effacement"
# an answer sent bit by bit is past the middleware that adds the usual headers
ARCHIVE = {
    "Content-Type": "application/zip",
    "Content-Disposition": 'attachment; filename="mes-donnees.zip"',
    "Cache-Control": PRIVATE,
}


@signed_in
async def show_data(request: web.Request) -> web.Response:
    """GET /compte/donnees: copies, and what happened to the account (who looked included)."""
    copies = (await call_own(request, "GET", "/copies")).json()["copies"]
    found = (await call_own(request, "GET", "/events")).json()["events"]
    names = action_names(visit_of(request).gettext)
    events = [{**event, "name": names.get(event["action"], event["action"])} for event in found]
    return await show_page(request, "account/data.html", form=True, copies=copies, events=events)


@signed_in
async def ask_copy(request: web.Request) -> web.Response:
    """POST /compte/donnees/copie."""
    _, session = visit_of(request).gettext, await session_of(request)
    try:
        await call_own(request, "POST", "/copies")
        session.flash("success", _("La copie se prépare. Un courriel vous préviendra."))
    except ServiceProblem as problem:
        for fault in faults_of(problem, _):
            session.flash("warning", fault["message"])
    return redirect(DATA)


@signed_in
async def download_copy(request: web.Request) -> web.StreamResponse:
    """POST /compte/donnees/telechargement: a ZIP archive, once, passed on as it comes."""
    copy_id = text_of(request[FORM], "copy")[:36]
    call = own_call(request, "POST", f"/copies/{copy_id}/download")
    try:
        async with request.app[SERVICES].identity.stream(call) as found:
            return await send_pieces(request, found, ARCHIVE)
    except ServiceProblem as problem:
        if problem.status != 404:
            raise
        _ = visit_of(request).gettext
        text = _("Cette copie a déjà été téléchargée ou a expiré. Demandez-en une autre.")
        (await session_of(request)).flash("warning", text)
        return redirect(DATA)


@signed_in
async def show_rights(request: web.Request) -> web.Response:
    """GET /compte/droits."""
    return await _show_rights(request, "", [])


@signed_in
async def exercise_right(request: web.Request) -> web.Response:
    """POST /compte/droits: recorded, answered within a month."""
    visit, fields = visit_of(request), request[FORM]
    _, text = visit.gettext, text_of(fields, "text").strip()[:4000]
    right = text_of(fields, "right")
    errors = []
    if not text:
        errors.append({"field": "text", "message": _("Écrivez ce que vous demandez.")})
    if right not in {value for value, _label in right_names(request)}:
        errors.append({"field": "right", "message": _("Choisissez un droit.")})
    if errors:
        return await _show_rights(request, text, errors, right)
    await call_own(request, "POST", "/rights-requests", {"right": right, "text": text})
    message = _("Votre demande est enregistrée. Une réponse vous sera donnée dans le mois.")
    (await session_of(request)).flash("success", message)
    return redirect(RIGHTS)


@signed_in
async def show_erasure(request: web.Request) -> web.Response:
    """GET /compte/effacement."""
    return await _show_erasure(request, [])


@signed_in
async def erase(request: web.Request) -> web.Response:
    """POST /compte/effacement: `go=now`, `go=later` or `go=keep`."""
    visit, fields = visit_of(request), request[FORM]
    _, when = visit.gettext, text_of(fields, "go")
    if when == "keep":
        await call_own(request, "DELETE", "/erasure")
        (await session_of(request)).flash("success", _("Votre compte est gardé."))
        return redirect(ERASURE)
    account_id = visit.account["account_id"]
    try:
        token = await step_up(request, text_of(fields, "password") or "-")
        body = {"when": "now" if when == "now" else "later", "step_up": token}
        await call_own(request, "POST", "/erasure", body)
    except ServiceProblem as problem:
        return await _show_erasure(request, faults_of(problem, _))
    if when != "now":
        return redirect(ERASURE)
    await request.app[SESSIONS].end_account(account_id)
    await sign_out(request)
    return await show_page(request, "account/erased.html")


def right_names(request: web.Request) -> list[tuple[str, str]]:
    """Return each right and its name, in the order of the law."""
    _ = visit_of(request).gettext
    return [
        ("access", _("Accès à mes données")),
        ("rectification", _("Correction de mes données (rectification)")),
        ("objection", _("Opposition à un usage")),
        ("erasure", _("Effacement de mes données")),
        ("limitation", _("Limitation d’un usage")),
        ("portability", _("Récupération de mes données (portabilité)")),
    ]


async def _show_rights(
    request: web.Request, text: str, errors: list[dict[str, str]], chosen: str = ""
) -> web.Response:
    made = (await call_own(request, "GET", "/rights-requests")).json()["requests"]
    rights = right_names(request)
    names = dict(rights)
    return await show_page(
        request,
        "account/rights.html",
        status=422 if errors else 200,
        form=True,
        errors=errors,
        text=text,
        chosen=chosen,
        rights=[{"value": value, "label": label} for value, label in rights],
        made=[{**one, "name": names[one["right"]]} for one in made],
    )


async def _show_erasure(request: web.Request, errors: list[dict[str, str]]) -> web.Response:
    shown = (await call_own(request, "GET")).json()
    return await show_page(
        request,
        "account/erasure.html",
        status=422 if errors else 200,
        form=True,
        errors=errors,
        due=shown["erasure_due_at"],
    )
