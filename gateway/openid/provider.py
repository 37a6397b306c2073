"""A provider as it is asked: discovery, departure, exchange of the code, person, sign-out.

Every call has a time-out and no call is repeated: a code serves once.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog
from joserfc.jwk import KeySet
from yarl import URL

from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock, same_secret
from chassis.http_client import ClientSession
from gateway.openid.departures import Departure
from gateway.openid.settings import ProviderSettings
from gateway.openid.tokens import (
    AnswerRefused,
    KeyUnknown,
    check_times,
    read_keys,
    read_signed,
    subject_of,
)

CALL_SECONDS = 5.0
KEPT_SECONDS = 3600.0
# keys are read again for an unknown one, but not for each forged token
AGAIN_SECONDS = 5.0
MAX_BYTES = 256 * 1024
ENDPOINTS = (
    *("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"),
    "end_session_endpoint",
)

log = structlog.get_logger()


class ProviderAway(Exception):
    """No usable answer came: the provider is down, slow, or broken."""


@dataclass(frozen=True)
class VouchedPerson:
    """Whom the provider vouches for; `id_token` is kept for the sign-out."""

    subject: str = field(repr=False)
    claims: Mapping[str, Any] = field(repr=False)
    id_token: str = field(repr=False)


class OpenIdProvider:
    """One provider. The breaker spares people the wait while it is down."""

    def __init__(
        self, settings: ProviderSettings, session: ClientSession, public_url: str, clock: Clock
    ) -> None:
        self.settings = settings
        self.breaker = CircuitBreaker(clock)
        self._session = session
        self._public_url = public_url.rstrip("/")
        self._clock = clock
        self._about: tuple[float, Mapping[str, str]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    @property
    def return_url(self) -> str:
        """Return where the provider sends the browser back, registered with it beforehand."""
        return f"{self._public_url}/connexion/{self.settings.name}/retour"

    @property
    def signed_out_url(self) -> str:
        """Return where the provider sends the browser back after a sign-out."""
        return f"{self._public_url}/deconnexion/{self.settings.name}/retour"

    async def departure_url(self, state: str, departure: Departure) -> str:
        """Return where the browser goes to sign in; raise `ProviderAway`."""
        about = await self._discover()
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.return_url,
            "scope": " ".join(self.settings.scopes),
            "state": state,
            "nonce": departure.nonce,
            "acr_values": self.settings.acr_values,
        }
        # only where it is announced: ProConnect refuses parameters that it does not know
        if about["pkce"]:
            query |= {"code_challenge": departure.challenge, "code_challenge_method": "S256"}
        return str(URL(about["authorization_endpoint"]).update_query(query))

    async def sign_out_url(self, id_token: str, state: str) -> str:
        """Return where the browser goes to end the provider's session; raise `ProviderAway`."""
        query = {
            "id_token_hint": id_token,
            "state": state,
            "post_logout_redirect_uri": self.signed_out_url,
        }
        address = (await self._discover())["end_session_endpoint"]
        return str(URL(address).update_query(query))

    async def vouched_person(self, code: str, departure: Departure) -> VouchedPerson:
        """Return whom a code stands for; raise `AnswerRefused` or `ProviderAway`."""
        about = await self._discover()
        form = {
            "grant_type": "authorization_code",
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret,
            "redirect_uri": self.return_url,
            "code": code,
        }
        if about["pkce"]:
            form["code_verifier"] = departure.verifier
        tokens = _json(await self._call("POST", about["token_endpoint"], data=form))
        id_token, access = str(tokens.get("id_token", "")), str(tokens.get("access_token", ""))
        claims = await self._signed(id_token)
        self._check(claims, departure)
        headers = {"Authorization": f"Bearer {access}"}
        answer = await self._call("GET", about["userinfo_endpoint"], headers=headers)
        person = await self._signed(answer.decode("ascii", "replace").strip())
        check_times(person, self._clock.now(), needed=False)
        if subject_of(person) != subject_of(claims):
            raise AnswerRefused("subject")
        return VouchedPerson(subject_of(claims), person, id_token)

    def _check(self, claims: Mapping[str, Any], departure: Departure) -> None:
        check_times(claims, self._clock.now())
        nonce = claims.get("nonce")
        if not isinstance(nonce, str) or not same_secret(nonce.encode(), departure.nonce.encode()):
            raise AnswerRefused("nonce")
        accepted = self.settings.accepted_acr
        if accepted and claims.get("acr") not in accepted:
            raise AnswerRefused("acr")

    async def _signed(self, token: str) -> Mapping[str, Any]:
        try:
            return read_signed(token, await self._published_keys(), self.settings)
        except KeyUnknown:
            keys = await self._published_keys(AGAIN_SECONDS)
            return read_signed(token, keys, self.settings)

    async def _published_keys(self, oldest: float = KEPT_SECONDS) -> KeySet:
        now = self._clock.monotonic()
        if self._keys is None or now - self._keys[0] > oldest:
            address = (await self._discover())["jwks_uri"]
            self._keys = (now, read_keys(_json(await self._call("GET", address))))
        return self._keys[1]

    async def _discover(self) -> Mapping[str, str]:
        now = self._clock.monotonic()
        if self._about is None or now - self._about[0] > KEPT_SECONDS:
            address = f"{self.settings.issuer}/.well-known/openid-configuration"
            found = _json(await self._call("GET", address))
            self._about = (now, self._endpoints(found))
        return self._about[1]

    def _endpoints(self, found: Mapping[str, Any]) -> Mapping[str, str]:
        """Keep the addresses of the issuer itself: nothing else is ever called."""
        if found.get("issuer") != self.settings.issuer:
            raise AnswerRefused("discovery")
        origin = URL(self.settings.issuer).origin()
        about = {name: str(found.get(name, "")) for name in ENDPOINTS}
        for address in about.values():
            url = URL(address)
            if not url.is_absolute() or url.origin() != origin:
                raise AnswerRefused("discovery")
        methods = found.get("code_challenge_methods_supported") or []
        return {**about, "pkce": "S256" if "S256" in methods else ""}

    async def _call(self, method: str, url: str, **options: Any) -> bytes:
        if not self.breaker.allows():
            raise ProviderAway
        try:
            status, body = await self._exchange(method, url, options)
        except asyncio.CancelledError:
            self.breaker.abandoned()
            raise
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            self._failed(type(error).__name__)
            raise ProviderAway from None
        if status >= 500:
            self._failed(str(status))
            raise ProviderAway
        self.breaker.succeeded()
        if status != 200:
            raise AnswerRefused(f"status-{status}")
        if len(body) > MAX_BYTES:
            raise AnswerRefused("too-long")
        return body

    def _failed(self, error: str) -> None:
        self.breaker.failed()
        log.warning("identity provider away", provider=self.settings.name, error=error)

    async def _exchange(self, method: str, url: str, options: Any) -> tuple[int, bytes]:
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        async with self._session.request(
            method, url, timeout=timeout, allow_redirects=False, **options
        ) as response:
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MAX_BYTES:
                    break
            return response.status, bytes(body)


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise AnswerRefused("json") from None
    if not isinstance(found, dict):
        raise AnswerRefused("json")
    return found
