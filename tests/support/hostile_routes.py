"""Sends what nobody should to every route of a service: only clear refusals may come back."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, BinaryIO, Protocol
from urllib.parse import quote

from aiohttp import ClientResponse
from yarl import URL

from chassis.routing import Route
from tests.support.hostile_values import ALONE, Hostile, sent

PLACES = ("0", "-1", "..", "%00", "%FF", "a" * 300, "null", "9" * 40, "1e9", "*", "%2e%2e%2f")
# three of them and a path stay under the 8 KB that a server reads of a first line
LONGEST = 60
JSON = {"Content-Type": "application/json"}


class Send(Protocol):
    """Calls the service as its callers do; `path` is percent-encoded already."""

    def __call__(
        self, method: str, path: URL, *, data: BinaryIO, headers: Mapping[str, str]
    ) -> Awaitable[ClientResponse]: ...


async def assault(
    send: Send,
    routes: Sequence[Route],
    hostile: Hostile,
    count: int,
    places: Callable[[str], Sequence[str]] = lambda _name: (),
) -> None:
    """Send `count` hostile calls over the routes; `places` are identifiers that exist."""
    for number in range(count):
        route = routes[number % len(routes)]
        path = "/".join(_step(step, hostile, places) for step in route.path.split("/"))
        body, headers = _body(route, hostile)
        url = URL(f"{path}?{_query(route, hostile)}", encoded=True)
        response = await send(route.method, url, data=sent(body), headers={**headers, **ALONE})
        # the services and partners that a route needs are not there
        if response.status != 503:
            await assert_clear(response, (number, route.method, path))


def _step(step: str, hostile: Hostile, places: Callable[[str], Sequence[str]]) -> str:
    if not step.startswith("{"):
        return step
    known = places(step.strip("{}"))
    if known and hostile.chance.random() < 0.5:
        return hostile.chance.choice(known)
    if hostile.chance.random() < 0.5:
        return hostile.chance.choice(PLACES)
    return quote(hostile.text()[:LONGEST] or "x", safe="", errors="replace")


def _query(route: Route, hostile: Hostile) -> str:
    names = list(route.query().fields) if route.query else ["x"]
    pairs = [
        (hostile.chance.choice(names), hostile.text()[:LONGEST])
        for _ in range(hostile.chance.randrange(4))
    ]
    return "&".join(f"{name}={quote(text, safe='', errors='replace')}" for name, text in pairs)


def _body(route: Route, hostile: Hostile) -> tuple[bytes, dict[str, str]]:
    if route.body is None:
        return b"", {}
    names = list(route.body().fields)
    like = {name: hostile.value(names) for name in names if hostile.chance.random() < 0.9}
    if hostile.chance.random() < 0.3:
        return hostile.body(like or {"x": 1})
    return json.dumps(like).encode(), JSON


async def assert_clear(response: ClientResponse, which: Any) -> None:
    """A success, or a problem document that says what is wrong and where (RFC 9457)."""
    body = await response.read()
    assert response.status < 500, (which, response.status, body[:2000])
    if response.status < 400:
        return
    assert response.content_type == "application/problem+json", (which, response.status, body)
    problem = json.loads(body)
    assert problem["status"] == response.status, which
    assert problem["title"], which
    assert problem["code"], which
    if problem["code"] == "invalid-input":
        assert all(fault["message"] for fault in problem["errors"]), (which, problem)
