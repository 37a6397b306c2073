"""Every answer is one that the service's own description announces."""

import asyncio
from collections.abc import Mapping
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chassis.clock import IdSource
from tests.services.legal.conftest import TERMS, Callers, version

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
            max_examples=20,
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
        case = operation.Case(**known[operation.label])
        response = case.call_and_validate(headers=dict(headers), checks=CHECKS)
        assert response.status_code < 300


async def test_every_answer_is_described(callers: Callers, published: object) -> None:
    shown = version()
    accepted = {
        "subject_kind": "request",
        "subject_id": str(IdSource().new_id()),
        "document": shown.slug,
        "version": shown.version,
        "content_hash": shown.texts["fr"].content_hash,
        "language": "fr",
        "page": "/demarches",
    }
    known = {
        "GET /documents": {"query": {"language": "en"}},
        "GET /documents/{slug}": {"path_parameters": {"slug": TERMS}, "query": {"version": 1}},
        "POST /acceptances": {"body": accepted, "media_type": "application/json"},
    }
    url = str(callers.client.make_url("")).rstrip("/")
    await asyncio.to_thread(examine, url, callers.authorization(), known)
