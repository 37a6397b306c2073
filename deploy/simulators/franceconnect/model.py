"""What the simulated providers know: flavours, the client, what was asked, what was granted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

CODE_SECONDS = 30
TOKEN_SECONDS = 60


class Refused(Exception):
    """A call that breaks the protocol; `code` is OpenID Connect's word for it."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


@dataclass(frozen=True)
class Flavour:
    """One of the two providers; `scopes` maps each scope to its claims."""

    name: str
    title: str
    path: str
    scopes: Mapping[str, Sequence[str]]
    session_seconds: int
    shortest_secret: int
    known_parameters: frozenset[str] | None


PIVOT = (
    "given_name",
    "given_name_array",
    "family_name",
    "birthdate",
    "gender",
    "birthplace",
    "birthcountry",
)
AGENT = ("given_name", "usual_name", "email", "uid", "siret", "idp_id")
FRANCECONNECT = Flavour(
    "franceconnect",
    "FranceConnect",
    "/api/v2",
    {
        "openid": (),
        "profile": (
            *("given_name", "given_name_array", "family_name", "gender", "birthdate"),
            "preferred_username",
        ),
        "birth": ("birthplace", "birthcountry"),
        "identite_pivot": PIVOT,
        "email": ("email",),
        "preferred_username": ("preferred_username",),
    },
    session_seconds=30 * 60,
    shortest_secret=1,
    known_parameters=None,
)
PROCONNECT = Flavour(
    "proconnect",
    "ProConnect",
    "/proconnect/api/v2",
    {"openid": (), **{name: (name,) for name in AGENT}},
    session_seconds=12 * 3600,
    shortest_secret=32,
    known_parameters=frozenset(
        (
            *("response_type", "client_id", "redirect_uri", "scope", "state", "nonce"),
            *("acr_values", "claims", "prompt"),
        )
    ),
)
FLAVOURS: Mapping[str, Flavour] = {one.name: one for one in (FRANCECONNECT, PROCONNECT)}


@dataclass(frozen=True)
class Client:
    """The one site that signs people in here, and the addresses it registered."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    post_logout_uris: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A sign-in under way: what the client's redirection asked for."""

    flavour: Flavour
    issuer: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    nonce: str
    challenge: str
    asked_at: datetime


@dataclass
class Grant:
    """A code, then the access token that it was exchanged for; `fault` is what was chosen."""

    asked: Asked
    person: str
    granted_at: datetime
    fault: str = ""
    used: bool = False
