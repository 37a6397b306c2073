"""What comes back from a provider, or in its name, and is not believed (ACC-12, ASVS 10)."""

import asyncio
from json import dumps

import pytest
from yarl import URL

from gateway.openid import provider as openid
from tests.gateway.pages.federation.conftest import BUTTON, Portal
from tests.support.plain_browser import PlainBrowser

pytestmark = pytest.mark.promise("ACC-12")
FAILURE = "/connexion/franceconnect/echec"
RETURN = "/connexion/franceconnect/retour"


async def nobody(portal: Portal) -> bool:
    """Say whether nobody is signed in, and nothing was opened or linked."""
    async with portal.identity.database.connection() as connection:
        count = await connection.fetchval("SELECT count(*) FROM federated_links")
        proofs = await connection.fetchval("SELECT count(*) FROM proofs")
    await portal.visitor.open("/compte")
    return (count, proofs, portal.path) == (0, 0, "/connexion")


@pytest.mark.parametrize(
    "fault",
    [
        *("wrong_nonce", "wrong_audience", "wrong_issuer", "bad_signature", "hs256", "unsigned"),
        *("expired_token", "other_sub", "missing_sub", "weak_acr"),
    ],
)
async def test_an_answer_that_cannot_be_verified_lets_nobody_in(
    portal: Portal, fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    await portal.come(fault=fault)
    assert (portal.visitor.page.status, portal.path) == (403, FAILURE)
    for told in ("n’est pas sûre", "Ce qui est conservé", "Réessayer avec FranceConnect"):
        assert told in portal.text
    told = capfd.readouterr()
    assert "answer of an identity provider refused" in told.out + told.err
    assert "angela" not in (told.out + told.err).lower()
    assert await nobody(portal)
    await portal.come()
    assert portal.path == "/connexion/franceconnect/choix"


async def test_a_code_that_came_too_late_is_told(portal: Portal) -> None:
    await portal.come(fault="expired_code")
    assert (portal.visitor.page.status, portal.path) == (200, FAILURE)
    assert "a duré trop longtemps" in portal.text
    assert await nobody(portal)


@pytest.mark.parametrize("fault", ["token_500", "userinfo_500", "denied_by_provider"])
async def test_a_broken_provider_is_told_as_such(portal: Portal, fault: str) -> None:
    await portal.come(fault=fault)
    assert (portal.visitor.page.status, portal.path) == (503, FAILURE)
    assert "FranceConnect ne répond pas pour le moment" in portal.text
    assert await nobody(portal)


async def test_a_slow_provider_is_not_waited_for(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid, "CALL_SECONDS", 0.2)
    await portal.come(fault="slow")
    assert "ne répond pas" in portal.text


@pytest.mark.promise("AVA-03")
async def test_a_provider_that_is_down_leaves_the_other_ways_open(portal: Portal) -> None:
    await portal.servers["provider"].close()
    await portal.visitor.open("/connexion?return_to=/compte/donnees")
    await portal.visitor.follow(BUTTON)
    assert (portal.visitor.page.status, portal.path) == (503, FAILURE)
    assert portal.visitor.page.link("Se connecter avec un mot de passe") == (
        "/connexion?return_to=/compte/donnees"
    )
    assert portal.visitor.page.link("Faire ma démarche sans compte") == "/demarches"


@pytest.mark.promise("AVA-03")
async def test_the_identity_service_away_is_told_without_the_code(portal: Portal) -> None:
    await portal.visitor.open("/connexion")
    await portal.visitor.follow(BUTTON)
    await portal.servers["identity"].close()
    await portal.choose("angela")
    assert (portal.visitor.page.status, portal.path) == (503, FAILURE)
    assert "les comptes ne répondent pas" in portal.text


async def test_whoever_cancels_comes_back_where_they_were(portal: Portal) -> None:
    await portal.visitor.open("/connexion?return_to=/compte/donnees")
    await portal.visitor.follow(BUTTON)
    await portal.visitor.press("Annuler")
    assert (portal.visitor.page.status, portal.path) == (200, FAILURE)
    assert "Vous avez annulé" in portal.text
    assert portal.visitor.page.link("Réessayer").endswith("?return_to=/compte/donnees")
    assert await nobody(portal)


async def test_claims_that_are_missing_only_leave_the_choice(portal: Portal) -> None:
    await portal.come(fault="missing_claims")
    assert portal.path == "/connexion/franceconnect/choix"
    assert "nous dit que vous êtes" not in portal.text


async def leave(portal: Portal) -> str:
    """Leave for the provider and choose; return the address that the browser is sent back to."""
    await portal.visitor.open("/connexion")
    await portal.visitor.follow(BUTTON)
    form = portal.visitor.page.form("/interaction/")
    data = {"person": "angela", "go": "continue"}
    address = URL(portal.visitor.page.url).join(URL(form.action))
    browser = portal.visitor.browser._session
    async with browser.post(address, data=data, allow_redirects=False) as sent:
        return str(sent.headers["Location"])


async def test_a_return_serves_once(portal: Portal) -> None:
    address = await leave(portal)
    await portal.visitor.open(address)
    assert portal.path == "/connexion/franceconnect/choix"
    await portal.visitor.open(address)
    assert portal.path == FAILURE
    assert "n’est plus valable" in portal.text


async def test_two_returns_at_once_let_one_in(portal: Portal) -> None:
    address = await leave(portal)
    pages = await asyncio.gather(*(portal.visitor.browser.open(address) for _ in range(4)))
    paths = sorted(URL(page.url).path for page in pages)
    assert paths.count("/connexion/franceconnect/choix") <= 1
    async with portal.identity.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM proofs") == 1


async def test_another_browser_cannot_come_back_in_ones_place(portal: Portal) -> None:
    """Somebody is not signed in to the attacker's account, nor the attacker to theirs."""
    address = await leave(portal)
    async with PlainBrowser(portal.url) as other:
        page = await other.open(address)
        assert URL(page.url).path == FAILURE
        assert "autre navigateur" in page.text


@pytest.mark.parametrize("changed", ["state", "code", "iss"])
async def test_a_return_that_was_changed_lets_nobody_in(portal: Portal, changed: str) -> None:
    address = URL(await leave(portal)).update_query({changed: "x" * 43})
    await portal.visitor.open(str(address))
    assert portal.path == FAILURE
    assert await nobody(portal)


@pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?error=access_denied", "?code=%00"])
async def test_a_return_without_a_departure_is_told(portal: Portal, query: str) -> None:
    await portal.visitor.open(RETURN + query)
    assert portal.path == FAILURE
    assert "n’est plus valable" in portal.text


async def test_a_return_half_an_hour_late_is_told(portal: Portal) -> None:
    address = await leave(portal)
    for _ in range(2):
        portal.clock.pass_by(20 * 60)
        await portal.visitor.open("/connexion")
    await portal.visitor.open(address)
    assert "n’est plus valable" in portal.text


async def test_one_providers_state_does_not_serve_the_other(portal: Portal) -> None:
    address = URL(await leave(portal)).with_path("/connexion/proconnect/retour")
    await portal.visitor.open(str(address))
    assert portal.path == "/connexion/proconnect/echec"


async def test_new_keys_of_the_provider_are_read_when_they_are_needed(portal: Portal) -> None:
    await portal.come()
    for maker in portal.provider.makers.values():
        maker.rotate()
    portal.clock.pass_by(openid.AGAIN_SECONDS + 1)
    await portal.come()
    assert portal.path == "/connexion/franceconnect/choix"


async def test_pkce_is_used_where_it_is_announced(portal: Portal) -> None:
    portal.provider.register.pkce = True
    await portal.visitor.open("/connexion")
    await portal.visitor.follow(BUTTON)
    assert URL(portal.visitor.page.url).query["code_challenge_method"] == "S256"
    await portal.choose("angela")
    assert portal.path == "/connexion/franceconnect/choix"


async def test_what_is_asked_of_the_provider_is_what_was_agreed(portal: Portal) -> None:
    await portal.visitor.open("/connexion")
    await portal.visitor.follow(BUTTON)
    query = URL(portal.visitor.page.url).query
    assert set(query) == {
        *("response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "acr_values"),
    }
    assert (query["acr_values"], query["scope"]) == ("eidas1", "openid identite_pivot email")
    assert len(query["state"]) >= 43
    assert len(query["nonce"]) >= 43


async def test_the_session_is_another_one_after_the_sign_in(portal: Portal) -> None:
    await portal.open_account()
    await portal.come()
    before = dumps([cookie.value for cookie in portal.visitor.browser.cookies])
    await portal.prove()
    after = dumps([cookie.value for cookie in portal.visitor.browser.cookies])
    assert before != after


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_a_return_address_of_another_site_is_not_followed(
    portal: Portal, target: str
) -> None:
    await portal.open_account()
    await portal.visitor.open(str(URL("/connexion/franceconnect").with_query(return_to=target)))
    await portal.choose("angela")
    await portal.prove()
    assert portal.visitor.page.url == f"{portal.url}/compte"
