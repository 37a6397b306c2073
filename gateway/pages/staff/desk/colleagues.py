"""The staff of a service by name, as identity knows them: a page goes without when it is away."""

from collections.abc import Mapping

from aiohttp import web

from chassis.http_client import Call, ServiceProblem, ServiceUnavailable
from gateway.parts import SERVICES
from gateway.visits import visit_of


async def colleagues_of(request: web.Request, service: str) -> Mapping[str, str]:
    """Return account -> name of those who work for the service, by name; empty when unknown."""
    query, person = {"service": service}, visit_of(request).person
    call = Call("GET", "/staff/colleagues", person=person, query=query)
    try:
        answer = await request.app[SERVICES].identity.send(call)
    except (ServiceProblem, ServiceUnavailable):
        return {}
    return {one["account_id"]: one["name"] for one in answer.json()["colleagues"]}
