"""Settings of the legal service and its worker."""

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path

from environs import Env
from marshmallow import ValidationError

from authority.profile import default_folder
from chassis.settings import ProcessSettings

KEY_BYTES = 32


@dataclass(frozen=True)
class Settings:
    """Everything the service reads from the environment (PARVIS_...)."""

    process: ProcessSettings
    authority_folder: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    master_key: bytes = field(repr=False)
    smtp_url: str = field(repr=False)
    mail_from: str
    known_heads_file: Path | None

    @classmethod
    def read(cls, env: Env) -> "Settings":
        """Read every variable; faults are gathered by `chassis.settings.read_settings`.

        KNOWN_HEADS_FILE is a copy of /evidence/heads kept elsewhere, for `verify-audit`.
        """
        return cls(
            process=ProcessSettings.read(env),
            authority_folder=env.path("AUTHORITY_FOLDER", default_folder()),
            database_url=env.str("DATABASE_URL"),
            redis_url=env.str("REDIS_URL"),
            master_key=_key(env.str("MASTER_KEY", validate=_check_key)),
            smtp_url=env.str("SMTP_URL"),
            mail_from=env.str("MAIL_FROM"),
            known_heads_file=env.path("KNOWN_HEADS_FILE", None),
        )


def _key(text: str | None) -> bytes:
    return base64.urlsafe_b64decode(_padded(text)) if text else b""


def _check_key(text: str) -> None:
    try:
        length = len(base64.urlsafe_b64decode(_padded(text)))
    except (binascii.Error, ValueError):
        length = 0
    if length != KEY_BYTES:
        raise ValidationError(f"must be {KEY_BYTES} bytes in URL-safe base64")


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)
