"""Sign-ins that left for a provider, in the browser's session: each comes back once."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, field

from chassis.clock import IdSource
from gateway.sessions import Session

DEPARTURES = "departures"
MOST = 5
SECONDS = 1800.0


@dataclass(frozen=True)
class Departure:
    """What must come back, and what was under way; `link` adds to the account signed in."""

    provider: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    return_to: str
    link: bool
    left_at: float

    @property
    def challenge(self) -> str:
        """Return what stands for the verifier at the provider (PKCE, RFC 7636)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")


def leave(
    session: Session, provider: str, return_to: str, now: float, *, link: bool
) -> tuple[str, Departure]:
    """Return the state of a new departure (256 bits), and the departure; the oldest is let go."""
    ids = IdSource()
    state = ids.new_secret()
    departure = Departure(provider, ids.new_secret(), ids.new_secret(), return_to, link, now)
    held = list(session.get(DEPARTURES, {}).items())[-(MOST - 1) :]
    session.put(DEPARTURES, {**dict(held), state: asdict(departure)})
    return state, departure


def come_back(session: Session, provider: str, state: str, now: float) -> Departure | None:
    """Return the departure of a state, used up; None when this browser never left with it."""
    held = dict(session.get(DEPARTURES, {}))
    found = held.pop(state, None)
    if found is None:
        return None
    session.put(DEPARTURES, held)
    departure = Departure(**found)
    late = now - departure.left_at > SECONDS
    return None if late or departure.provider != provider else departure
