"""A clock that tests and demonstrations move forward."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chassis.clock import Clock

PARIS = ZoneInfo("Europe/Paris")


class MovableClock(Clock):
    """The real time, moved by an offset that only grows; `frozen_at` stops it (tests)."""

    def __init__(self, frozen_at: datetime | None = None) -> None:
        self._frozen_at = frozen_at
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the moved instant, in UTC."""
        return (self._frozen_at or super().now()) + self._offset

    def advance(self, seconds: float) -> None:
        """Move forward; nothing can be moved back."""
        self._offset += timedelta(seconds=max(0.0, seconds))
