"""Which tokens are believed: one algorithm, published keys, our own name, the present time."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from gateway.openid.settings import ProviderSettings
from gateway.openid.tokens import (
    AnswerRefused,
    KeyUnknown,
    check_times,
    read_keys,
    read_signed,
    subject_of,
)

pytestmark = pytest.mark.promise("ACC-12")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ISSUER = "https://provider.example/api/v2"
CLAIMS = {"iss": ISSUER, "aud": "portal", "sub": "abc"}
EC = ECKey.generate_key("P-256", auto_kid=True)
RSA = RSAKey.generate_key(2048, auto_kid=True)


def settings(algorithm: str) -> ProviderSettings:
    return ProviderSettings(
        *("franceconnect", "FranceConnect", "", ISSUER, "portal", "a long enough secret of ours"),
        algorithm=algorithm,
        scopes=("openid",),
        acr_values="eidas1",
        accepted_acr=frozenset(),
    )


def published(*keys: Any) -> KeySet:
    listed = [{**key.as_dict(private=False), "use": "sig"} for key in keys]
    return read_keys({"keys": listed})


def signed(key: Any, algorithm: str, claims: dict[str, Any], **header: Any) -> str:
    head = {"alg": algorithm, "kid": key.kid, **header}
    return jwt.encode(head, claims, key, algorithms=[algorithm])


@pytest.mark.parametrize(("key", "algorithm"), [(EC, "ES256"), (RSA, "RS256")])
def test_the_algorithm_agreed_is_the_only_one(key: Any, algorithm: str) -> None:
    token = signed(key, algorithm, CLAIMS)
    assert read_signed(token, published(EC, RSA), settings(algorithm))["sub"] == "abc"
    other = "RS256" if algorithm == "ES256" else "ES256"
    with pytest.raises(AnswerRefused, match="algorithm"):
        read_signed(token, published(EC, RSA), settings(other))


def test_a_public_key_is_no_shared_secret() -> None:
    """The confusion of RFC 8725, 2.1: HS256 with the published key as its secret."""
    # by hand: the library itself refuses to sign with such a secret
    parts = [{"alg": "HS256", "kid": RSA.kid}, CLAIMS]
    text = ".".join(urlsafe_b64encode(json.dumps(one).encode()).decode() for one in parts)
    digest = hmac.digest(RSA.as_pem(private=False), text.encode(), "sha256")
    token = f"{text}.{urlsafe_b64encode(digest).decode()}".replace("=", "")
    with pytest.raises(AnswerRefused):
        read_signed(token, published(RSA), settings("RS256"))


def test_an_unsigned_token_is_refused() -> None:
    parts = [{"alg": "none", "kid": EC.kid}, CLAIMS]
    text = ".".join(urlsafe_b64encode(json.dumps(one).encode()).decode() for one in parts)
    with pytest.raises(AnswerRefused):
        read_signed(f"{text}.", published(EC), settings("ES256"))


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_token_that_was_changed_is_refused(position: int) -> None:
    parts = signed(EC, "ES256", CLAIMS).split(".")
    changed = "A" if parts[position][20] != "A" else "B"
    parts[position] = parts[position][:20] + changed + parts[position][21:]
    with pytest.raises(AnswerRefused):
        read_signed(".".join(parts), published(EC), settings("ES256"))


def test_a_key_that_came_with_the_token_is_not_used() -> None:
    own = ECKey.generate_key("P-256", auto_kid=True)
    token = signed(own, "ES256", CLAIMS, jwk=own.as_dict(private=False))
    with pytest.raises(KeyUnknown):
        read_signed(token, published(EC), settings("ES256"))
    forged = signed(own, "ES256", CLAIMS, kid=EC.kid)
    with pytest.raises(AnswerRefused, match="signature"):
        read_signed(forged, published(EC), settings("ES256"))


@pytest.mark.parametrize(
    "changes",
    [
        *({"iss": "https://other.example"}, {"iss": ""}, {"iss": None}),
        *({"aud": "other"}, {"aud": ["portal", "other"]}, {"aud": []}, {"aud": None}),
    ],
)
def test_a_token_of_or_for_another_is_refused(changes: dict[str, Any]) -> None:
    token = signed(EC, "ES256", {**CLAIMS, **changes})
    with pytest.raises(AnswerRefused):
        read_signed(token, published(EC), settings("ES256"))


def test_one_audience_may_come_in_a_list() -> None:
    token = signed(EC, "ES256", {**CLAIMS, "aud": ["portal"]})
    assert read_signed(token, published(EC), settings("ES256"))


def test_keys_that_do_not_sign_are_left_out() -> None:
    good = EC.as_dict(private=False)
    odd: list[Any] = [
        {**good, "use": "enc"},
        {"kty": "oct", "k": "AAAA", "kid": "x"},
        {**good, "kid": None, "x": "!"},
        {"kty": "EC"},
        "text",
    ]
    assert read_keys({"keys": odd}).keys == []
    assert read_keys([]).keys == []
    assert len(read_keys({"keys": [*odd, good]}).keys) == 1


@pytest.mark.parametrize(
    ("issued", "expires", "believed"),
    [
        *((0, 60, True), (-60, -9, True), (9, 60, True)),
        *((-60, -10, False), (11, 60, False), (0, None, False), ("0", "60", False)),
    ],
)
def test_a_token_is_of_the_present(issued: Any, expires: Any, believed: bool) -> None:
    def at(seconds: Any) -> Any:
        moved = isinstance(seconds, int)
        return (NOW + timedelta(seconds=seconds)).timestamp() if moved else seconds

    claims = {"iat": at(issued), "exp": at(expires)}
    if believed:
        check_times(claims, NOW)
    else:
        with pytest.raises(AnswerRefused, match="times"):
            check_times(claims, NOW)


@pytest.mark.parametrize("subject", [None, "", 7, "x" * 256])
def test_somebody_without_a_name_is_nobody(subject: Any) -> None:
    with pytest.raises(AnswerRefused, match="subject"):
        subject_of({"sub": subject})
