"""chassis.routing and chassis.validation: what does not fit is refused with its place"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from marshmallow import Schema, fields, validate

from chassis.problems import problem_middleware
from chassis.routing import BODY, QUERY, Route, describe_routes, register_routes


class Part(Schema):
    name = fields.String(required=True, validate=validate.Length(max=5))


class Body(Schema):
    parts = fields.List(fields.Nested(Part), required=True)


class Query(Schema):
    page = fields.Integer(load_default=1, validate=validate.Range(1, 99))


async def show(request: web.Request) -> web.Response:
    return web.json_response({"body": request[BODY], "query": request[QUERY]})


async def show_name(request: web.Request) -> web.Response:
    return web.json_response({"name": request.match_info["name"]})


ROUTES = [
    Route("POST", "/things", show, "Add things.", body=Body, query=Query, answer=Body, status=201),
    Route("GET", "/things/{name}", show_name, "Show a thing.", problems=(403,)),
]


@pytest.fixture
async def client() -> AsyncIterator[TestClient[Any, Any]]:
    application = web.Application(middlewares=[problem_middleware({})])
    register_routes(application, ROUTES)
    async with TestClient(TestServer(application)) as found:
        yield found


async def test_a_handler_finds_what_the_schemas_loaded(client: TestClient[Any, Any]) -> None:
    body = {"parts": [{"name": "sac"}]}
    async with client.post("/things?page=3&other=1", json=body) as response:
        assert await response.json() == {"body": body, "query": {"page": 3}}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b'{"parts": [{"name": "sac"}, {"name": "bicyclette"}]}', "/parts/1/name"),
        (b'{"parts": [{}]}', "/parts/0/name"),
        (b'{"parts": [], "more": 1}', "/more"),
        (b"", "/parts"),
        (b"[]", ""),
        (b'{"parts": NaN}', ""),
        (b'{"parts": 1e400}', ""),
        (b"{", ""),
        (b"[" * 100_000, ""),
        (b"\xff", ""),
        (b'{"parts": [{"name": "\\u0000"}]}', ""),
        (b'{"parts": [{"name": "\\ud800"}]}', ""),
        (b'{"parts": [' + b"9" * 5000 + b"]}", ""),
    ],
)
async def test_it_says_where_a_body_is_wrong(
    client: TestClient[Any, Any], body: bytes, pointer: str
) -> None:
    async with client.post("/things", data=body) as response:
        assert response.status == 422
        problem = await response.json()
    assert problem["code"] == "invalid-input"
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


@pytest.mark.promise("SEC-01")
async def test_a_body_packed_otherwise_than_it_says_is_refused(
    client: TestClient[Any, Any],
) -> None:
    headers = {"Content-Encoding": "gzip"}
    async with client.post("/things", data=b'{"parts": []}', headers=headers) as response:
        assert response.status == 422
        assert (await response.json())["errors"][0]["code"] == "unreadable"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("page=0", "/page"), ("page=two", "/page"), ("page=1&page=2", "/page"), ("page=%00", "")],
)
async def test_it_says_where_a_query_is_wrong(
    client: TestClient[Any, Any], query: str, pointer: str
) -> None:
    async with client.post(f"/things?{query}", json={"parts": []}) as response:
        assert response.status == 422
        assert [error["pointer"] for error in (await response.json())["errors"]] == [pointer]


async def test_a_name_that_nothing_can_have_leads_nowhere(client: TestClient[Any, Any]) -> None:
    async with client.get("/things/a%00b") as response:
        assert response.status == 404
    async with client.get("/things/caf%C3%A9") as response:
        assert await response.json() == {"name": "café"}


def test_it_describes_each_route_with_its_refusals() -> None:
    paths = describe_routes("Sample", ROUTES)["paths"]
    added = paths["/things"]["post"]
    assert set(added["responses"]) == {"201", "401", "422", "503"}
    assert added["requestBody"]["required"] is True
    assert added["parameters"][0]["name"] == "page"
    shown = paths["/things/{name}"]["get"]
    assert set(shown["responses"]) == {"200", "401", "403", "404", "422", "503"}
    assert shown["parameters"] == [
        {"in": "path", "name": "name", "required": True, "schema": {"type": "string"}}
    ]
