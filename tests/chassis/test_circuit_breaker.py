"""chassis.circuit_breaker"""

from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock


class Ticking(Clock):
    """A monotonic clock moved by hand."""

    seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


def test_it_opens_after_repeated_failures_and_tries_once_after_the_pause() -> None:
    clock = Ticking()
    breaker = CircuitBreaker(clock, failures=3, pause_seconds=5)
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    assert breaker.state == "open"
    assert not breaker.allows()
    clock.seconds = 6
    assert breaker.allows()
    assert not breaker.allows(), "only one trial call at a time"
    breaker.failed()
    assert breaker.state == "open"
    clock.seconds = 12
    assert breaker.allows()
    breaker.abandoned()
    assert breaker.allows(), "a cancelled trial leaves room for another"
    breaker.succeeded()
    assert breaker.state == "closed"


def test_a_success_forgets_earlier_failures() -> None:
    breaker = CircuitBreaker(Ticking(), failures=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.state == "closed"
