"""Settings of the gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env
from marshmallow import ValidationError, validate

from authority.profile import default_folder
from chassis.settings import ProcessSettings, read_key
from gateway.openid.settings import ProviderSettings, read_providers

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Settings:
    """Everything the gateway reads from the environment (PARVIS_...)."""

    process: ProcessSettings
    authority_folder: Path
    redis_url: str = field(repr=False)
    legal_url: str
    identity_url: str
    procedures_url: str
    public_url: str
    session_key: bytes = field(repr=False)
    trusted_proxies: tuple[Network, ...]
    idle_minutes: int
    absolute_hours: int
    providers: Mapping[str, ProviderSettings]
    sign_ins_at_once: int
    sign_ins_waiting: int

    @property
    def secure(self) -> bool:
        """Say whether browsers reach us over TLS: cookies are then `__Host-` and Secure."""
        return self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Return the origin of our own pages: scheme, host, port."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @classmethod
    def read(cls, env: Env) -> "Settings":
        """Read every variable; faults are gathered by `chassis.settings.read_settings`."""
        process = ProcessSettings.read(env)
        return cls(
            process=process,
            authority_folder=env.path("AUTHORITY_FOLDER", default_folder()),
            redis_url=env.str("REDIS_URL"),
            legal_url=env.str("LEGAL_URL", "http://127.0.0.1:8001"),
            identity_url=env.str("IDENTITY_URL", "http://127.0.0.1:8002"),
            procedures_url=env.str("PROCEDURES_URL", "http://127.0.0.1:8003"),
            public_url=env.str("PUBLIC_URL", validate=_public_url(process.environment)),
            session_key=read_key(env, "SESSION_KEY"),
            trusted_proxies=_networks(env.str("TRUSTED_PROXIES", "", validate=_check_networks)),
            idle_minutes=env.int("SESSION_IDLE_MINUTES", 30, validate=validate.Range(1, 240)),
            sign_ins_at_once=env.int("SIGN_INS_AT_ONCE", 8, validate=validate.Range(1, 200)),
            sign_ins_waiting=env.int("SIGN_INS_WAITING", 32, validate=validate.Range(0, 1000)),
            absolute_hours=env.int("SESSION_ABSOLUTE_HOURS", 8, validate=validate.Range(1, 24)),
            providers=read_providers(env, process.environment),
        )


def _public_url(environment: str) -> validate.Validator:
    schemes = {"https"} if environment == "production" else {"http", "https"}
    return validate.URL(schemes=schemes, require_tld=False, relative=False)


def _networks(text: str | None) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in (text or "").split(",") if part.strip())


def _check_networks(text: str) -> None:
    try:
        _networks(text)
    except ValueError as error:
        raise ValidationError(f"must be networks separated by commas: {error}") from None
