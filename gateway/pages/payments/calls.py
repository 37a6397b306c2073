"""Calls about one payment: its key comes from the session, its account from the sign-in."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer, ServiceProblem
from gateway.parts import SERVICES
from gateway.visits import visit_of


def payment_id(request: web.Request) -> str:
    """Return the payment's identifier in the address; a malformed one is not found."""
    try:
        return str(UUID(request.match_info["id"]))
    except ValueError:
        raise web.HTTPNotFound from None


def payment_path(request: web.Request) -> str:
    """Return the address of the payment's own page."""
    return f"/paiements/{payment_id(request)}"


async def call_payment(
    request: web.Request, method: str, path: str = "", **more: Any
) -> ServiceAnswer:
    """Call procedures about the payment of the address, with the right that the visitor holds."""
    visit, name = visit_of(request), payment_id(request)
    key = visit.session.key_of(name) if visit.session is not None else ""
    headers = {"Payment-Key": key} if key else {}
    call = Call(method, f"/payments/{name}{path}", person=visit.person, headers=headers, **more)
    return await request.app[SERVICES].procedures.send(call)


async def read_payment(request: web.Request, *, look: bool = False) -> dict[str, Any]:
    """Return the payment; with `look`, after asking the DGFiP."""
    query = {"language": visit_of(request).language}
    if look:
        answer = await call_payment(request, "POST", "/look-up", query=query, repeatable=True)
    else:
        answer = await call_payment(request, "GET", query=query)
    found: dict[str, Any] = answer.json()
    return found


def errors_of(problem: ServiceProblem) -> list[dict[str, str]]:
    """Return the faults of a form as the templates show them."""
    faults = problem.problem.get("errors", [])
    return [
        {"field": str(fault["pointer"]).rpartition("/")[2], "message": str(fault["message"])}
        for fault in faults
    ]
