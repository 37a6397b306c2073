"""One payment: its honest state, the page before leaving for the DGFiP, the acknowledgement."""

from typing import Any

from aiohttp import web

from chassis.http_client import Call, ServiceProblem
from gateway.pages.catalogue.reading import read_procedure
from gateway.pages.payments.calls import call_payment, payment_id, payment_path, read_payment
from gateway.pages.payments.telling import refusals
from gateway.parts import LIMITS, SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

LEAVING = "leaving"
FORWARDED = ("Content-Type", "Content-Disposition")
# while one of these stands, the DGFiP is asked each time the page is shown
UNDECIDED = frozenset({"open", "disputed", "unknown", "started"})


async def show_payment(request: web.Request) -> web.Response:
    """GET /paiements/{id}: what is known, after asking the DGFiP when it is not decided."""
    payment = await read_payment(request)
    if payment["state"] in UNDECIDED:
        await request.app[LIMITS].spend("post", visit_of(request).address)
        payment = await read_payment(request, look=True)
    return await show_page(
        request,
        "payments/payment.html",
        form=True,
        payment=payment,
        procedure=await _procedure(request, payment),
    )


async def leave(request: web.Request) -> web.Response:
    """POST /paiements/{id}/partir: begin an attempt, then show the page before leaving."""
    await request.app[LIMITS].spend("start", visit_of(request).address)
    session, _ = await session_of(request), visit_of(request).gettext
    try:
        found = (await call_payment(request, "POST", "/attempts")).json()
    except ServiceProblem as problem:
        told = refusals(_)
        if problem.code not in told:
            raise
        session.flash("warning", told[problem.code])
        return redirect(payment_path(request))
    session.put(LEAVING, {"id": payment_id(request), "url": found["redirect_url"]})
    return redirect(f"{payment_path(request)}/partir")


async def show_departure(request: web.Request) -> web.Response:
    """GET /paiements/{id}/partir: who takes over, what travels, and only then the link (PAY-05)."""
    session = visit_of(request).session
    leaving = session.get(LEAVING) if session is not None else None
    if leaving is None or leaving["id"] != payment_id(request):
        return redirect(payment_path(request))
    payment = await read_payment(request)
    procedure = await _procedure(request, payment)
    return await show_page(
        request,
        "payments/departure.html",
        payment=payment,
        procedure=procedure,
        handoff=procedure["payment"] or {},
        leave_url=leaving["url"],
    )


async def download_receipt(request: web.Request) -> web.Response:
    """GET /paiements/{id}/attestations/{attempt}."""
    attempt = request.match_info["attempt"]
    answer = await call_payment(request, "GET", f"/attempts/{attempt}/acknowledgement.pdf")
    headers = {name: answer.headers[name] for name in FORWARDED if name in answer.headers}
    return web.Response(body=answer.body, headers=headers)


async def list_payments(request: web.Request) -> web.Response:
    """GET /paiements: those of the account."""
    visit = visit_of(request)
    if visit.account is None:
        return redirect("/connexion?return_to=/paiements")
    call = Call("GET", "/payments", person=visit.person, query={"language": visit.language})
    found = (await request.app[SERVICES].procedures.send(call)).json()
    return await show_page(request, "payments/list.html", payments=found["payments"])


async def _procedure(request: web.Request, payment: dict[str, Any]) -> dict[str, Any]:
    procedure: dict[str, Any] = (await read_procedure(request, payment["procedure"]["id"])).content
    return procedure
