"""A bill to pay: its reference, its amount, an e-mail address, and the terms of use."""

from typing import Any

from aiohttp import web

from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.catalogue.reading import read_procedure
from gateway.pages.legal.reading import TERMS, read_document
from gateway.pages.payments.calls import errors_of
from gateway.pages.payments.telling import refusals
from gateway.pages.requests.start import (
    accept_once,
    due_for_account,
    error_at,
    is_key,
    new_request_key,
)
from gateway.parts import LIMITS, SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TYPED = ("reference", "amount", "exer", "email")
TEMPLATE = "payments/bill.html"
STALE_TERMS = ("version-not-in-force", "invalid-input", "acceptance-due")


async def show_bill(request: web.Request) -> web.Response:
    """GET /paiements/factures/{slug}."""
    procedure = await _payable(request)
    if procedure is None:
        return redirect(f"/demarches/{request.match_info['slug']}")
    return await _show(request, procedure, [], new_request_key(), dict.fromkeys(TYPED, ""))


async def open_bill(request: web.Request) -> web.Response:
    """POST /paiements/factures/{slug}: open the payment, or show each fault with the typing."""
    procedure = await _payable(request)
    if procedure is None:
        return redirect(f"/demarches/{request.match_info['slug']}")
    await request.app[LIMITS].spend("start", visit_of(request).address)
    fields, _ = request[FORM], visit_of(request).gettext
    typed = {name: text_of(fields, name)[:200] for name in TYPED}
    request_key = text_of(fields, "request_key")
    identifier, _dot, secret = request_key.partition(".")
    if not is_key(identifier, secret):
        return await _show(request, procedure, [], new_request_key(), typed)
    due = await due_for_account(request, identifier)
    if due and text_of(fields, "accepted") != "yes":
        message = _(
            "Cochez la case pour accepter les conditions : sans elle, on ne peut pas payer."
        )
        errors = [error_at("accepted", message)]
        return await _show(request, procedure, errors, request_key, typed)
    try:
        receipt = await accept_once(request, identifier, due=due)
        await _open(request, procedure, (identifier, secret), typed, receipt)
    except ServiceProblem as problem:
        errors = refusal(problem, _)
        if not errors:
            raise
        return await _show(request, procedure, errors, request_key, typed)
    (await session_of(request)).hold_key(identifier, secret)
    return redirect(f"/paiements/{identifier}")


def refusal(problem: ServiceProblem, _: Any) -> list[dict[str, str]]:
    """Return what the payer is told of a refusal; nothing when it is not about the bill."""
    if problem.code in STALE_TERMS and problem.service == "legal":
        return [
            error_at("", _("Les conditions viennent de changer. Relisez-les, puis acceptez-les."))
        ]
    if problem.code == "bill-invalid":
        return errors_of(problem)
    told = refusals(_)
    return [error_at("", told[problem.code])] if problem.code in told else []


async def _payable(request: web.Request) -> dict[str, Any] | None:
    procedure: dict[str, Any] = (await read_procedure(request, request.match_info["slug"])).content
    is_open = procedure["availability"]["state"] == "open"
    return procedure if is_open and procedure["payment"] is not None else None


async def _open(
    request: web.Request,
    procedure: dict[str, Any],
    key: tuple[str, str],
    typed: dict[str, str],
    receipt: str,
) -> None:
    visit = visit_of(request)
    body = {
        "id": key[0],
        "access_key": key[1],
        "procedure": procedure["id"],
        "language": visit.language,
        "terms_receipt": receipt,
        **typed,
    }
    call = Call("POST", "/payments", person=visit.person, json=body, repeatable=True)
    await request.app[SERVICES].procedures.send(call)


async def _show(
    request: web.Request,
    procedure: dict[str, Any],
    errors: list[dict[str, str]],
    request_key: str,
    typed: dict[str, str],
) -> web.Response:
    terms = await read_document(request, TERMS)
    identifier = request_key.partition(".")[0]
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        procedure=procedure,
        terms=terms.content,
        terms_due=await due_for_account(request, identifier),
        errors=errors,
        request_key=request_key,
        typed=typed,
    )
