"""chassis.problems and the middlewares around it, on a real server"""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import redis.exceptions
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import REGISTRY

from chassis.database import Database
from chassis.errors import DomainError, NotAllowed, PartnerAway
from chassis.logs import REQUEST_ID, request_id_middleware
from chassis.metrics import measure
from chassis.problems import Problem, problem_middleware


class Taken(DomainError):
    """For the test."""

    code = "taken"


RAISED: dict[str, Exception] = {
    "taken": Taken("It is taken.", since=3),
    "not-allowed": NotAllowed(),
    "bug": RuntimeError("Camille, 3 rue des Lilas"),
    "missing-file": FileNotFoundError("/secret/path"),
    "redis": redis.exceptions.ConnectionError("redis://:s3cret@10.0.0.1"),
    "partner": PartnerAway("legal"),
    "database": ConnectionRefusedError("10.0.0.1"),
    "starting": asyncpg.CannotConnectNowError("starting up"),
    "slow": TimeoutError(),
    "too-large": web.HTTPRequestEntityTooLarge(1, 2),
}


@pytest.fixture
async def client() -> AsyncIterator[TestClient[Any, Any]]:
    async def fail(request: web.Request) -> web.Response:
        raise RAISED[request.match_info["kind"]]

    table = {Taken: Problem(409, "Taken", {"X-Why": "it"})}
    middlewares = [
        request_id_middleware(trust_inbound=True),
        measure,
        problem_middleware(table),
    ]
    application = web.Application(middlewares=middlewares)
    application.router.add_route("*", "/{kind:[a-z-]+}", fail)
    async with TestClient(TestServer(application)) as found:
        yield found


async def test_a_domain_error_is_a_problem_document(client: TestClient[Any, Any]) -> None:
    async with client.get("/taken", headers={REQUEST_ID: "my-own-request-1"}) as response:
        assert response.status == 409
        assert response.content_type == "application/problem+json"
        assert response.headers["X-Why"] == "it"
        assert response.headers[REQUEST_ID] == "my-own-request-1"
        assert await response.json() == {
            "type": "/problems/taken",
            "title": "Taken",
            "status": 409,
            "code": "taken",
            "detail": "It is taken.",
            "instance": "/requests/my-own-request-1",
            "since": 3,
        }


@pytest.mark.promise("DAT-05")
@pytest.mark.parametrize("kind", ["bug", "missing-file"])
async def test_a_mistake_of_ours_is_a_500_that_leaks_nothing(
    client: TestClient[Any, Any], kind: str
) -> None:
    async with client.get(f"/{kind}") as response:
        assert response.status == 500
        text = await response.text()
    assert "Camille" not in text
    assert "secret" not in text


@pytest.mark.promise("AVA-03")
@pytest.mark.parametrize("kind", ["redis", "partner", "database", "starting", "slow"])
async def test_a_server_that_is_away_is_a_503_to_try_again(
    client: TestClient[Any, Any], kind: str
) -> None:
    async with client.get(f"/{kind}") as response:
        assert response.status == 503
        assert response.headers["Retry-After"] == "2"
        assert (await response.json())["code"] == "temporarily-unavailable"
        assert "s3cret" not in await response.text()


@pytest.mark.parametrize(("kind", "status"), [("not-allowed", 403), ("too-large", 413)])
async def test_other_refusals_are_problem_documents_too(
    client: TestClient[Any, Any], kind: str, status: int
) -> None:
    async with client.get(f"/{kind}") as response:
        assert response.status == status
        assert response.content_type == "application/problem+json"


async def test_an_unknown_address_and_method_make_no_series_of_their_own(
    client: TestClient[Any, Any],
) -> None:
    async with client.request("PROPFIND", "/taken") as response:
        assert response.status == 409
    async with client.get("/NOWHERE/12345") as response:
        assert response.status == 404
    assert _count("other", "/{kind}", "409") == 1
    assert _count("GET", "unknown", "404") >= 1
    assert not [sample for sample in _samples() if "12345" in str(sample.labels)]


def _samples() -> list[Any]:
    return [sample for metric in REGISTRY.collect() for sample in metric.samples]


def _count(method: str, route: str, status: str) -> float:
    labels = {"method": method, "route": route, "status": status}
    return REGISTRY.get_sample_value("parvis_http_requests_total", labels) or 0.0


async def test_a_value_that_fits_no_column_is_our_mistake_not_an_outage(
    empty_database_url: str,
) -> None:
    database = await Database.open(empty_database_url, size=1)

    async def overflow(_request: web.Request) -> web.Response:
        async with database.connection() as connection:
            await connection.fetchval("SELECT $1::int", 2**40)
        return web.Response()

    application = web.Application(middlewares=[problem_middleware({})])
    application.router.add_get("/", overflow)
    server = TestServer(application)
    await server.start_server()
    async with ClientSession() as session, session.get(server.make_url("/")) as response:
        assert response.status == 500
    await server.close()
    await database.close()
