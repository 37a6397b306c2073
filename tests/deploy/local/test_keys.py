"""Secrets and keys are made once, for our eyes only."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from deploy.local.errors import LocalError
from deploy.local.keys import keep_keys, keep_secrets


def test_it_makes_secrets_once_and_keeps_them_private(tmp_path: Path) -> None:
    secrets = keep_secrets(tmp_path)
    assert keep_secrets(tmp_path) == secrets
    assert len(base64.urlsafe_b64decode(secrets["master_key"])) == 32
    assert len(set(secrets.values())) == len(secrets)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_it_adds_a_secret_that_a_newer_version_needs(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"redis": "old"}')
    secrets = keep_secrets(tmp_path)
    assert secrets["redis"] == "old"
    assert secrets["tracking_key"]


def test_it_refuses_damaged_secrets_instead_of_losing_the_data_they_open(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(LocalError, match="damaged"):
        keep_secrets(tmp_path)


def test_it_makes_key_pairs_that_match_and_keeps_them(tmp_path: Path) -> None:
    keep_keys(tmp_path)
    private_file = tmp_path / "legal.pem"
    pem = private_file.read_bytes()
    keep_keys(tmp_path)
    assert private_file.read_bytes() == pem
    assert private_file.stat().st_mode & 0o777 == 0o600
    private = load_pem_private_key(pem, None)
    public = load_pem_public_key((tmp_path / "public" / "legal.pem").read_bytes())
    assert private.public_key() == public
