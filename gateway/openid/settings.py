"""What is agreed with each provider; a provider without an issuer is off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from environs import Env
from marshmallow import validate

# never a symmetric one: whoever verifies could also sign (facts of the provider; RFC 8725, 3.1)
ALGORITHMS = ("ES256", "RS256")


@dataclass(frozen=True)
class ProviderSettings:
    """One provider: who it is, who we are for it, and what is asked for."""

    name: str
    title: str
    about_url: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    algorithm: str
    scopes: tuple[str, ...]
    acr_values: str
    accepted_acr: frozenset[str]


@dataclass(frozen=True)
class _Kind:
    title: str
    about_url: str
    scopes: tuple[str, ...]
    accepted_acr: frozenset[str] = frozenset()


EIDAS = frozenset({"eidas1", "eidas2", "eidas3"})
KINDS: Mapping[str, _Kind] = {
    "franceconnect": _Kind(
        "FranceConnect",
        "https://franceconnect.gouv.fr/",
        ("openid", "identite_pivot", "email"),
        EIDAS,
    ),
    # the level that is told depends on the agent's own organisation: it is not judged here
    "proconnect": _Kind(
        "ProConnect",
        "https://www.proconnect.gouv.fr/",
        ("openid", "given_name", "usual_name", "email", "uid", "siret", "idp_id"),
    ),
}


def read_providers(env: Env, environment: str) -> dict[str, ProviderSettings]:
    """Return the providers that are configured, by name (PARVIS_FRANCECONNECT_ISSUER...)."""
    found = {name: _read(env, name, kind, environment) for name, kind in KINDS.items()}
    return {name: provider for name, provider in found.items() if provider is not None}


def _read(env: Env, name: str, kind: _Kind, environment: str) -> ProviderSettings | None:
    prefix = name.upper()
    issuer = env.str(f"{prefix}_ISSUER", "", validate=_issuer(environment))
    if not issuer:
        return None
    return ProviderSettings(
        name=name,
        title=kind.title,
        about_url=kind.about_url,
        issuer=issuer.rstrip("/"),
        client_id=env.str(f"{prefix}_CLIENT_ID", validate=validate.Length(min=1)),
        client_secret=env.str(f"{prefix}_CLIENT_SECRET", validate=validate.Length(min=1)),
        algorithm=env.str(f"{prefix}_ALGORITHM", "ES256", validate=validate.OneOf(ALGORITHMS)),
        scopes=kind.scopes,
        acr_values="eidas1",
        accepted_acr=kind.accepted_acr,
    )


def _issuer(environment: str) -> Callable[[str], None]:
    schemes = {"https"} if environment == "production" else {"http", "https"}
    check = validate.URL(schemes=schemes, require_tld=False, relative=False)

    def judge(text: str) -> None:
        if text:
            check(text)

    return judge
