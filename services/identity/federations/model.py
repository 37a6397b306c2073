"""Outside identities, their links to accounts, and what is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import DomainError
from services.identity.profiles.pivot import Pivot


class Provider(StrEnum):
    """Who vouches."""

    FRANCECONNECT = "franceconnect"
    PROCONNECT = "proconnect"


NAMES: Mapping[Provider, str] = {
    Provider.FRANCECONNECT: "FranceConnect",
    Provider.PROCONNECT: "ProConnect",
}
# what is kept of each: nothing that the provider was not asked for
CLAIMS: Mapping[Provider, Sequence[str]] = {
    Provider.FRANCECONNECT: (
        *("given_name", "family_name", "birthdate", "gender", "birthplace", "birthcountry"),
        *("preferred_username", "email"),
    ),
    Provider.PROCONNECT: ("given_name", "usual_name", "email", "uid", "siret", "idp_id"),
}
MOST_CHARACTERS = 320


class LinkTaken(DomainError):
    """The identity is linked to another account."""

    code = "link-taken"


class LinkNotFound(DomainError):
    """The account has no link with this provider."""

    code = "link-not-found"


class LastWayIn(DomainError):
    """Without this link nobody could sign in to the account."""

    code = "last-way-in"


class WrongProvider(DomainError):
    """FranceConnect is for people, ProConnect for staff: never the other way round."""

    code = "wrong-provider"


@dataclass(frozen=True)
class Identity:
    """Who a provider says it is; `issuer` and `subject` name the person for ever."""

    provider: Provider
    issuer: str
    subject: str = field(repr=False)
    claims: Mapping[str, str] = field(repr=False)

    @property
    def pivot(self) -> Pivot | None:
        """Return the civil identity that FranceConnect vouches for; ProConnect gives none."""
        if self.provider != Provider.FRANCECONNECT:
            return None
        names = CLAIMS[Provider.FRANCECONNECT][:6]
        return Pivot(*(self.claims.get(name, "") for name in names))


@dataclass(frozen=True)
class Link:
    """An identity linked to an account."""

    identity: Identity
    linked_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Match:
    """An account whose civil identity is the same; `vouched` when a provider said so before."""

    account_id: UUID
    vouched: bool


@dataclass(frozen=True)
class Choice:
    """Nobody has this identity yet: link an account, or open one, with `token`.

    `pending` says that an account was opened with it and still waits for its e-mail.
    """

    token: str = field(repr=False)
    identity: Identity
    pending: bool = False


@dataclass(frozen=True)
class Opening:
    """What the person typed to open an account."""

    identifier: str = field(repr=False)
    email: str = field(repr=False)
    language: str
    keep_identity: bool


def known_claims(provider: Provider, claims: Mapping[str, object]) -> dict[str, str]:
    """Return the claims that are kept, texts only, without spaces around."""
    found = {name: claims.get(name) for name in CLAIMS[provider]}
    return {
        name: value.strip()[:MOST_CHARACTERS]
        for name, value in found.items()
        if isinstance(value, str) and value.strip()
    }


def content_of(identity: Identity) -> dict[str, Any]:
    """Return an identity as a proof carries it."""
    return {
        "provider": identity.provider,
        "issuer": identity.issuer,
        "subject": identity.subject,
        "claims": dict(identity.claims),
    }


def identity_in(content: Mapping[str, Any]) -> Identity:
    """Return the identity that a proof carries."""
    return Identity(
        Provider(content["provider"]), content["issuer"], content["subject"], content["claims"]
    )
