"""Settings of the identity service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from environs import Env
from marshmallow import ValidationError, validate

from authority.profile import default_folder
from chassis.settings import ProcessSettings, read_key
from services.identity.credentials.hashing import HashingSettings

DEMO_ENVIRONMENTS = ("local", "test")


@dataclass(frozen=True)
class Settings:
    """Everything the service reads from the environment (PARVIS_...)."""

    process: ProcessSettings
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    master_key: bytes = field(repr=False)
    former_master_key: bytes = field(repr=False)
    hashing: HashingSettings
    demo_sign_ins_file: Path | None
    authority_folder: Path
    breached_passwords_file: Path | None
    erasures_url: str
    smtp_url: str = field(repr=False)
    mail_from: str
    public_url: str
    contributors: Mapping[str, str]

    @classmethod
    def read(cls, env: Env) -> "Settings":
        """Read every variable; faults are gathered by `chassis.settings.read_settings`."""
        process = ProcessSettings.read(env)
        return cls(
            process=process,
            database_url=env.str("DATABASE_URL"),
            redis_url=env.str("REDIS_URL"),
            master_key=read_key(env, "MASTER_KEY"),
            former_master_key=read_key(env, "FORMER_MASTER_KEY", optional=True),
            hashing=_hashing(env),
            demo_sign_ins_file=env.path(
                "DEMO_SIGN_INS_FILE", None, validate=_local_only(process.environment)
            ),
            authority_folder=env.path("AUTHORITY_FOLDER", default_folder()),
            breached_passwords_file=env.path(
                "BREACHED_PASSWORDS_FILE", None, validate=_check_breached
            ),
            erasures_url=env.str("ERASURES_URL"),
            smtp_url=env.str("SMTP_URL"),
            mail_from=env.str("MAIL_FROM"),
            public_url=env.str("PUBLIC_URL"),
            contributors={
                "procedures": env.str("PROCEDURES_URL", "http://127.0.0.1:8003"),
                "legal": env.str("LEGAL_URL", "http://127.0.0.1:8001"),
            },
        )


def _hashing(env: Env) -> HashingSettings:
    """Read the cost of a password hash; OWASP's floor is 19 MiB and 2 iterations."""
    default = HashingSettings()
    return HashingSettings(
        memory_kib=env.int(
            "ARGON2_MEMORY_KIB", default.memory_kib, validate=validate.Range(19456, 1048576)
        ),
        iterations=env.int(
            "ARGON2_ITERATIONS", default.iterations, validate=validate.Range(2, 100)
        ),
        lanes=env.int("ARGON2_LANES", default.lanes, validate=validate.Range(1, 16)),
        workers=env.int("ARGON2_WORKERS", default.workers, validate=validate.Range(1, 64)),
        waiting=env.int("ARGON2_WAITING", default.waiting, validate=validate.Range(0, 1000)),
    )


def _local_only(environment: str) -> Callable[[Path | None], None]:
    """There are no default accounts in production (ASVS 6.3.2)."""

    def check(path: Path | None) -> None:
        if path is not None and environment not in DEMO_ENVIRONMENTS:
            raise ValidationError("demo accounts exist only where PARVIS_ENVIRONMENT is local|test")

    return check


def _check_breached(path: Path | None) -> None:
    if path is not None and not path.is_file():
        raise ValidationError(f"there is no file {path}")
