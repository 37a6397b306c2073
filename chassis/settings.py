"""Environment -> frozen dataclass, with every fault reported at once."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from environs import Env, EnvValidationError
from marshmallow import ValidationError, validate

T = TypeVar("T")

LOG_LEVELS = ("debug", "info", "warning", "error")
ENVIRONMENTS = ("local", "test", "production")
KEY_BYTES = 32


class SettingsFault(Exception):
    """The environment cannot be used; `faults` holds one clear line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class ProcessSettings:
    """What every process needs to listen, to log and to prove who it is."""

    environment: str
    host: str
    port: int
    operations_port: int
    log_format: str
    log_level: str
    drain_seconds: float
    private_key_file: Path = field(repr=False)
    public_keys_folder: Path

    @classmethod
    def read(cls, env: Env) -> "ProcessSettings":
        """Read the PARVIS_ variables common to all processes."""
        port = validate.Range(min=0, max=65535)
        return cls(
            environment=env.str("ENVIRONMENT", "local", validate=validate.OneOf(ENVIRONMENTS)),
            host=env.str("HOST", "127.0.0.1"),
            port=env.int("PORT", 0, validate=port),
            operations_port=env.int("OPERATIONS_PORT", 0, validate=port),
            log_format=env.str("LOG_FORMAT", "json", validate=validate.OneOf(["json", "console"])),
            log_level=env.str("LOG_LEVEL", "info", validate=validate.OneOf(LOG_LEVELS)),
            drain_seconds=env.float("DRAIN_SECONDS", 0.0, validate=validate.Range(0, 60)),
            private_key_file=env.path("PRIVATE_KEY_FILE", validate=_check_file),
            public_keys_folder=env.path("PUBLIC_KEYS_FOLDER", validate=_check_folder),
        )


def read_key(env: Env, name: str, *, optional: bool = False) -> bytes:
    """Return the 32 bytes of a key written in URL-safe base64, padded or not.

    `b""` for an optional key that is not set, and for a faulty one, whose fault is then reported.
    """
    if optional:
        text = env.str(name, "", validate=_check_optional_key)
    else:
        text = env.str(name, validate=_check_key)
    return _decode_key(text or "") or b""


def _check_optional_key(text: str) -> None:
    if text:
        _check_key(text)


def _check_key(text: str) -> None:
    if _decode_key(text) is None:
        raise ValidationError(f"must be {KEY_BYTES} bytes in URL-safe base64")


def _decode_key(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise ValidationError(f"there is no file {path}")


def _check_folder(path: Path) -> None:
    if not path.is_dir():
        raise ValidationError(f"there is no folder {path}")


def read_settings(build: Callable[[Env], T]) -> T:
    """Build settings from the PARVIS_ variables; raise `SettingsFault` with every fault."""
    env = Env(eager=False, prefix="PARVIS_")
    try:
        settings = build(env)
        env.seal()
    except EnvValidationError as error:
        raise SettingsFault(_lines(error)) from None
    except (TypeError, ValueError, AttributeError):
        # a value built on a faulty one: the faults behind it are what the operator can mend
        env_errors = getattr(env, "_errors", {})
        if not env_errors:
            raise
        raise SettingsFault(
            [f"{name}: {text}" for name, texts in env_errors.items() for text in texts]
        ) from None
    return settings


def _lines(error: EnvValidationError) -> list[str]:
    messages = error.error_messages
    if not isinstance(messages, dict):
        return [str(error)]
    return [f"{name}: {text}" for name, texts in messages.items() for text in texts]
