"""Pinning procedures (ACC-06)."""

import re
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem, ServiceUnavailable
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_own, signed_in
from gateway.pages.account.faults import faults_of
from gateway.pages.catalogue.reading import read_catalogue
from gateway.responses import local_path, redirect
from gateway.visits import session_of, visit_of

NAME = re.compile(r"[a-z0-9-]{2,80}")


@signed_in
async def change_favourite(request: web.Request) -> web.Response:
    """POST /compte/favoris: `go=pin` or `go=unpin` a procedure."""
    fields = request[FORM]
    name = text_of(fields, "procedure")
    method = "DELETE" if text_of(fields, "go") == "unpin" else "PUT"
    if NAME.fullmatch(name):
        try:
            await call_own(request, method, f"/favourites/{name}", repeatable=True)
        except ServiceProblem as problem:
            for fault in faults_of(problem, visit_of(request).gettext):
                (await session_of(request)).flash("warning", fault["message"])
    return redirect(local_path(text_of(fields, "return_to"), "") or "/compte")


async def pinned_procedures(request: web.Request) -> list[dict[str, Any]]:
    """Return the pinned procedures of the catalogue, the last pinned first (ACC-06)."""
    pinned = (await call_own(request, "GET", "/favourites")).json()["procedures"]
    if not pinned:
        return []
    catalogue = (await read_catalogue(request)).content
    known = {item["id"]: item for item in catalogue["procedures"]}
    return [known[name] for name in pinned if name in known]


async def pinned_state(request: web.Request, procedure: str) -> bool | None:
    """Say whether the visitor pinned a procedure; None when no button can be shown."""
    if visit_of(request).account is None:
        return None
    try:
        pinned = (await call_own(request, "GET", "/favourites")).json()["procedures"]
    except (ServiceProblem, ServiceUnavailable):
        return None
    return procedure in pinned
