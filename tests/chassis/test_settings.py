"""chassis.settings"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from environs import Env

from chassis.settings import KEY_BYTES, ProcessSettings, SettingsFault, read_key, read_settings

KEY = bytes(range(224, 224 + KEY_BYTES))
WRITTEN = urlsafe_b64encode(KEY).decode()


@dataclass(frozen=True)
class Sample:
    process: ProcessSettings
    database_url: str = field(repr=False)

    @classmethod
    def read(cls, env: Env) -> "Sample":
        return cls(ProcessSettings.read(env), env.str("DATABASE_URL"))


def test_it_reports_every_fault_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PARVIS_PRIVATE_KEY_FILE", "PARVIS_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PARVIS_PORT", "eighty")
    monkeypatch.setenv("PARVIS_ENVIRONMENT", "moon")
    monkeypatch.setenv("PARVIS_PUBLIC_KEYS_FOLDER", "/keys")
    with pytest.raises(SettingsFault) as raised:
        read_settings(Sample.read)
    told = "\n".join(raised.value.faults)
    for name in ("PORT", "ENVIRONMENT", "PRIVATE_KEY_FILE", "DATABASE_URL"):
        assert f"PARVIS_{name}" in told


def test_it_never_shows_a_secret(monkeypatch: pytest.MonkeyPatch, service_keys: Path) -> None:
    monkeypatch.setenv("PARVIS_PRIVATE_KEY_FILE", str(service_keys / "legal.pem"))
    monkeypatch.setenv("PARVIS_PUBLIC_KEYS_FOLDER", str(service_keys / "public"))
    monkeypatch.setenv("PARVIS_DATABASE_URL", "postgresql://legal:s3cret@db/legal")
    assert "s3cret" not in repr(read_settings(Sample.read))


def test_it_names_the_key_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARVIS_PRIVATE_KEY_FILE", "/nowhere/legal.pem")
    monkeypatch.setenv("PARVIS_PUBLIC_KEYS_FOLDER", "/nowhere/public")
    monkeypatch.setenv("PARVIS_DATABASE_URL", "postgresql://db/legal")
    with pytest.raises(SettingsFault) as raised:
        read_settings(Sample.read)
    assert raised.value.faults == [
        "PARVIS_PRIVATE_KEY_FILE: there is no file /nowhere/legal.pem",
        "PARVIS_PUBLIC_KEYS_FOLDER: there is no folder /nowhere/public",
    ]


def read_keys(env: Env) -> tuple[bytes, bytes]:
    return read_key(env, "MASTER_KEY"), read_key(env, "FORMER_KEY", optional=True)


@pytest.mark.parametrize("written", [WRITTEN, WRITTEN.rstrip("=")])
def test_it_reads_a_key_padded_or_not(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("PARVIS_MASTER_KEY", written)
    assert read_settings(read_keys) == (KEY, b"")
    monkeypatch.setenv("PARVIS_FORMER_KEY", written)
    assert read_settings(read_keys) == (KEY, KEY)


@pytest.mark.parametrize(
    "written", ["", "short", WRITTEN[:-4], WRITTEN + "AAAA", f"{WRITTEN[:-2]}é=", "*" * 43]
)
def test_it_refuses_what_is_no_key_and_tells_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("PARVIS_MASTER_KEY", written)
    monkeypatch.setenv("PARVIS_FORMER_KEY", written)
    with pytest.raises(SettingsFault) as raised:
        read_settings(read_keys)
    told = "\n".join(raised.value.faults)
    assert "PARVIS_MASTER_KEY: must be 32 bytes in URL-safe base64" in told
    assert ("PARVIS_FORMER_KEY" in told) == bool(written)
    assert not written or written not in told
