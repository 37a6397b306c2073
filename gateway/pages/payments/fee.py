"""The fee of a filed request: what it is, then the payment of it."""

from typing import Any

from aiohttp import web

from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.payments.calls import errors_of
from gateway.pages.payments.telling import closed
from gateway.pages.requests.dossier import Dossier, key_of, read_dossier, request_path
from gateway.pages.requests.fees import read_fee
from gateway.pages.requests.start import error_at, is_key, new_request_key
from gateway.parts import LIMITS, SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of


async def show_fee(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/paiement: nothing to pay leads back to the request."""
    dossier = await read_dossier(request)
    fee = await read_fee(request, dossier)
    if fee is None or fee["state"] == "paid":
        return redirect(request_path(request))
    return await _show(request, dossier, [], "")


async def open_fee(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/paiement: open the payment, then show it."""
    dossier = await read_dossier(request)
    await request.app[LIMITS].spend("start", visit_of(request).address)
    fields = request[FORM]
    identifier, _dot, secret = text_of(fields, "payment_key").partition(".")
    email = text_of(fields, "email").strip()[:200]
    if dossier.procedure.get("fee") is None or not is_key(identifier, secret):
        return redirect(request_path(request))
    try:
        await _open(request, dossier.id, (identifier, secret), email)
    except ServiceProblem as problem:
        if problem.code == "already-paid":
            # paid meanwhile, in another window or by somebody else: the request's page says so
            return redirect(request_path(request))
        errors = refusal(problem, visit_of(request).gettext)
        if not errors:
            raise
        return await _show(request, dossier, errors, email)
    (await session_of(request)).hold_key(identifier, secret)
    return redirect(f"/paiements/{identifier}")


def refusal(problem: ServiceProblem, _: Any) -> list[dict[str, str]]:
    """Return what the payer is told of a refusal; nothing when it is not about the payment."""
    if problem.code == "online-payment-closed":
        return [error_at("", closed(_))]
    return errors_of(problem) if problem.code == "bill-invalid" else []


async def _open(request: web.Request, request_id: str, key: tuple[str, str], email: str) -> None:
    visit = visit_of(request)
    owner = key_of(request)
    body = {"id": key[0], "access_key": key[1], "language": visit.language, "email": email}
    headers = {"Request-Key": owner} if owner else {}
    path = f"/requests/{request_id}/payments"
    call = Call("POST", path, person=visit.person, json=body, headers=headers, repeatable=True)
    await request.app[SERVICES].procedures.send(call)


async def _show(
    request: web.Request, dossier: Dossier, errors: list[dict[str, str]], email: str
) -> web.Response:
    return await show_page(
        request,
        "payments/fee.html",
        status=422 if errors else 200,
        form=True,
        procedure=dossier.procedure,
        dossier=dossier.content,
        errors=errors,
        payment_key=new_request_key(),
        email=email,
    )
