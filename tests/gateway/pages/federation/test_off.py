"""Off unless configured: no button, no address, no call to anybody; settings that are refused."""

import pytest

from chassis.settings import SettingsFault, read_settings
from gateway.settings import Settings
from tests.gateway.conftest import OpenGateway
from tests.gateway.pages.federation.conftest import configure

pytestmark = pytest.mark.promise("ACC-12")
ADDRESSES = (
    "/connexion/franceconnect",
    "/connexion/franceconnect/retour?code=x&state=y",
    "/connexion/franceconnect/choix",
    "/connexion/proconnect",
    "/deconnexion/franceconnect",
    "/connexion/autre",
)


async def test_nothing_of_it_exists_without_its_settings(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    for address in ADDRESSES:
        async with client.get(address, allow_redirects=False) as answer:
            assert answer.status == 404, address
    for address in ("/connexion", "/connexion?return_to=/agents"):
        async with client.get(address) as answer:
            assert "Connect" not in (await answer.text()).replace("Connecter", "")


async def test_one_may_be_on_without_the_other(
    open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, "http://127.0.0.1:9")
    client = await open_gateway(PARVIS_PROCONNECT_ISSUER="")
    async with client.get("/connexion/proconnect", allow_redirects=False) as answer:
        assert answer.status == 404
    async with client.get("/connexion") as answer:
        assert "S’identifier avec FranceConnect" in await answer.text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARVIS_FRANCECONNECT_CLIENT_ID", ""),
        ("PARVIS_FRANCECONNECT_CLIENT_SECRET", ""),
        ("PARVIS_FRANCECONNECT_ALGORITHM", "HS256"),
        ("PARVIS_FRANCECONNECT_ALGORITHM", "none"),
        ("PARVIS_FRANCECONNECT_ISSUER", "not an address"),
    ],
)
def test_a_faulty_setting_is_told(
    environment: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    configure(monkeypatch, "http://127.0.0.1:9")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsFault) as fault:
        read_settings(Settings.read)
    assert name.removeprefix("PARVIS_") in str(fault.value)


def test_in_production_a_provider_is_reached_over_tls(
    environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, "http://oidc.example")
    monkeypatch.setenv("PARVIS_ENVIRONMENT", "production")
    monkeypatch.setenv("PARVIS_PUBLIC_URL", "https://portal.example")
    with pytest.raises(SettingsFault) as fault:
        read_settings(Settings.read)
    assert "FRANCECONNECT_ISSUER" in str(fault.value)


def test_the_secret_is_in_no_representation(
    environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, "http://127.0.0.1:9")
    settings = read_settings(Settings.read)
    assert set(settings.providers) == {"franceconnect", "proconnect"}
    assert "a secret of the portal" not in repr(settings)
