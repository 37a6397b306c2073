"""Circuit breaker: after repeated failures a partner is left alone for a while.

Our own because the libraries found are unmaintained (docs/adr).
"""

from dataclasses import dataclass

from chassis.clock import Clock

FAILURES = 5
PAUSE_SECONDS = 5.0
# a failure tells of the present for so long, when nothing succeeded since
SHAKY_SECONDS = 60.0


@dataclass
class CircuitBreaker:
    """Closed while calls succeed; open (refusing) for a pause; then one trial call decides."""

    clock: Clock
    failures: int = FAILURES
    pause_seconds: float = PAUSE_SECONDS
    _count: int = 0
    _opened_at: float | None = None
    _trying: bool = False
    _failed_at: float | None = None

    @property
    def state(self) -> str:
        """Return 'closed', 'open' or 'half-open'."""
        if self._opened_at is None:
            return "closed"
        if self.clock.monotonic() - self._opened_at < self.pause_seconds:
            return "open"
        return "half-open"

    @property
    def is_shaky(self) -> bool:
        """Say whether the last call failed, not long ago: what people are told at once."""
        if self._failed_at is None:
            return False
        return self.clock.monotonic() - self._failed_at < SHAKY_SECONDS

    def allows(self) -> bool:
        """Say whether a call may be made now; in half-open state only one may."""
        state = self.state
        if state == "half-open" and not self._trying:
            self._trying = True
            return True
        return state == "closed"

    def succeeded(self) -> None:
        """Tell that a call was answered."""
        self._count, self._opened_at, self._trying = 0, None, False
        self._failed_at = None

    def failed(self) -> None:
        """Tell that a call got no usable answer."""
        self._count += 1
        self._trying = False
        self._failed_at = self.clock.monotonic()
        if self._opened_at is not None or self._count >= self.failures:
            self._opened_at = self.clock.monotonic()

    def abandoned(self) -> None:
        """Tell that a call was cancelled before its outcome: nothing is learnt from it."""
        self._trying = False
