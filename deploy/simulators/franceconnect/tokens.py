"""The signed tokens of a provider: ES256, unless a fault was chosen."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey

from chassis.clock import Clock
from deploy.simulators.franceconnect.model import TOKEN_SECONDS, Client

ALGORITHM = "ES256"


class TokenMaker:
    """Signs for one provider, with a key that a restart replaces."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._key = self._new_key()
        self._foreign = self._new_key()

    def public_keys(self) -> dict[str, Any]:
        """Return the key set that verifies what is signed here."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "use": "sig", "alg": ALGORITHM}]}

    def rotate(self) -> None:
        """Sign with another key from now on."""
        self._key = self._new_key()

    def token(self, issuer: str, claims: Mapping[str, Any], fault: str = "") -> str:
        """Return a token for the client, good for 60 seconds."""
        now = self._clock.now()
        content = {
            "iss": issuer if fault != "wrong_issuer" else "https://elsewhere.example/api/v2",
            "aud": self._client.client_id if fault != "wrong_audience" else "another-client",
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(seconds=TOKEN_SECONDS)).timestamp()),
            **claims,
        }
        if fault == "expired_token":
            content |= {"iat": content["iat"] - 7200, "exp": content["exp"] - 7200}
        return self._sign(content, fault)

    def subject(self, token: str) -> str:
        """Return the `sub` of a token of ours, expired or not; '' when it is none."""
        try:
            return str(jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims.get("sub", ""))
        except (JoseError, ValueError):
            return ""

    def _sign(self, content: dict[str, Any], fault: str) -> str:
        kid = str(self._key.kid)
        if fault == "unsigned":
            header = {"alg": "none", "kid": kid}
            return f"{_part(header)}.{_part(content)}."
        if fault == "hs256":
            secret = OctKey.import_key(self._client.client_secret)
            return jwt.encode({"alg": "HS256", "kid": kid}, content, secret, algorithms=["HS256"])
        key = self._foreign if fault == "bad_signature" else self._key
        return jwt.encode({"alg": ALGORITHM, "kid": kid}, content, key, algorithms=[ALGORITHM])

    def _new_key(self) -> ECKey:
        return ECKey.generate_key("P-256", auto_kid=True)


def _part(content: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
