"""Settings of the legal service and its worker."""

from dataclasses import dataclass, field
from pathlib import Path

from environs import Env

from authority.profile import default_folder
from chassis.settings import ProcessSettings, read_key


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
            master_key=read_key(env, "MASTER_KEY"),
            smtp_url=env.str("SMTP_URL"),
            mail_from=env.str("MAIL_FROM"),
            known_heads_file=env.path("KNOWN_HEADS_FILE", None),
        )
