"""Every answer is one that the service's own description announces."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import schemathesis
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chassis.caller import Person
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def examine(url: str, headers: Mapping[str, str], known: Mapping[str, Mapping[str, Any]]) -> None:
    """Try each operation with what it takes, with what it does not, and with what succeeds."""
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=8,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(
            strategies.one_of(
                operation.as_strategy(),
                operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
            )
        )
        def attempt(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=dict(headers), checks=CHECKS)

        attempt()
        if operation.label not in known:
            continue
        case = operation.Case(**known[operation.label])
        response = case.call_and_validate(headers=dict(headers), checks=CHECKS)
        assert response.status_code < 300


async def test_every_answer_is_described(gateway: Gateway, camille: UUID) -> None:
    headers = {
        "Authorization": gateway.token(Person(str(camille))),
        "Client-Address": "192.0.2.1",
    }
    typed = {"identifier": CAMILLE.identifier, "password": PASSWORD}
    known = {
        "POST /sign-ins": {"body": typed, "media_type": "application/json"},
        "GET /accounts/{id}": {"path_parameters": {"id": str(camille)}},
    }
    url = str(gateway.client.make_url("")).rstrip("/")
    await asyncio.to_thread(examine, url, headers, known)
