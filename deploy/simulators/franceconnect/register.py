"""The state of the simulated providers: people, sign-ins under way, codes, tokens, sessions."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chassis.clock import Clock, IdSource
from deploy.simulators.franceconnect.identities import Person, demo_people
from deploy.simulators.franceconnect.model import (
    CODE_SECONDS,
    TOKEN_SECONDS,
    Asked,
    Client,
    Grant,
    Refused,
)

# what makes a `sub` differ from one client to another, and stay the same after a restart
PAIRWISE_SALT = b"parvis simulator of FranceConnect"
MOST_KEPT = 1000


@dataclass
class Register:
    """Everything is in memory: a restart forgets it, but not who is called what."""

    clients: Mapping[str, Client]
    clock: Clock
    people: dict[str, Person] = field(
        default_factory=lambda: {person.key: person for person in demo_people()}
    )
    asked: dict[str, Asked] = field(default_factory=dict)
    codes: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)
    sessions: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)
    ids: IdSource = field(default_factory=IdSource)
    # neither provider announces PKCE (RFC 7636); a test makes them
    pkce: bool = False

    def of_flavour(self, name: str) -> list[Person]:
        """Return the people of a provider, the newest first."""
        return [one for one in reversed(self.people.values()) if one.flavour == name]

    def sub(self, person: Person) -> str:
        """Return the pairwise identifier of a person for the client (OpenID Connect Core, 8.1)."""
        client = self.clients[person.flavour]
        text = f"{client.client_id} {person.key} {person.generation}"
        return hmac.new(PAIRWISE_SALT, text.encode(), hashlib.sha256).hexdigest() + "v1"

    def begin(self, asked: Asked) -> str:
        """Keep what was asked; return the number of its page."""
        return self._keep(self.asked, asked)

    def grant(self, number: str, person: Person, fault: str) -> tuple[Asked, str]:
        """Return what was asked, used up, and the code that answers it."""
        asked = self.take_asked(number)
        if person.flavour != asked.flavour.name:
            raise Refused("invalid_request", "this person is not of this provider")
        return asked, self._keep(self.codes, Grant(asked, person.key, self.clock.now(), fault))

    def take_asked(self, number: str) -> Asked:
        """Return a sign-in under way and forget it."""
        asked = self.asked.pop(number, None)
        if asked is None:
            raise Refused("invalid_request", "this sign-in is over")
        return asked

    def exchange(self, code: str) -> tuple[Grant, str]:
        """Return what a code grants and its access token: once, and for 30 seconds."""
        grant = self.codes.get(code)
        if grant is None or grant.used or grant.fault == "expired_code":
            raise Refused("invalid_grant", "the code is unknown, used or expired")
        grant.used = True
        if self._older(grant, CODE_SECONDS):
            raise Refused("invalid_grant", "the code is unknown, used or expired")
        return grant, self._keep(self.tokens, grant)

    def granted(self, token: str) -> Grant:
        """Return what an access token gives, for 60 seconds."""
        grant = self.tokens.get(token)
        if grant is None or self._older(grant, TOKEN_SECONDS):
            raise Refused("invalid_token", "the token is unknown or expired")
        return grant

    def claims(self, grant: Grant) -> dict[str, Any]:
        """Return what the scopes give of a person."""
        person, scopes = self.people[grant.person], grant.asked.flavour.scopes
        wanted = {name for scope in grant.asked.scopes for name in scopes[scope]}
        return {name: value for name, value in person.claims.items() if name in wanted}

    def open_session(self, person: Person) -> str:
        """Remember in the provider's own session who signed in."""
        session = (person.flavour, person.key, self.clock.now())
        return self._keep(self.sessions, session)

    def of_session(self, cookie: str, flavour: str, seconds: int) -> Person | None:
        """Return who is signed in at the provider already."""
        found = self.sessions.get(cookie)
        if found is None or found[0] != flavour:
            return None
        ended = self.clock.now() - found[2] >= timedelta(seconds=seconds)
        return None if ended else self.people.get(found[1])

    def end_sessions(self, person_key: str) -> None:
        """End the sessions of a person."""
        self._forget(self.sessions, [k for k, one in self.sessions.items() if one[1] == person_key])

    def _older(self, grant: Grant, seconds: int) -> bool:
        return self.clock.now() - grant.granted_at >= timedelta(seconds=seconds)

    def _keep(self, table: dict[str, Any], value: Any) -> str:
        self._forget(table, list(table)[: max(0, len(table) - MOST_KEPT)])
        number = self.ids.new_secret()
        table[number] = value
        return number

    def _forget(self, table: dict[str, Any], numbers: Iterable[str]) -> None:
        for number in numbers:
            del table[number]
