"""Which version is in force when: pure functions of the dates, and where a new version may go.

A version is in force from its own instant until the next one's: no gap, no overlap. Numbers rise
with dates, so that "version 3" always replaced "version 2". A cancelled version has no place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from services.legal.documents.model import MATERIAL, State


@dataclass(frozen=True)
class DatedVersion:
    """A published version and its instants."""

    version: int
    effective_from: datetime
    change: str
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class Period:
    """When a version is in force: from `begins`, until `ends` (excluded; None: still open)."""

    version: DatedVersion
    begins: datetime
    ends: datetime | None

    def state_at(self, at: datetime) -> State:
        """Return the state that time alone gives the version."""
        if at < self.begins:
            return State.SCHEDULED
        return State.IN_FORCE if self.ends is None or at < self.ends else State.SUPERSEDED


def periods_of(versions: Sequence[DatedVersion]) -> list[Period]:
    """Return the periods of the versions that stand, oldest first."""
    standing = sorted(
        (one for one in versions if one.cancelled_at is None), key=lambda one: one.effective_from
    )
    ends = [one.effective_from for one in standing[1:]]
    return [Period(one, one.effective_from, end) for one, end in zip_longest(standing, ends)]


def state_of(version: DatedVersion, versions: Sequence[DatedVersion], at: datetime) -> State:
    """Return the state of one of the `versions` at an instant."""
    found = next((one for one in periods_of(versions) if one.version == version), None)
    return State.CANCELLED if found is None else found.state_at(at)


def version_in_force(versions: Sequence[DatedVersion], at: datetime) -> DatedVersion | None:
    """Return the version in force at an instant; None before the first."""
    periods = periods_of(versions)
    return next((one.version for one in periods if one.state_at(at) is State.IN_FORCE), None)


def next_change_after(versions: Sequence[DatedVersion], at: datetime) -> datetime | None:
    """Return the instant at which another version comes into force; None when none is scheduled."""
    return min((one.begins for one in periods_of(versions) if one.begins > at), default=None)


def acceptance_floor(versions: Sequence[DatedVersion], at: datetime) -> int:
    """Return the lowest version whose acceptance still holds at an instant; 0 before the first.

    It is the last one in force until then that changed something material: whoever accepted it,
    or a later one, is not asked again (LEG-03).
    """
    past = [one.version for one in periods_of(versions) if one.begins <= at]
    numbers = [one.version for one in past]
    material = [one.version for one in past if one.change == MATERIAL]
    return (material or numbers[:1] or [0])[-1]


def placement_fault(
    versions: Sequence[DatedVersion], effective_from: datetime, now: datetime
) -> str | None:
    """Say why a new version may not come into force at an instant: a stable name, or None.

    `in-the-past`, or `before-another` when a version that stands comes later: cancel that one
    first, since its text was written without this amendment.
    """
    if effective_from < now:
        return "in-the-past"
    standing = periods_of(versions)
    return "before-another" if standing and effective_from <= standing[-1].begins else None


def next_number(versions: Sequence[DatedVersion]) -> int:
    """Return the number of the next version; that of a cancelled one is not used again."""
    return max((one.version for one in versions), default=0) + 1
