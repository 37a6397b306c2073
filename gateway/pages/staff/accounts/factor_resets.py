"""Second factors taken away from somebody who lost them: one asks, another agrees (ACC-11)."""

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.accounts.access import RESETTERS, call_staff, for_staff
from gateway.pages.staff.accounts.accounts import SHORTEST_REASON, show_one
from gateway.parts import SESSIONS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

AGREEMENT = "/agents/double-verification"
TEMPLATE = "staff/accounts/factor_reset.html"


@for_staff(RESETTERS)
async def ask_reset(request: web.Request) -> web.Response:
    """POST /agents/comptes/{id}/double-verification: a code for a colleague, shown once."""
    _ = visit_of(request).gettext
    account_id = request.match_info["id"]
    reason = text_of(request[FORM], "reset_reason").strip()[:1000]
    if len(reason) < SHORTEST_REASON:
        message = _("Écrivez le motif : il est inscrit au journal de la personne.")
        return await show_one(request, [{"field": "reset_reason", "message": message}], "")
    path = f"/accounts/{account_id}/factor-resets"
    token = (await call_staff(request, "POST", path, {"reason": reason})).json()["token"]
    return await show_page(request, "staff/accounts/factor_reset_asked.html", token=token)


@for_staff(RESETTERS)
async def show_agreement(request: web.Request) -> web.Response:
    """GET /agents/double-verification."""
    return await show_page(request, TEMPLATE, form=True, errors=[], typed="")


@for_staff(RESETTERS)
async def agree(request: web.Request) -> web.Response:
    """POST /agents/double-verification: the second person writes the code of the first."""
    _, typed = visit_of(request).gettext, text_of(request[FORM], "token").strip()[:100]
    refusals = {
        "second-person-needed": _(
            "Ce code doit être écrit par une autre personne que celle qui l’a demandé, "
            "et que le titulaire du compte."
        ),
        "proof-refused": _("Ce code n’existe pas, a déjà servi ou a plus de 24 heures."),
        "invalid-input": _("Ce code n’existe pas, a déjà servi ou a plus de 24 heures."),
    }
    try:
        done = await call_staff(request, "POST", "/factor-resets", {"token": typed or "-"})
    except ServiceProblem as problem:
        if problem.code not in refusals:
            raise
        errors = [{"field": "token", "message": refusals[problem.code]}]
        return await show_page(request, TEMPLATE, status=422, form=True, errors=errors, typed=typed)
    await request.app[SESSIONS].end_account(done.json()["account_id"])
    message = _("La double vérification est retirée. La personne est prévenue.")
    (await session_of(request)).flash("success", message)
    return redirect(AGREEMENT)
