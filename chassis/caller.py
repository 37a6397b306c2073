"""Signed identity of the calling service and of the person it acts for.

Each call carries a JWT signed with the caller's Ed25519 key, for one audience and less than a
minute. The person is a claim of its own: a service believes its caller, never a header.
Calls made for the same person within seconds carry the same token, signed and checked once.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import extract_compact

from chassis.clock import Clock, IdSource
from chassis.problems import NotAuthenticated

ALGORITHM = "Ed25519"
LIFETIME = timedelta(seconds=50)
SKEW = timedelta(seconds=5)
# what is left of a token that is used again outlasts any call
REUSED_SECONDS = 20.0
KEPT = 1000


@dataclass(frozen=True)
class Person:
    """The signed-in person for whom a service calls."""

    account_id: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Caller:
    """Who calls: a service, and the person it acts for (None when anonymous)."""

    service: str
    person: Person | None = None


CALLER = web.RequestKey("caller", Caller)


def load_private_key(file: Path) -> OKPKey:
    """Read the Ed25519 private key of this process (PEM)."""
    return OKPKey.import_key(file.read_bytes())


def load_public_keys(folder: Path) -> dict[str, OKPKey]:
    """Read `<service>.pem` public keys; the file's name is the service's."""
    return {
        file.stem: OKPKey.import_key(file.read_bytes()) for file in sorted(folder.glob("*.pem"))
    }


class CallerSigner:
    """Makes the tokens with which this service calls others."""

    def __init__(self, service: str, key: OKPKey, clock: Clock) -> None:
        self.service = service
        self._key = key
        self._clock = clock
        self._ids = IdSource()
        self._made: OrderedDict[tuple[str, Person | None], tuple[float, str]] = OrderedDict()

    def token(self, audience: str, person: Person | None = None) -> str:
        """Return a token for calls to `audience`, good for half a minute at least."""
        now = self._clock.now().timestamp()
        made_at, token = self._made.get((audience, person), (0.0, ""))
        if not 0 <= now - made_at < REUSED_SECONDS:
            token = self._new_token(audience, person)
            _keep(self._made, (audience, person), (now, token))
        return token

    def _new_token(self, audience: str, person: Person | None) -> str:
        now = self._clock.now()
        claims: dict[str, Any] = {
            "iss": self.service,
            "aud": audience,
            "iat": int(now.timestamp()),
            "exp": int((now + LIFETIME).timestamp()),
            "jti": str(self._ids.new_id()),
            "person": None,
        }
        if person is not None:
            claims["person"] = {"account_id": person.account_id, "roles": list(person.roles)}
        return self.sign(claims, "caller")

    def sign(self, claims: Mapping[str, Any], kind: str) -> str:
        """Sign any claims; `kind` (the `typ` header) keeps one use from passing for another."""
        header = {"alg": ALGORITHM, "typ": f"{kind}+jwt"}
        return jwt.encode(header, dict(claims), self._key, algorithms=[ALGORITHM])


class SignatureChecker:
    """Checks what other services signed."""

    def __init__(self, audience: str, keys: Mapping[str, OKPKey], clock: Clock) -> None:
        self.audience = audience
        self._keys = keys
        self._clock = clock
        self._checked: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def claims(self, token: str, kind: str) -> dict[str, Any]:
        """Return the claims of a token of this `kind`, for this audience, by a known issuer.

        Raises `NotAuthenticated` otherwise. Times are checked by `caller`: evidence has none.
        """
        try:
            issuer = _unverified_issuer(token)
            decoded = jwt.decode(token, self._keys[issuer], algorithms=[ALGORITHM])
        except (JoseError, KeyError, ValueError, TypeError, RecursionError):
            raise NotAuthenticated("The token is not valid.") from None
        claims = dict(decoded.claims)
        if decoded.header.get("typ") != f"{kind}+jwt" or claims.get("aud") != self.audience:
            raise NotAuthenticated("The token was made for something else.")
        return claims

    def caller(self, token: str) -> Caller:
        """Return who makes a call, or raise `NotAuthenticated`."""
        claims = self._checked.get(token)
        if claims is None:
            claims = self.claims(token, "caller")
            _keep(self._checked, token, claims)
        now = self._clock.now().timestamp()
        issued, expires = claims.get("iat"), claims.get("exp")
        if not isinstance(issued, int) or not isinstance(expires, int):
            raise NotAuthenticated("The token has no times.")
        skew = SKEW.total_seconds()
        if not issued - skew <= now < expires + skew or expires - issued > 60:
            raise NotAuthenticated("The token has expired.")
        return Caller(str(claims["iss"]), _person(claims.get("person")))


def _keep(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    """Keep a value; the oldest of too many is let go."""
    kept[key] = value
    while len(kept) > KEPT:
        kept.popitem(last=False)


def _unverified_issuer(token: str) -> str:
    return str(json.loads(extract_compact(token.encode()).payload)["iss"])


def _person(claim: Any) -> Person | None:
    if not isinstance(claim, dict):
        return None
    return Person(str(claim["account_id"]), tuple(str(role) for role in claim.get("roles", [])))


def caller_middleware(checker: SignatureChecker, open_paths: frozenset[str]) -> Any:
    """Let in only calls signed by a known service; put the `Caller` in the request."""

    @web.middleware
    async def authenticate_caller(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path in open_paths:
            return await handler(request)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotAuthenticated("A bearer token is needed.")
        request[CALLER] = checker.caller(token)
        return await handler(request)

    return authenticate_caller
