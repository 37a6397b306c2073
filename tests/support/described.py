"""Examine a running service against its own OpenAPI description (schemathesis).

Deterministic (derandomised) and bounded: a dozen cases for each operation, what it takes and
what it does not, then the cases that must succeed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

EXAMPLES = 12
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def examine(
    url: str,
    headers: Mapping[str, str],
    known: Mapping[str, Mapping[str, Any]],
    places: Mapping[str, Sequence[str]] | None = None,
    away: frozenset[str] = frozenset(),
) -> None:
    """Fail where the service at `url` answers what it does not announce, or a 5xx.

    `headers` go with every call. `known` holds, for an operation ("GET /accounts/{id}"), the parts
    of a call that must succeed. `places` gives names in addresses values that exist, so that half
    of the cases get past the door. `away` names the problems with which a 503 says that another
    service, not there in the test, is needed.
    """
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    operations = {found.ok().label: found.ok() for found in schema.get_all_operations()}
    assert set(known) <= set(operations)
    for label, operation in operations.items():
        checks = [_serves(away), *CHECKS]
        _attempt(operation, headers, places or {}, checks)
        if label in known:
            case = operation.Case(**known[label])
            response = case.call_and_validate(headers=dict(headers), checks=checks)
            assert response.status_code < 300, label


def _serves(away: frozenset[str]) -> Any:
    def no_failure(_context: Any, response: Any, _case: schemathesis.Case) -> None:
        if response.status_code >= 500:
            assert response.json()["code"] in away, response.text

    return no_failure


def _attempt(
    operation: Any,
    headers: Mapping[str, str],
    places: Mapping[str, Sequence[str]],
    checks: list[Any],
) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        strategies.one_of(
            operation.as_strategy(),
            operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
        ),
        strategies.data(),
    )
    def attempt(case: schemathesis.Case, data: Any) -> None:
        if data.draw(strategies.booleans(), label="a place that exists"):
            for name in {*(case.path_parameters or {})} & set(places):
                case.path_parameters[name] = data.draw(strategies.sampled_from(places[name]))
        case.call_and_validate(headers=dict(headers), checks=checks)

    attempt()
