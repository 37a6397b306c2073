"""The account's data in the empty fields of a page, and the way back to the account (ACC-05).

Only forms of the authority's own procedures: nothing of the account goes to a partner's page or a
payment. Never for staff, who also type for people at the counter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem, ServiceUnavailable
from gateway.pages.account.access import call_own
from gateway.visits import visit_of

INTERNAL = "internal"
CIVILITY = "civility"
TITLE = "title"
# the form's words for what the account calls `title`
CIVILITIES = {"madame": "mme", "monsieur": "m"}


@dataclass(frozen=True)
class Binding:
    """A question, or a part of one, that the account may answer; `name` is the account's word."""

    field: str
    part: str
    name: str
    label: str
    options: frozenset[str]

    def answer(self, answers: Mapping[str, Any]) -> str:
        """Return what is typed there, '' for nothing."""
        found = answers.get(self.field, "")
        if self.part:
            found = found.get(self.part, "") if isinstance(found, dict) else ""
        return found if isinstance(found, str) else ""

    def filled(self, answers: dict[str, Any], value: str) -> dict[str, Any]:
        """Return the answers with this one."""
        if not self.part:
            return {**answers, self.field: value}
        return {**answers, self.field: {**answers.get(self.field, {}), self.part: value}}

    def shown(self, kept: str) -> str:
        """Return a kept value as the form has it, '' when it has no such answer."""
        value = CIVILITIES.get(kept, "") if self.name == TITLE else kept
        return value if not self.options or value in self.options else ""

    def kept(self, typed: str) -> str:
        """Return a typed value as the account has it."""
        named = {short: name for name, short in CIVILITIES.items()}
        return named.get(typed, typed) if self.name == TITLE else typed


def bindings_of(
    request: web.Request, procedure: Mapping[str, Any], page: Mapping[str, Any]
) -> list[Binding]:
    """Return what the account of the visitor may answer on a page."""
    account = visit_of(request).account
    if account is None or account.get("roles") or procedure["kind"] != INTERNAL:
        return []
    return [found for field in page["fields"] for found in _bindings(field)]


def _bindings(field: Mapping[str, Any]) -> Iterator[Binding]:
    for part in field.get("parts", []):
        if part.get("prefill"):
            yield _binding(part, field["id"], part["id"])
    if field.get("prefill") and not field.get("parts"):
        yield _binding(field, field["id"], "")


def _binding(question: Mapping[str, Any], field: str, part: str) -> Binding:
    name = TITLE if question["prefill"] == CIVILITY else question["prefill"]
    options = frozenset(option["value"] for option in question.get("options", []))
    return Binding(field, part, name, question["label"], options)


async def prefilled(
    request: web.Request,
    procedure: Mapping[str, Any],
    page: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> tuple[dict[str, Any], list[str]]:
    """Return the answers with the account's own where none was ever given, and their labels.

    What was saved empty stays empty. With the identity service down nothing is prefilled.
    """
    filled = dict(answers)
    empty = [one for one in bindings_of(request, procedure, page) if one.field not in answers]
    kept = await _kept(request, empty)
    labels = []
    for binding in empty:
        if value := binding.shown(kept.get(binding.name, "")):
            filled = binding.filled(filled, value)
            labels.append(binding.label)
    return filled, labels


async def _kept(request: web.Request, bindings: list[Binding]) -> Mapping[str, str]:
    if not bindings:
        return {}
    try:
        return await kept_values(request, bindings)
    except (ServiceProblem, ServiceUnavailable):
        return {}


async def kept_values(request: web.Request, bindings: list[Binding]) -> Mapping[str, str]:
    """Return what the account keeps of the bindings' data; raises as `ServiceClient.send`."""
    names = ",".join(sorted({binding.name for binding in bindings}))
    answer = await call_own(request, "GET", f"/prefill?names={names}")
    values: Mapping[str, str] = answer.json()["values"]
    return values
