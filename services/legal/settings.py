"""Settings of the legal service."""

from dataclasses import dataclass, field
from pathlib import Path

from environs import Env

from authority.profile import default_folder
from chassis.settings import ProcessSettings


@dataclass(frozen=True)
class Settings:
    """Everything the service reads from the environment (PARVIS_...)."""

    process: ProcessSettings
    authority_folder: Path
    database_url: str = field(repr=False)

    @classmethod
    def read(cls, env: Env) -> "Settings":
        """Read every variable; faults are gathered by `chassis.settings.read_settings`."""
        return cls(
            process=ProcessSettings.read(env),
            authority_folder=env.path("AUTHORITY_FOLDER", default_folder()),
            database_url=env.str("DATABASE_URL"),
        )
