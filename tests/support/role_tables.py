"""Tables of who may call which address of a service, tried one by one (SEC-02)."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from aiohttp import ClientResponse
from marshmallow import Schema, fields, validate

from chassis.caller import Person
from chassis.routing import Route

REFUSALS = frozenset({401, 403, 404})


@dataclass(frozen=True)
class Caller:
    """Who calls: a service (None: without a token), for a person or for nobody."""

    service: str | None
    person: Person | None = None


@dataclass(frozen=True)
class Rule:
    """Callers who are served, and those whom more than their role decides upon (`either`).

    Every other caller is refused.
    """

    served: Collection[str]
    either: Collection[str] = ()


@dataclass
class Trial:
    """The rules of a service: the first whose beginning an address has; `bodies` by label.

    `read_first` are addresses that refuse what is sent (422) before they ask whose it is.
    """

    callers: Mapping[str, Caller]
    rules: Sequence[tuple[str, Rule]]
    bodies: Mapping[str, Any] = field(default_factory=dict)
    read_first: Collection[str] = ()

    def rule_of(self, label: str) -> Rule | None:
        """Return the rule of `METHOD /path`; a rule may name the method too."""
        path = label.partition(" ")[2]
        for beginning, rule in self.rules:
            if label.startswith(beginning) or path.startswith(beginning):
                return rule
        return None

    async def faults(
        self,
        route: Route,
        path: str,
        send: Callable[[Caller, str, str, Any], Awaitable[ClientResponse]],
    ) -> list[str]:
        """Try everybody, those to be refused first; return what is not as the rule says."""
        label = f"{route.method} {route.path}"
        rule = self.rule_of(label)
        assert rule is not None, f"no rule for {label}"
        body = self.bodies.get(label) or (minimal(route.body) if route.body else None)
        if route.query is not None and (asked := minimal(route.query)):
            path = f"{path}?{urlencode(asked)}"
        refusals = REFUSALS | ({422} if label in self.read_first else set())
        found = []
        for name in sorted(self.callers, key=lambda name: name in rule.served):
            status = (await send(self.callers[name], route.method, path, body)).status
            refused = status in refusals
            if status >= 500 and status != 503:
                found.append(f"{label}: {name} broke it ({status})")
            elif name in rule.served and status in (401, 403):
                found.append(f"{label}: {name} is refused ({status})")
            elif name not in (*rule.served, *rule.either) and not refused:
                found.append(f"{label}: {name} is let in ({status})")
        return found


def minimal(schema: type[Schema]) -> dict[str, Any]:
    """Return the least body that a schema takes, where its rules are simple ones."""
    return {name: _least(one) for name, one in schema().fields.items() if one.required}


def _least(one: Any) -> Any:
    choice = next((rule for rule in one.validators if isinstance(rule, validate.OneOf)), None)
    lengths = [rule.min or 1 for rule in one.validators if isinstance(rule, validate.Length)]
    least = max(lengths, default=0)
    if choice is not None:
        return next(iter(choice.choices))
    if isinstance(one, fields.Nested):
        return minimal(type(one.schema))
    if isinstance(one, fields.List):
        return [_least(one.inner) for _ in range(least)]
    if isinstance(one, fields.Enum):
        return next(iter(one.enum)).value
    values: list[tuple[type, Any]] = [
        (fields.UUID, str(uuid4())),
        (fields.Email, "personne@courriel.example"),
        (fields.Date, "2026-11-24"),
        (fields.Integer, 1),
        (fields.Boolean, True),
        (fields.Dict, {}),
        (fields.String, "x" * (least or 1)),
    ]
    return next((value for kind, value in values if isinstance(one, kind)), None)
