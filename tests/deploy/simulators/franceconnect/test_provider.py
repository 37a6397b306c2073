"""The simulator against an independent reading of OpenID Connect: `cryptography` alone verifies."""

import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from yarl import URL

from tests.deploy.simulators.franceconnect.conftest import BYE, Portal

pytestmark = pytest.mark.promise("ACC-12")


def part(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verified(token: str, keys: list[dict[str, str]]) -> dict[str, Any]:
    """Return the claims of a token once its ES256 signature is checked by hand (RFC 7518, 3.4)."""
    header, payload, signature = token.split(".")
    named = json.loads(part(header))
    assert named["alg"] == "ES256"
    [key] = [one for one in keys if one["kid"] == named["kid"]]
    assert "d" not in key, "a private key is published"
    x, y = (int.from_bytes(part(key[name]), "big") for name in ("x", "y"))
    raw = part(signature)
    assert len(raw) == 64
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
    public.verify(encode_dss_signature(r, s), f"{header}.{payload}".encode(), ECDSA(SHA256()))
    claims: dict[str, Any] = json.loads(part(payload))
    return claims


async def keys_of(portal: Portal) -> list[dict[str, str]]:
    path = URL((await portal.discover())["jwks_uri"]).path
    async with portal.client.get(path) as answer:
        found: list[dict[str, str]] = (await answer.json())["keys"]
        return found


async def test_a_whole_sign_in_read_by_another_library(portal: Portal) -> None:
    about = await portal.discover()
    assert about["issuer"].endswith("/api/v2")
    endings = {
        "authorization_endpoint": "/authorize",
        "token_endpoint": "/token",
        "userinfo_endpoint": "/userinfo",
        "jwks_uri": "/jwks",
        "end_session_endpoint": "/session/end",
    }
    assert {name: about[name] for name in endings} == {
        name: about["issuer"] + ending for name, ending in endings.items()
    }
    status, tokens = await portal.exchange(await portal.code("angela"))
    assert (status, tokens["token_type"], tokens["expires_in"]) == (200, "Bearer", 60)
    keys = await keys_of(portal)
    claims = verified(tokens["id_token"], keys)
    assert (claims["iss"], claims["aud"]) == (about["issuer"], "portal-franceconnect")
    assert (claims["nonce"], claims["acr"]) == ("n" * 43, "eidas1")
    assert claims["exp"] - claims["iat"] == 60
    answer = await portal.userinfo(tokens["access_token"])
    assert answer.content_type == "application/jwt"
    person = verified(await answer.text(), keys)
    assert person["sub"] == claims["sub"]
    assert person["given_name_array"] == ["Angela", "Claire", "Louise"]
    assert (person["birthplace"], person["birthcountry"]) == ("75107", "99100")
    assert "preferred_username" not in person


async def test_each_claim_needs_its_scope(portal: Portal) -> None:
    _, tokens = await portal.exchange(await portal.code("angela", scope="openid birth"))
    person = verified(
        await (await portal.userinfo(tokens["access_token"])).text(), await keys_of(portal)
    )
    assert set(person) == {"iss", "aud", "iat", "exp", "sub", "birthplace", "birthcountry"}


async def test_a_person_born_abroad_has_no_birthplace_and_a_date_may_be_partial(
    portal: Portal,
) -> None:
    _, tokens = await portal.exchange(await portal.code("awa"))
    person = verified(
        await (await portal.userinfo(tokens["access_token"])).text(), await keys_of(portal)
    )
    assert (person["birthdate"], person["birthplace"]) == ("1990-00-00", "")


async def test_a_code_serves_once_and_for_thirty_seconds(portal: Portal) -> None:
    code = await portal.code("angela")
    assert (await portal.exchange(code))[0] == 200
    assert await portal.exchange(code) == (
        400,
        {
            "error": "invalid_grant",
            "error_description": "the code is unknown, used or expired",
        },
    )
    late = await portal.code("angela")
    portal.provider.clock.advance(30)
    assert (await portal.exchange(late))[0] == 400


async def test_a_token_serves_for_sixty_seconds(portal: Portal) -> None:
    _, tokens = await portal.exchange(await portal.code("angela"))
    portal.provider.clock.advance(60)
    assert (await portal.userinfo(tokens["access_token"])).status == 401


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"client_secret": "wrong"}, 401),
        ({"client_id": "another"}, 401),
        ({"redirect_uri": "http://127.0.0.1:9/"}, 400),
        ({"grant_type": "refresh_token"}, 400),
    ],
)
async def test_it_exchanges_nothing_for_anybody_else(
    portal: Portal, changes: dict[str, str], status: int
) -> None:
    code = await portal.code("angela")
    assert (await portal.exchange(code, **changes))[0] == status
    assert (await portal.exchange("unknown"))[0] == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "another"},
        {"redirect_uri": "http://127.0.0.1:9/elsewhere"},
        {"response_type": "token"},
        {"scope": "identite_pivot"},
        {"scope": "openid everything"},
        {"state": ""},
        {"nonce": ""},
        {"acr_values": ""},
        {"acr_values": "eidas9"},
    ],
)
async def test_it_sends_nobody_back_for_a_wrong_question(
    portal: Portal, changes: dict[str, str]
) -> None:
    assert (await portal.ask(**changes))[0] == 400


@pytest.mark.parametrize(
    "changes", [{"state": "s" * 31}, {"nonce": "n" * 31}, {"unknown": "x"}, {"ui_locales": "fr"}]
)
async def test_proconnect_is_stricter(staff_portal: Portal, changes: dict[str, str]) -> None:
    assert (await staff_portal.ask(**changes))[0] == 400
    assert (await staff_portal.ask())[0] == 200


async def test_an_agent_has_the_claims_of_proconnect(staff_portal: Portal) -> None:
    _, tokens = await staff_portal.exchange(await staff_portal.code("aline"))
    keys = await keys_of(staff_portal)
    person = verified(await (await staff_portal.userinfo(tokens["access_token"])).text(), keys)
    for name in ("given_name", "usual_name", "email", "uid", "siret", "idp_id"):
        assert person[name]
    assert verified(tokens["id_token"], keys)["aud"] == "portal-proconnect"


async def test_a_sub_differs_by_client_and_changes_on_demand(
    portal: Portal, client: TestClient[web.Request, web.Application]
) -> None:
    async with client.get("/api/simulator/people") as listed:
        people = (await listed.json())["people"]
    subs = [one["sub"] for one in people]
    assert len(set(subs)) == len(subs)
    async with client.post("/api/simulator/people/angela/sub") as changed:
        assert (await changed.json())["sub"] not in subs
    async with client.post("/api/simulator/people/nobody/sub") as unknown:
        assert unknown.status == 404


async def test_a_person_may_cancel(portal: Portal) -> None:
    _, page = await portal.ask()
    address = await portal.choose(page, go="cancel")
    assert (address.query["error"], address.query["state"]) == ("access_denied", "s" * 43)
    assert "code" not in address.query


async def test_the_session_of_the_provider_lasts_half_an_hour_and_ends_on_demand(
    portal: Portal,
) -> None:
    _, tokens = await portal.exchange(await portal.code("angela"))
    assert "déjà identifié : Angela" in (await portal.ask())[1]
    path = URL((await portal.discover())["end_session_endpoint"]).path
    end = {
        "id_token_hint": tokens["id_token"],
        "state": "bye",
        "post_logout_redirect_uri": BYE.format("franceconnect"),
    }
    for wrong in (
        {"post_logout_redirect_uri": "http://127.0.0.1:9/"},
        {"id_token_hint": "x.y.z"},
        {"state": ""},
    ):
        async with portal.client.get(path, params={**end, **wrong}) as refused:
            assert refused.status == 400
    async with portal.client.get(path, params=end, allow_redirects=False) as ended:
        assert ended.headers["Location"] == f"{BYE.format('franceconnect')}?state=bye"
    assert "déjà identifié" not in (await portal.ask())[1]
    await portal.code("angela")
    portal.provider.clock.advance(30 * 60)
    assert "déjà identifié" not in (await portal.ask())[1]


@pytest.mark.parametrize("fault", ["bad_signature", "hs256", "unsigned"])
async def test_the_faults_of_signature_are_seen_by_another_library(
    portal: Portal, fault: str
) -> None:
    _, tokens = await portal.exchange(await portal.code("angela", fault))
    keys = await keys_of(portal)
    with pytest.raises((InvalidSignature, AssertionError, ValueError)):
        verified(tokens["id_token"], keys)


async def test_a_planned_fault_is_taken_by_the_next_sign_in_only(
    portal: Portal, client: TestClient[web.Request, web.Application]
) -> None:
    async with client.post("/api/simulator/faults", json={"kind": "expired_code"}) as planned:
        assert planned.status == 204
    async with client.post("/api/simulator/faults", json={"kind": "earthquake"}) as unknown:
        assert unknown.status == 400
    assert (await portal.exchange(await portal.code("angela")))[0] == 400
    assert (await portal.exchange(await portal.code("angela")))[0] == 200


async def test_pkce_is_checked_once_it_was_begun_with(portal: Portal) -> None:
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # of RFC 7636, appendix B
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    changes = {"code_challenge": challenge, "code_challenge_method": "S256"}
    code = await portal.code("angela", **changes)
    assert (await portal.exchange(code, code_verifier="another"))[0] == 400
    code = await portal.code("angela", **changes)
    assert (await portal.exchange(code, code_verifier=verifier))[0] == 200
