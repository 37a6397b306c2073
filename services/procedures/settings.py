"""Settings of the procedures service and its worker."""

from dataclasses import dataclass, field
from pathlib import Path

from environs import Env
from marshmallow import ValidationError

from authority.profile import default_folder
from chassis.settings import ProcessSettings, read_key

PAYFIP = "https://www.payfip.gouv.fr"


@dataclass(frozen=True)
class Settings:
    """Everything the service reads from the environment (PARVIS_...)."""

    process: ProcessSettings
    authority_folder: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    legal_url: str
    identity_url: str
    blobs_url: str
    clamav_url: str
    master_key: bytes = field(repr=False)
    tracking_key: bytes = field(repr=False)
    smtp_url: str = field(repr=False)
    mail_from: str
    public_url: str
    webhook_hosts: tuple[str, ...]
    payfip_url: str
    partner_url: str

    @classmethod
    def read(cls, env: Env) -> "Settings":
        """Read every variable; faults are gathered by `chassis.settings.read_settings`."""
        process = ProcessSettings.read(env)
        return cls(
            process=process,
            authority_folder=env.path("AUTHORITY_FOLDER", default_folder()),
            database_url=env.str("DATABASE_URL"),
            redis_url=env.str("REDIS_URL"),
            legal_url=env.str("LEGAL_URL", "http://127.0.0.1:8001"),
            identity_url=env.str("IDENTITY_URL", "http://127.0.0.1:8002"),
            blobs_url=env.str("BLOBS_URL"),
            clamav_url=env.str("CLAMAV_URL", ""),
            master_key=read_key(env, "MASTER_KEY"),
            tracking_key=read_key(env, "TRACKING_KEY"),
            smtp_url=env.str("SMTP_URL"),
            mail_from=env.str("MAIL_FROM"),
            public_url=env.str("PUBLIC_URL"),
            # `host` or `host:port`: where business applications may be told (https)
            webhook_hosts=tuple(env.list("WEBHOOK_HOSTS", [])),
            payfip_url=_payfip_url(env, process.environment),
            partner_url=env.str("PARTNER_URL", "http://127.0.0.1:8027/"),
        )


def _payfip_url(env: Env, environment: str | None) -> str:
    """Return the DGFiP's address: the real one in production, never anywhere else (PAY-01)."""
    real = environment == "production"

    def check(url: str) -> None:
        if (url == PAYFIP) != real:
            raise ValidationError(f"{PAYFIP} goes with production, and only with it")

    default = PAYFIP if real else "http://127.0.0.1:8026"
    return env.str("PAYFIP_URL", default, validate=check) or ""
