"""What goes wrong with the DGFiP's servers, on demand: once, some times, or by chance."""

from dataclasses import dataclass, field
from random import Random

# bad_gateway: an HTML page with the status 502; slow: the answer comes after `seconds`;
# lost_answer: the work is done and the connection cut; garbage: 200 with something that is no XML;
# technical and unavailable: the SOAP faults of the contract
KINDS = ("bad_gateway", "slow", "lost_answer", "garbage", "technical", "unavailable")


@dataclass
class Fault:
    """A fault for the next `times` calls of `operation` ('*' for any)."""

    kind: str
    operation: str = "*"
    times: int = 1
    seconds: float = 0.0


@dataclass
class Faults:
    """Faults to come; with `rate`, each call also fails by chance, as `seed` says."""

    planned: list[Fault] = field(default_factory=list)
    rate: float = 0.0
    kinds: tuple[str, ...] = ("bad_gateway", "technical", "garbage", "lost_answer")
    # a repeatable series of accidents, not a secret
    chance: Random = field(default_factory=lambda: Random(1))  # noqa: S311

    def take(self, operation: str) -> Fault | None:
        """Return the fault of this call, if any."""
        for fault in self.planned:
            if fault.times > 0 and fault.operation in ("*", operation):
                fault.times -= 1
                return fault
        if self.rate and self.chance.random() < self.rate:
            return Fault(self.chance.choice(self.kinds))
        return None

    def clear(self) -> None:
        """Forget every fault."""
        self.planned.clear()
        self.rate = 0.0
