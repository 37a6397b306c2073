"""Adding and removing second factors: codes of an application, passkeys, recovery codes."""

import json

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, object_of, text_of
from gateway.pages.account.access import call_own, signed_in, step_up
from gateway.pages.account.faults import faults_of
from gateway.pages.account.sensitive import SECURITY
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

OFFER = "factor_offer"
CODES = "recovery_codes"


@signed_in
async def show_adding(request: web.Request) -> web.Response:
    """GET /compte/verification: the password first."""
    return await show_page(request, "account/factor_password.html", form=True, errors=[])


@signed_in
async def begin(request: web.Request) -> web.Response:
    """POST /compte/verification: `go=totp`, `go=passkey` or `go=codes`."""
    fields = request[FORM]
    kind = text_of(fields, "go")
    try:
        token = await step_up(request, text_of(fields, "password") or "-")
        body = {"step_up": token}
        if kind == "codes":
            answer = await call_own(request, "POST", "/recovery-codes", body)
            return await _show_codes(request, answer.json()["recovery_codes"])
        name = "passkey-offers" if kind == "passkey" else "totp-offers"
        offer = (await call_own(request, "POST", f"/factors/{name}", body)).json()
    except ServiceProblem as problem:
        errors = faults_of(problem, visit_of(request).gettext)
        return await show_page(
            request, "account/factor_password.html", status=422, form=True, errors=errors
        )
    (await session_of(request)).put(OFFER, offer)
    return redirect(f"/compte/verification/{'cle' if kind == 'passkey' else 'application'}")


@signed_in
async def show_totp(request: web.Request) -> web.Response:
    """GET /compte/verification/application: the seed as a picture and as text."""
    return await _show_offer(request, "account/totp.html", [])


@signed_in
async def confirm_totp(request: web.Request) -> web.Response:
    """POST /compte/verification/application: the first code."""
    offer = (await session_of(request)).get(OFFER, {})
    code = text_of(request[FORM], "code").strip()[:40]
    body = {"token": offer.get("token", "-"), "code": code or "-"}
    try:
        done = await call_own(request, "POST", "/factors/totp", body)
    except ServiceProblem as problem:
        errors = faults_of(problem, visit_of(request).gettext)
        return await _show_offer(request, "account/totp.html", errors)
    return await _show_codes(request, done.json()["recovery_codes"])


@signed_in
async def show_passkey(request: web.Request) -> web.Response:
    """GET /compte/verification/cle: the one page that needs a script."""
    return await _show_offer(request, "account/passkey.html", [])


@signed_in
async def confirm_passkey(request: web.Request) -> web.Response:
    """POST /compte/verification/cle: what the browser made."""
    fields, session = request[FORM], await session_of(request)
    offer = session.pop(OFFER, {})
    body = {
        "token": offer.get("token", "-"),
        "credential": object_of(fields, "credential"),
        "label": text_of(fields, "label").strip()[:60],
    }
    try:
        done = await call_own(request, "POST", "/factors/passkeys", body)
    except ServiceProblem as problem:
        errors = faults_of(problem, visit_of(request).gettext)
        return await show_page(
            request, "account/factor_password.html", status=422, form=True, errors=errors
        )
    return await _show_codes(request, done.json()["recovery_codes"])


@signed_in
async def remove(request: web.Request) -> web.Response:
    """POST /compte/verification/retrait."""
    visit, fields = visit_of(request), request[FORM]
    try:
        token = await step_up(request, text_of(fields, "password") or "-")
        factor = text_of(fields, "factor")[:36]
        await call_own(request, "POST", f"/factors/{factor}/removal", {"step_up": token})
    except ServiceProblem as problem:
        for fault in faults_of(problem, visit.gettext):
            (await session_of(request)).flash("error", fault["message"])
        return redirect(SECURITY)
    _ = visit.gettext
    (await session_of(request)).flash("success", _("La double vérification est retirée."))
    return redirect(SECURITY)


async def _show_offer(
    request: web.Request, template: str, errors: list[dict[str, str]]
) -> web.Response:
    offer = (await session_of(request)).get(OFFER)
    if offer is None:
        return redirect("/compte/verification")
    return await show_page(
        request,
        template,
        status=422 if errors else 200,
        form=True,
        errors=errors,
        offer=offer,
        options=json.dumps(offer.get("options", {})),
    )


async def _show_codes(request: web.Request, codes: list[str]) -> web.Response:
    """Show recovery codes once, or go back when there are none to show."""
    session = await session_of(request)
    session.pop(OFFER)
    if not codes:
        _ = visit_of(request).gettext
        session.flash("success", _("La double vérification est ajoutée."))
        return redirect(SECURITY)
    return await show_page(request, "account/recovery_codes.html", codes=codes)
