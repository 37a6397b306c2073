"""gateway.settings: faults told at once, secrets never shown."""

import pytest

from chassis.settings import SettingsFault, read_settings
from gateway.settings import Settings


def test_it_tells_every_fault_at_once(environment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARVIS_REDIS_URL")
    for name, value in {
        "PARVIS_SESSION_KEY": "c2hvcnQ",
        "PARVIS_PUBLIC_URL": "ftp://portal",
        "PARVIS_TRUSTED_PROXIES": "10.0.0.0/8, everywhere",
        "PARVIS_SESSION_IDLE_MINUTES": "0",
        "PARVIS_SESSION_ABSOLUTE_HOURS": "48",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsFault) as refused:
        read_settings(Settings.read)
    told = "\n".join(refused.value.faults)
    for name in (
        "REDIS_URL",
        "SESSION_KEY",
        "PUBLIC_URL",
        "TRUSTED_PROXIES",
        "SESSION_IDLE_MINUTES",
        "SESSION_ABSOLUTE_HOURS",
    ):
        assert f"PARVIS_{name}" in told
    assert "c2hvcnQ" not in told


@pytest.mark.promise("SEC-01")
def test_production_is_reached_over_tls_only(
    environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARVIS_ENVIRONMENT", "production")
    with pytest.raises(SettingsFault, match="PUBLIC_URL"):
        read_settings(Settings.read)


def test_it_shows_no_secret(environment: str) -> None:
    settings = read_settings(Settings.read)
    shown = repr(settings)
    assert "session_key" not in shown
    assert settings.redis_url not in shown
    assert settings.origin == environment
    assert not settings.secure
