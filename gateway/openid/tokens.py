"""What a provider signed, and whether it is believed (OpenID Connect Core 3.1.3.7, RFC 8725)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey
from joserfc.jws import extract_compact

from gateway.openid.settings import ProviderSettings

SKEW = timedelta(seconds=10)
MOST_CHARACTERS = 20_000
KEY_TYPES: Mapping[str, type[ECKey] | type[RSAKey]] = {"EC": ECKey, "RSA": RSAKey}


class AnswerRefused(Exception):
    """What the provider, or somebody in its name, answered is not believed; `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class KeyUnknown(AnswerRefused):
    """Signed with a key that was not published when the keys were read."""

    def __init__(self) -> None:
        super().__init__("key-unknown")


def read_keys(document: Any) -> KeySet:
    """Return the keys of a published set that sign; others are left out."""
    listed: Sequence[Any] = document.get("keys", []) if isinstance(document, dict) else []
    keys: list[Key] = []
    for one in listed:
        if not isinstance(one, dict) or one.get("use", "sig") != "sig" or "kid" not in one:
            continue
        try:
            keys.append(KEY_TYPES[one["kty"]].import_key(one))
        except (JoseError, ValueError, KeyError, TypeError):
            continue
    return KeySet(keys)


def read_signed(token: str, keys: KeySet, settings: ProviderSettings) -> Mapping[str, Any]:
    """Return the claims of a token signed by the provider, for us, with the algorithm agreed.

    Raises `AnswerRefused`; `KeyUnknown` when the keys may have to be read again.
    """
    if len(token) > MOST_CHARACTERS:
        raise AnswerRefused("too-long")
    try:
        header = extract_compact(token.encode()).headers()
        if header.get("alg") != settings.algorithm:
            raise AnswerRefused("algorithm")
        if header.get("kid") not in {key.kid for key in keys.keys}:
            raise KeyUnknown
        claims = jwt.decode(token, keys, algorithms=[settings.algorithm]).claims
    except (JoseError, ValueError, TypeError, RecursionError):
        raise AnswerRefused("signature") from None
    if claims.get("iss") != settings.issuer:
        raise AnswerRefused("issuer")
    if claims.get("aud") not in (settings.client_id, [settings.client_id]):
        raise AnswerRefused("audience")
    return claims


def check_times(claims: Mapping[str, Any], now: datetime, *, needed: bool = True) -> None:
    """Raise `AnswerRefused` for a token that has expired, or comes from the future."""
    expires, issued = claims.get("exp"), claims.get("iat")
    if expires is None and not needed:
        return
    if not isinstance(expires, int | float) or not isinstance(issued, int | float):
        raise AnswerRefused("times")
    skew = SKEW.total_seconds()
    if not issued - skew <= now.timestamp() < expires + skew:
        raise AnswerRefused("times")


def subject_of(claims: Mapping[str, Any]) -> str:
    """Return who the token is about: never longer than the standard allows."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255:
        raise AnswerRefused("subject")
    return subject
