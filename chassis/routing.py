"""A service's HTTP surface as data: registered, validated and described from one declaration."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from chassis.health import product_version
from chassis.validation import is_storable, read_body, read_query

RouteHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]

BODY: web.RequestKey[Any] = web.RequestKey("body", object)
QUERY: web.RequestKey[Any] = web.RequestKey("query", object)


@dataclass(frozen=True)
class Route:
    """One address of a service.

    `body` and `query` are schemas; the handler finds what they loaded at `request[BODY]` and
    `request[QUERY]`. `answer` describes the 2xx body, `problems` the statuses it may refuse with.
    """

    method: str
    path: str
    handler: RouteHandler
    summary: str
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    answer: type[Schema] | None = None
    status: int = 200
    problems: Sequence[int] = ()
    headers: Mapping[str, str] | None = None
    media_type: str = "application/json"
    upload: bool = False


def register_routes(application: web.Application, routes: Sequence[Route]) -> None:
    """Add the routes, each behind the schemas that it declares."""
    for route in routes:
        application.router.add_route(route.method, route.path, _validated(route))


def _validated(route: Route) -> RouteHandler:
    body_schema = route.body() if route.body else None
    query_schema = route.query() if route.query else None

    async def handle(request: web.Request) -> web.StreamResponse:
        if any(not is_storable(value) for value in request.match_info.values()):
            raise web.HTTPNotFound  # nothing that is stored has such a name
        if query_schema is not None:
            request[QUERY] = await read_query(request, query_schema)
        if body_schema is not None:
            request[BODY] = await read_body(request, body_schema)
        return await route.handler(request)

    return handle


def describe_routes(title: str, routes: Sequence[Route]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the routes."""
    spec = APISpec(title, product_version(), "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.security_scheme("caller", {"type": "http", "scheme": "bearer"})
    spec.options["security"] = [{"caller": []}]
    for route in routes:
        spec.path(path=route.path, operations={route.method.lower(): _operation(route)})
    return spec.to_dict()


def _operation(route: Route) -> dict[str, Any]:
    parameters: list[Any] = [_path_parameter(name) for name in _path_names(route.path)]
    parameters += [_header(name, text) for name, text in (route.headers or {}).items()]
    if route.query is not None:
        parameters.append({"in": "query", "schema": route.query})
    operation: dict[str, Any] = {"summary": route.summary, "responses": _responses(route)}
    if parameters:
        operation["parameters"] = parameters
    if route.body is not None:
        operation["requestBody"] = _content("application/json", route.body, required=True)
    if route.upload:
        file = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = _content("multipart/form-data", file, required=True)
    return operation


def _responses(route: Route) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done"}
    if route.answer is not None:
        good |= _content(route.media_type, route.answer)
    elif route.media_type != "application/json":
        good |= _content(route.media_type, {"type": "string", "format": "binary"})
    responses = {str(route.status): good}
    nothing_there = {404} if _path_names(route.path) else set()
    for status in sorted({401, 422, 503, *nothing_there, *route.problems}):
        problem = _content("application/problem+json", {"type": "object"})
        responses[str(status)] = {"description": "Refused: see `code`", **problem}
    return responses


def _content(media_type: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"content": {media_type: {"schema": schema}}, **more}


def _path_names(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def _path_parameter(name: str) -> dict[str, Any]:
    return {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}


def _header(name: str, text: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "description": text, "schema": {"type": "string"}}
