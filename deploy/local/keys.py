"""Secrets and signing keys of a local stack: made once, kept with mode 0600."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from os import urandom
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.errors import LocalError

SIGNERS = ("gateway", "legal", "identity", "procedures")
SECRETS = (
    *("postgres", "parvis_legal", "parvis_identity", "parvis_procedures", "redis"),  # passwords
    *("master_key", "tracking_key"),  # of procedures
    *("identity_key", "session_key"),  # of identity, of the gateway
    *("legal_key",),
    *("franceconnect_secret", "proconnect_secret"),  # of the gateway, known by the simulator
)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only we may read, all at once: a crash leaves the old one or the new."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(content)
    unfinished.replace(path)


def keep_secrets(folder: Path) -> Mapping[str, str]:
    """Return the secrets named in SECRETS (32 random bytes, base64url), making those missing."""
    path = folder / "secrets.json"
    try:
        kept = json.loads(path.read_text()) if path.exists() else {}
        secrets = {name: str(kept.get(name) or _new_secret()) for name in SECRETS}
    except (ValueError, AttributeError):
        raise LocalError(
            f"{path} is damaged: put it back from a copy, or `make reset` (which forgets the data)."
        ) from None
    if secrets != kept:
        write_private(path, json.dumps(secrets, indent=1).encode())
    return secrets


def keep_keys(folder: Path) -> None:
    """Make the Ed25519 key pair of each signer where it is missing (PEM, PKCS 8 and SPKI)."""
    public_folder = folder / "public"
    public_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in SIGNERS:
        private, public = folder / f"{name}.pem", public_folder / f"{name}.pem"
        if not (private.exists() and public.exists()):
            _write_pair(private, public)


def _new_secret() -> str:
    return urlsafe_b64encode(urandom(32)).decode()


def _write_pair(private: Path, public: Path) -> None:
    key = Ed25519PrivateKey.generate()
    write_private(
        private,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
    write_private(
        public,
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
    )
