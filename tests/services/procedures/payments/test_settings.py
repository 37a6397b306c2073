"""Where money can go: the DGFiP's own address in production, and nowhere else (PAY-01)."""

import pytest

from chassis.settings import SettingsFault, read_settings
from services.procedures.payments.model import Mode
from services.procedures.payments.regie import (
    RegieSettings,
    accepted_saisies,
    settings_faults,
)
from services.procedures.settings import PAYFIP, Settings

pytestmark = pytest.mark.promise("PAY-01")
REGIE = RegieSettings("eau", "006382", Mode.WEB_SERVICE, "T", "Compte", 100, 500_000, True)


@pytest.fixture
def environment(
    procedures_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    for name, value in procedures_environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PARVIS_PAYFIP_URL", raising=False)
    return monkeypatch


def test_production_has_the_real_address_and_no_other(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PARVIS_ENVIRONMENT", "production")
    assert read_settings(Settings.read).payfip_url == PAYFIP
    for other in ("http://127.0.0.1:8026", "https://www.payfip.gouv.fr.exemple.fr", f"{PAYFIP}/"):
        environment.setenv("PARVIS_PAYFIP_URL", other)
        with pytest.raises(SettingsFault, match="PAYFIP_URL"):
            read_settings(Settings.read)


@pytest.mark.parametrize("name", ["local", "test"])
def test_nothing_else_has_the_real_address(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.setenv("PARVIS_ENVIRONMENT", name)
    assert read_settings(Settings.read).payfip_url == "http://127.0.0.1:8026"
    environment.setenv("PARVIS_PAYFIP_URL", PAYFIP)
    with pytest.raises(SettingsFault, match="goes with production"):
        read_settings(Settings.read)


@pytest.mark.parametrize("saisie", list("TXAMW"))
def test_tests_are_no_money_in_production(saisie: str) -> None:
    assert (saisie in accepted_saisies("production")) is (saisie in "AMW")
    assert saisie in accepted_saisies("test")


@pytest.mark.parametrize(
    ("saisie", "mode", "environment", "right"),
    [
        ("T", Mode.WEB_SERVICE, "test", True),
        ("X", Mode.FORM, "test", True),
        ("W", Mode.WEB_SERVICE, "test", False),
        ("A", Mode.FORM, "local", False),
        ("W", Mode.WEB_SERVICE, "production", True),
        ("T", Mode.WEB_SERVICE, "production", True),
        ("W", Mode.FORM, "production", False),
        ("A", Mode.FORM, "production", True),
    ],
)
def test_no_copy_of_the_portal_moves_money(
    saisie: str, mode: Mode, environment: str, right: bool
) -> None:
    settings = RegieSettings(**{**vars(REGIE), "saisie": saisie, "mode": mode})
    assert (settings_faults(settings, environment) == []) is right


@pytest.mark.parametrize(
    "change",
    [
        {"numcli": "12345"},
        {"numcli": "٠٠٦٣٨٢"},
        {"minimum_cents": 99},
        {"maximum_cents": 10_000_000},
        {"minimum_cents": 600, "maximum_cents": 500},
        {"account": "x" * 101},
    ],
)
def test_settings_outside_the_protocol_are_refused(change: dict[str, object]) -> None:
    settings = RegieSettings(**{**vars(REGIE), **change})
    assert len(settings_faults(settings, "test")) == 1
