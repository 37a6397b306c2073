"""The account's own page: pinned procedures first (ACC-06), then its requests, newest first."""

import asyncio
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import Call, ServiceUnavailable
from gateway.pages.account.access import call_own, signed_in
from gateway.pages.account.favourites import pinned_procedures
from gateway.parts import SERVICES
from gateway.responses import show_page
from gateway.visits import visit_of

ACCOUNT = "/compte"


@signed_in
async def show_account(request: web.Request) -> web.Response:
    """GET /compte?avant=: `avant` is the last request of the page before.

    With the procedures service down the rest is shown, and what is missing is said (AVA-03).
    """
    answer, favourites, held = await asyncio.gather(
        call_own(request, "GET"), _favourites(request), _requests(request)
    )
    return await show_page(
        request,
        "account/account.html",
        form=True,
        account=answer.json(),
        enrolment_needed=visit_of(request).account.get("enrolment_needed", False),
        favourites=favourites,
        my_requests=held["requests"] if held is not None else [],
        requests_away=held is None,
        older_url=f"{ACCOUNT}?avant={held['next']}" if held and held["next"] else None,
    )


async def _favourites(request: web.Request) -> list[dict[str, Any]]:
    try:
        return await pinned_procedures(request)
    except ServiceUnavailable:
        return []


async def _requests(request: web.Request) -> dict[str, Any] | None:
    """Return a page of the account's requests, None while the service does not answer."""
    visit = visit_of(request)
    query = {"language": visit.language}
    if after := _identifier(request.query.get("avant", "")):
        query["after"] = after
    path = f"/accounts/{visit.account['account_id']}/requests"
    call = Call("GET", path, person=visit.person, query=query)
    try:
        found: dict[str, Any] = (await request.app[SERVICES].procedures.send(call)).json()
    except ServiceUnavailable:
        return None
    return found


def _identifier(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
