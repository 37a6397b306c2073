"""What the client's server calls: discovery, keys, token, userinfo."""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from typing import Any

from aiohttp import web

from chassis.clock import same_secret
from deploy.simulators.franceconnect.faults import Faults
from deploy.simulators.franceconnect.model import (
    FLAVOURS,
    TOKEN_SECONDS,
    Flavour,
    Grant,
    Refused,
)
from deploy.simulators.franceconnect.register import Register
from deploy.simulators.franceconnect.tokens import ALGORITHM, TokenMaker


class Endpoints:
    """The addresses of both providers that no browser opens."""

    def __init__(self, register: Register, makers: dict[str, TokenMaker], faults: Faults) -> None:
        self._register = register
        self._makers = makers
        self._faults = faults

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses, under the path of each provider."""
        found: list[web.RouteDef] = []
        for flavour in FLAVOURS.values():
            handlers = _OfFlavour(self, flavour)
            path = flavour.path
            found += [
                web.get(f"{path}/.well-known/openid-configuration", handlers.discover),
                web.get(f"{path}/jwks", handlers.show_keys),
                web.post(f"{path}/token", handlers.exchange),
                web.get(f"{path}/userinfo", handlers.show_person),
            ]
        return found

    @property
    def pkce(self) -> bool:
        """Say whether PKCE is announced."""
        return self._register.pkce

    def keys(self, flavour: Flavour) -> dict[str, Any]:
        """Return the provider's public keys."""
        return self._makers[flavour.name].public_keys()

    async def tokens(self, flavour: Flavour, form: Any) -> dict[str, Any]:
        """Return what a code is exchanged for; raise `Refused`."""
        client = self._register.clients[flavour.name]
        sent = str(form.get("client_secret", ""))
        if str(form.get("client_id", "")) != client.client_id or not same_secret(
            sent.encode(), client.client_secret.encode()
        ):
            raise Refused("invalid_client", "client_secret_post is needed")
        if form.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type", "only authorization_code")
        grant, access_token = self._register.exchange(str(form.get("code", "")))
        if form.get("redirect_uri") != grant.asked.redirect_uri:
            raise Refused("invalid_grant", "another redirect_uri")
        _check_verifier(grant, str(form.get("code_verifier", "")))
        await self._suffer(grant, "token_500")
        return {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "scope": " ".join(grant.asked.scopes),
            "id_token": self._id_token(grant),
        }

    async def person(self, flavour: Flavour, token: str) -> str:
        """Return the signed claims of whom an access token is about; raise `Refused`."""
        grant = self._register.granted(token)
        if grant.asked.flavour is not flavour:
            raise Refused("invalid_token", "of another provider")
        await self._suffer(grant, "userinfo_500")
        claims = {"sub": self._sub(grant), **self._register.claims(grant)}
        if grant.fault == "other_sub":
            claims["sub"] = claims["sub"][::-1]
        if grant.fault == "missing_claims":
            claims = {"sub": claims["sub"]}
        return self._makers[flavour.name].token(grant.asked.issuer, claims)

    def _id_token(self, grant: Grant) -> str:
        claims: dict[str, Any] = {
            "sub": self._sub(grant),
            "nonce": grant.asked.nonce if grant.fault != "wrong_nonce" else "x" * 43,
            "acr": "eidas1" if grant.fault != "weak_acr" else "none",
            "auth_time": int(grant.granted_at.timestamp()),
            "amr": ["pwd"],
        }
        if grant.fault == "missing_sub":
            del claims["sub"]
        flavour = grant.asked.flavour.name
        return self._makers[flavour].token(grant.asked.issuer, claims, grant.fault)

    def _sub(self, grant: Grant) -> str:
        return self._register.sub(self._register.people[grant.person])

    async def _suffer(self, grant: Grant, broken: str) -> None:
        if grant.fault == broken:
            raise web.HTTPInternalServerError(text="broken on purpose")
        if grant.fault == "slow":
            await asyncio.sleep(self._faults.slow_seconds)


class _OfFlavour:
    """The same addresses, for one provider."""

    def __init__(self, endpoints: Endpoints, flavour: Flavour) -> None:
        self._endpoints = endpoints
        self._flavour = flavour

    async def discover(self, request: web.Request) -> web.Response:
        """GET /.well-known/openid-configuration."""
        issuer = issuer_of(request, self._flavour)
        scopes = self._flavour.scopes
        pkce = {"code_challenge_methods_supported": ["S256"]} if self._endpoints.pkce else {}
        return web.json_response(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/jwks",
                "end_session_endpoint": f"{issuer}/session/end",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["pairwise"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                "id_token_signing_alg_values_supported": [ALGORITHM],
                "userinfo_signing_alg_values_supported": [ALGORITHM],
                "acr_values_supported": ["eidas1"],
                "scopes_supported": list(scopes),
                "claims_supported": sorted({one for names in scopes.values() for one in names}),
                **pkce,
            }
        )

    async def show_keys(self, _request: web.Request) -> web.Response:
        """GET /jwks."""
        return web.json_response(self._endpoints.keys(self._flavour))

    async def exchange(self, request: web.Request) -> web.Response:
        """POST /token."""
        try:
            tokens = await self._endpoints.tokens(self._flavour, await request.post())
        except Refused as refused:
            body = {"error": refused.code, "error_description": refused.description}
            return web.json_response(body, status=401 if refused.code == "invalid_client" else 400)
        return web.json_response(tokens)

    async def show_person(self, request: web.Request) -> web.Response:
        """GET /userinfo: a signed JWT."""
        _, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            signed = await self._endpoints.person(self._flavour, token)
        except Refused as refused:
            raise web.HTTPUnauthorized(text=refused.code) from None
        return web.Response(text=signed, content_type="application/jwt")


def issuer_of(request: web.Request, flavour: Flavour) -> str:
    """Return the issuer: the address at which the provider is asked."""
    return f"{request.url.origin()}{flavour.path}"


def _check_verifier(grant: Grant, verifier: str) -> None:
    """PKCE (RFC 7636), for a client that began with it."""
    if not grant.asked.challenge:
        return
    digest = hashlib.sha256(verifier.encode()).digest()
    if urlsafe_b64encode(digest).decode().rstrip("=") != grant.asked.challenge:
        raise Refused("invalid_grant", "the code_verifier is wrong")
