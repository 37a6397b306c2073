"""Find an account by its identifier, suspend, terminate or reinstate it with a reason (ACC-08)."""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.accounts.access import READERS, RESETTERS, call_staff, for_staff
from gateway.parts import SESSIONS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

SEARCH = "staff/accounts/search.html"
ACTS = ("suspension", "termination", "reinstatement")
SHORTEST_REASON = 5


@for_staff(READERS)
async def show_search(request: web.Request) -> web.Response:
    """GET /agents/comptes."""
    return await show_page(request, SEARCH, form=True, errors=[], typed="")


@for_staff(READERS)
async def search(request: web.Request) -> web.Response:
    """POST /agents/comptes: the identifier travels in the form, in no address."""
    typed = text_of(request[FORM], "identifier").strip()[:200]
    try:
        body = {"identifier": typed or "-"}
        found = (await call_staff(request, "POST", "/account-searches", body)).json()
    except ServiceProblem as problem:
        if problem.status != 404:
            raise
        _ = visit_of(request).gettext
        errors = [{"field": "identifier", "message": _("Aucun compte n’a cet identifiant.")}]
        return await show_page(request, SEARCH, status=422, form=True, errors=errors, typed=typed)
    return redirect(f"/agents/comptes/{found['account_id']}")


@for_staff(READERS)
async def show_account(request: web.Request) -> web.Response:
    """GET /agents/comptes/{id}: the look is journalled, the person sees it."""
    return await show_one(request, [], "")


@for_staff(READERS)
async def moderate(request: web.Request) -> web.Response:
    """POST /agents/comptes/{id}: `go` names the act; the person is told the reason."""
    _, fields = visit_of(request).gettext, request[FORM]
    account_id = request.match_info["id"]
    act, reason = text_of(fields, "go"), text_of(fields, "reason").strip()[:1000]
    if act not in ACTS or len(reason) < SHORTEST_REASON:
        errors = [
            {"field": "reason", "message": _("Écrivez le motif : il sera envoyé à la personne.")}
        ]
        return await show_one(request, errors, reason)
    try:
        await call_staff(request, "POST", f"/accounts/{account_id}/{act}", {"reason": reason})
    except ServiceProblem as problem:
        if problem.status != 409:
            raise
        errors = [{"field": "", "message": _("Le compte est entre-temps dans un autre état.")}]
        return await show_one(request, errors, reason)
    await request.app[SESSIONS].end_account(account_id)
    (await session_of(request)).flash("success", _("C’est fait. La personne est prévenue."))
    return redirect(f"/agents/comptes/{account_id}")


async def show_one(request: web.Request, errors: list[dict[str, str]], reason: str) -> web.Response:
    """Show the account in the address, with the acts that these roles may do."""
    account: dict[str, Any] = (
        await call_staff(request, "GET", f"/accounts/{request.match_info['id']}")
    ).json()
    return await show_page(
        request,
        "staff/accounts/account.html",
        status=422 if errors else 200,
        form=True,
        found=account,
        acts=_acts(account["state"], visit_of(request).account["roles"]),
        may_reset=bool(RESETTERS & set(visit_of(request).account["roles"])),
        errors=errors,
        reason=reason,
    )


def _acts(state: str, roles: list[str]) -> list[str]:
    """Return the acts that make sense for this state and these roles."""
    acts = []
    if state in ("active", "frozen"):
        acts.append("suspension")
    if state in ("frozen", "suspended", "terminated"):
        acts.append("reinstatement")
    if state in ("active", "frozen", "suspended") and "administrator" in roles:
        acts.append("termination")
    return acts if RESETTERS & set(roles) else []
