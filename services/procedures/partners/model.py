"""A partner that one may be sent to, and how its site is (PAY-05, PAY-06)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from authority.text import Text
from chassis.errors import DomainError

# so many probes in a row without an answer say that a site is down, the first of them that it is
# disturbed; one answer says it is up
FAILURES = 3


class SiteState(StrEnum):
    """What the probes say of a partner's site."""

    UP = "up"
    DISTURBED = "disturbed"
    DOWN = "down"


@dataclass(frozen=True)
class SiteHealth:
    """What the last probes found; `state` is up or down."""

    state: SiteState
    failures: int
    since: datetime
    checked_at: datetime

    @property
    def told(self) -> SiteState:
        """Return what people are told: the first failure is said at once."""
        shaky = self.state is SiteState.UP and self.failures > 0
        return SiteState.DISTURBED if shaky else self.state

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
    is_payment: bool = False
    health: SiteHealth | None = None
    # calls made for people fail now, whatever the last probe found
    is_shaky: bool = False

    @property
    def state(self) -> SiteState:
        """Return what people are told of the site."""
        told = self.health.told if self.health is not None else SiteState.UP
        return SiteState.DISTURBED if self.is_shaky and told is SiteState.UP else told


class TargetNotFound(DomainError):
    """The procedure sends nobody anywhere: only configured addresses can be reached."""

    code = "target-not-found"
