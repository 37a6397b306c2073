"""chassis.caller"""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from joserfc.jwk import OKPKey

from chassis.caller import Caller, CallerSigner, Person, SignatureChecker
from chassis.clock import Clock
from chassis.errors import NotAuthenticated


class SetClock(Clock):
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def key() -> OKPKey:
    return OKPKey.generate_key("Ed25519")


def test_it_tells_the_service_and_the_person(clock: SetClock, key: OKPKey) -> None:
    token = CallerSigner("gateway", key, clock).token("legal", Person("a-1", ("agent",)))
    caller = SignatureChecker("legal", {"gateway": key}, clock).caller(token)
    assert caller == Caller("gateway", Person("a-1", ("agent",)))


@pytest.mark.promise("SEC-01")
def test_it_refuses_another_audience_kind_issuer_and_time(clock: SetClock, key: OKPKey) -> None:
    signer = CallerSigner("gateway", key, clock)
    checker = SignatureChecker("legal", {"gateway": key}, clock)
    other = CallerSigner("gateway", OKPKey.generate_key("Ed25519"), clock)
    refused = [
        signer.token("identity"),
        CallerSigner("nobody", key, clock).token("legal"),
        other.token("legal"),
        signer.sign({"iss": "gateway", "aud": "legal"}, "acceptance"),
        signer.sign({"iss": "gateway", "aud": "legal"}, "caller"),
        "",
        "a.b.c",
        "e30.e30.",
    ]
    for token in refused:
        with pytest.raises(NotAuthenticated):
            checker.caller(token)
    token = signer.token("legal")
    clock.instant += timedelta(minutes=2)
    with pytest.raises(NotAuthenticated):
        checker.caller(token)


@pytest.mark.promise("SEC-01")
def test_calls_for_one_person_share_a_token_for_a_while(clock: SetClock, key: OKPKey) -> None:
    signer = CallerSigner("gateway", key, clock)
    checker = SignatureChecker("legal", {"gateway": key}, clock)
    camille, manon = Person("a-1"), Person("a-2")
    token = signer.token("legal", camille)
    assert signer.token("legal", camille) == token
    others = {signer.token("legal", manon), signer.token("legal"), signer.token("identity")}
    assert len(others | {token}) == 4
    assert checker.caller(token).person == camille
    clock.instant += timedelta(seconds=21)
    renewed = signer.token("legal", camille)
    assert renewed != token
    # what was checked once is still refused when its time is over
    assert checker.caller(token).person == checker.caller(renewed).person == camille
    clock.instant += timedelta(seconds=35)
    with pytest.raises(NotAuthenticated):
        checker.caller(token)
    assert checker.caller(renewed).person == camille


def _encode(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


@pytest.mark.promise("SEC-01")
def test_it_refuses_a_public_key_used_as_a_shared_secret(clock: SetClock, key: OKPKey) -> None:
    now = int(clock.now().timestamp())
    claims = {"iss": "gateway", "aud": "legal", "iat": now, "exp": now + 30}
    parts = [{"alg": "HS256", "typ": "caller+jwt"}, claims]
    signed = b".".join(_encode(json.dumps(part).encode()) for part in parts)
    digest = hmac.digest(key.as_pem(private=False), signed, "sha256")
    forged = b".".join([signed, _encode(digest)]).decode()
    with pytest.raises(NotAuthenticated):
        SignatureChecker("legal", {"gateway": key}, clock).caller(forged)
