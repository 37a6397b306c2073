"""A partner that one may be sent to, and how its site is (PAY-05, PAY-06)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from authority.text import Text
from chassis.errors import DomainError

# so many probes in a row without an answer say that a site is down; one answer says it is up
FAILURES = 3


class SiteState(StrEnum):
    """What the probes say of a partner's site."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class SiteHealth:
    """What the last probes found."""

    state: SiteState
    failures: int
    since: datetime
    checked_at: datetime

    def after_probe(self, answered: bool, at: datetime) -> "SiteHealth":
        """Return the health after one more probe."""
        failures = 0 if answered else self.failures + 1
        state = self.state
        if answered:
            state = SiteState.UP
        elif failures >= FAILURES:
            state = SiteState.DOWN
        since = self.since if state is self.state else at
        return SiteHealth(state, failures, since, at)


def first_health(answered: bool, at: datetime) -> SiteHealth:
    """Return the health after the first probe ever."""
    return SiteHealth(SiteState.UP, 0 if answered else 1, at, at)


@dataclass(frozen=True)
class Target:
    """Where a procedure sends people, from its definition alone."""

    procedure_id: str
    name: Text
    url: str
    terms_note: Text
    data_shared: tuple[Text, ...]
    health: SiteHealth | None = None


class TargetNotFound(DomainError):
    """The procedure sends nobody anywhere: only configured addresses can be reached."""

    code = "target-not-found"
