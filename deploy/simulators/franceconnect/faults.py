"""What goes wrong on demand: each fault is a way in which an answer must not be believed."""

from dataclasses import dataclass, field

# chosen on the page or planned by a test; the page takes those that concern one sign-in
KINDS = (
    "wrong_nonce",
    "wrong_audience",
    "wrong_issuer",
    "bad_signature",
    "hs256",
    "unsigned",
    "expired_token",
    "expired_code",
    "other_sub",
    "missing_claims",
    "missing_sub",
    "weak_acr",
    "token_500",
    "userinfo_500",
    "slow",
    "denied_by_provider",
)


@dataclass
class Fault:
    """A fault for the next `times` sign-ins; `seconds` is how slow a slow answer is."""

    kind: str
    times: int = 1
    seconds: float = 30.0


@dataclass
class Faults:
    """Faults to come, taken when somebody signs in."""

    planned: list[Fault] = field(default_factory=list)
    slow_seconds: float = 30.0

    def take(self) -> str:
        """Return the kind of the fault of this sign-in, '' for none."""
        for fault in self.planned:
            if fault.times > 0:
                fault.times -= 1
                self.slow_seconds = fault.seconds
                return fault.kind
        return ""
