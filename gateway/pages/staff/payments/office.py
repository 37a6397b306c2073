"""A régie at a glance: alerts, refunds, attempts; and what a cash officer decides (PAY-04)."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer, ServiceProblem
from gateway.errors import show_error
from gateway.forms import FORM, Fields, text_of
from gateway.pages.payments.calls import errors_of
from gateway.parts import SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

ROLE = "cash_officer"
REPORT = "regie-report"
SHOWN_LINES = 200
Page = Callable[[web.Request], Awaitable[web.Response]]


def for_cash_officers(page: Page) -> Page:
    """Send visitors to the sign-in, and whoever has not the role away."""

    @wraps(page)
    async def guarded(request: web.Request) -> web.Response:
        account = visit_of(request).account
        if account is None:
            return redirect(f"/connexion?return_to={request.path}")
        if ROLE not in account.get("roles", ()):
            return await show_error(request, 403)
        return await page(request)

    return guarded


@for_cash_officers
async def list_regies(request: web.Request) -> web.Response:
    """GET /agents/regie."""
    regies = (await ask(request, "GET", "")).json()["regies"]
    return await show_page(request, "staff/payments/regies.html", regies=regies)


@for_cash_officers
async def show_regie(request: web.Request) -> web.Response:
    """GET /agents/regie/{regie}?etat=&avant=."""
    return await _show(request, [], None)


@for_cash_officers
async def change_settings(request: web.Request) -> web.Response:
    """POST /agents/regie/{regie}/reglages."""
    fields, _ = request[FORM], visit_of(request).gettext
    typed = _typed_settings(fields)
    try:
        await ask(request, "PUT", f"/{_regie(request)}/settings", json=typed)
    except ServiceProblem as problem:
        if problem.code not in ("settings-invalid", "stale-settings", "invalid-input"):
            raise
        stale = _("Quelqu’un a changé ces réglages entre-temps : les voici, à jour.")
        wrong = _("Ce réglage n’est pas valable.")
        faults = [{**error, "message": wrong} for error in errors_of(problem)]
        if problem.code == "stale-settings":
            return await _show(request, [{"field": "", "message": stale}], None)
        return await _show(request, faults, typed)
    (await session_of(request)).flash("success", _("Réglages enregistrés."))
    return redirect(_home(request))


@for_cash_officers
async def take_daily_file(request: web.Request) -> web.Response:
    """POST /agents/regie/{regie}/fichiers: the daily file, reconciled line by line."""
    body = {"content": await _content(request[FORM])}
    return await _take(request, f"/{_regie(request)}/daily-files", body)


@for_cash_officers
async def take_bills(request: web.Request) -> web.Response:
    """POST /agents/regie/{regie}/factures: bills, imported line by line."""
    fields = request[FORM]
    body = {"procedure": text_of(fields, "procedure"), "content": await _content(fields)}
    return await _take(request, "/bills", body)


@for_cash_officers
async def close_alert(request: web.Request) -> web.Response:
    """POST /agents/regie/{regie}/alertes/{alert}."""
    alert = quote(request.match_info["alert"], safe="")
    return await _decide(request, f"/{_regie(request)}/alerts/{alert}/closing", None)


@for_cash_officers
async def settle_refund(request: web.Request) -> web.Response:
    """POST /agents/regie/{regie}/remboursements/{attempt}."""
    fields = request[FORM]
    decided = {"state": text_of(fields, "state"), "note": text_of(fields, "note").strip()[:1000]}
    attempt = quote(request.match_info["attempt"], safe="")
    return await _decide(request, f"/{_regie(request)}/refunds/{attempt}/settlement", decided)


@for_cash_officers
async def look_up(request: web.Request) -> web.Response:
    """POST /agents/regie/{regie}/paiements/{attempt}: ask the DGFiP now."""
    attempt = quote(request.match_info["attempt"], safe="")
    return await _decide(request, f"/{_regie(request)}/attempts/{attempt}/look-up", None)


@for_cash_officers
async def give_up(request: web.Request) -> web.Response:
    """POST /agents/regie/{regie}/paiements/{attempt}/fin: the bill can be paid again."""
    attempt = quote(request.match_info["attempt"], safe="")
    return await _decide(request, f"/{_regie(request)}/attempts/{attempt}/ending", None)


@for_cash_officers
async def export_credits(request: web.Request) -> web.Response:
    """GET /agents/regie/{regie}/export?du=&au=."""
    query = {"first": request.query.get("du", ""), "last": request.query.get("au", "")}
    try:
        answer = await ask(request, "GET", f"/{_regie(request)}/credits.csv", query=query)
    except ServiceProblem as problem:
        if problem.status != 422:
            raise
        session, _ = await session_of(request), visit_of(request).gettext
        session.flash("error", _("Indiquez les deux dates de l’export, par exemple 2026-11-30."))
        return redirect(_home(request))
    disposition = f'attachment; filename="{_regie(request)}.csv"'
    headers = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": disposition}
    return web.Response(body=answer.body, headers=headers)


async def ask(request: web.Request, method: str, path: str, **more: Any) -> ServiceAnswer:
    """Call procedures for the cash officer; it checks the role again."""
    person = visit_of(request).person
    call = Call(method, f"/cash-office{path}", person=person, **more)
    return await request.app[SERVICES].procedures.send(call)


async def _show(
    request: web.Request, errors: list[dict[str, str]], typed: dict[str, Any] | None
) -> web.Response:
    regie = _regie(request)
    office = (await ask(request, "GET", f"/{regie}")).json()
    state, before = request.query.get("etat", ""), request.query.get("avant", "")
    query = ({"state": state} if state else {}) | ({"before": before} if before else {})
    attempts = (await ask(request, "GET", f"/{regie}/attempts", query=query)).json()["attempts"]
    return await show_page(
        request,
        "staff/payments/regie.html",
        status=422 if errors else 200,
        form=True,
        regie=regie,
        name=office["name"],
        office=office,
        attempts=attempts,
        typed=typed or office["settings"] or {},
        errors=errors,
        report=(await session_of(request)).pop(REPORT),
    )


async def _take(request: web.Request, path: str, body: dict[str, Any]) -> web.Response:
    session, _ = await session_of(request), visit_of(request).gettext
    try:
        report = (await ask(request, "POST", path, json=body)).json()
    except ServiceProblem as problem:
        told = _refusal_of_file(problem, _)
        if not told:
            raise
        session.flash("error", told)
        return redirect(_home(request))
    lines = [line for line in report["lines"] if line["outcome"] not in ("known", "confirmed")]
    session.put(REPORT, {"outcomes": report["outcomes"], "lines": lines[:SHOWN_LINES]})
    return redirect(_home(request))


def _refusal_of_file(problem: ServiceProblem, _: Any) -> str:
    """Return what the officer is told of a file that was not taken; nothing for anything else."""
    told = {
        "file-refused": _("Ce fichier n’a pas pu être lu : vérifiez ses colonnes."),
        "procedure-not-found": _("Choisissez la démarche de paiement de ces factures."),
        "online-payment-closed": _("Enregistrez d’abord les réglages de la régie."),
        "invalid-input": _("Ce fichier est vide ou trop grand : 900 000 caractères au plus."),
    }
    missing = " ".join(problem.problem.get("missing", ()))
    if problem.code == "file-refused" and missing:
        return str(_("Il manque à ce fichier : %(columns)s.") % {"columns": missing})
    return str(told.get(problem.code, ""))


async def _decide(request: web.Request, path: str, body: dict[str, Any] | None) -> web.Response:
    session, _ = await session_of(request), visit_of(request).gettext
    try:
        await ask(request, "POST", path, json=body)
    except ServiceProblem as problem:
        if problem.status not in (404, 422):
            raise
        session.flash("warning", _("Rien n’a changé : c’est déjà fait, ou il manque le motif."))
    else:
        session.flash("success", _("C’est enregistré."))
    return redirect(_home(request))


async def _content(fields: Fields) -> str:
    found = fields.get("file")
    if not isinstance(found, web.FileField):
        return ""
    content: bytes = found.file.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _typed_settings(fields: Fields) -> dict[str, Any]:
    numbers = {
        name: text_of(fields, name) for name in ("minimum_cents", "maximum_cents", "revision")
    }
    texts = {name: text_of(fields, name) for name in ("numcli", "mode", "saisie", "account")}
    whole = {
        name: int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1
        for name, text in numbers.items()
    }
    return {**texts, **whole, "active": text_of(fields, "active") == "yes"}


def _regie(request: web.Request) -> str:
    return quote(request.match_info["regie"], safe="")


def _home(request: web.Request) -> str:
    return f"/agents/regie/{_regie(request)}"
