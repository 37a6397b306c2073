"""Cases of the pages that FranceConnect and ProConnect come with."""

from typing import Any

from tests.gateway.templates.legal_cases import TERMS

AT = "2026-11-24T10:05:00+01:00"
FRANCECONNECT = {
    "name": "franceconnect",
    "title": "FranceConnect",
    "about_url": "https://franceconnect.gouv.fr/",
}
PROCONNECT = {
    "name": "proconnect",
    "title": "ProConnect",
    "about_url": "https://www.proconnect.gouv.fr/",
}
LINK: dict[str, Any] = {
    "provider": "franceconnect",
    "title": "FranceConnect",
    "linked_at": AT,
    "last_used_at": AT,
    "came": True,
}
LINKED: dict[str, Any] = {"links": [LINK], "has_password": True, "provider": None}
UNLINKED: dict[str, Any] = {"links": [], "has_password": True, "provider": FRANCECONNECT}
NOTHING = {"identifier": "", "new_identifier": "", "email": ""}
CHOICE: dict[str, Any] = {
    "errors": [],
    "provider": FRANCECONNECT,
    "name": "Élise <b>Martin",
    "pending": False,
    "typed": NOTHING,
    "own_identifier": "",
    "accepted": False,
    "keep_identity": False,
    "terms": TERMS,
}
WRONG = [
    {"field": "new_identifier", "message": "Cet identifiant est déjà pris."},
    {"field": "email", "message": "Écrivez l’adresse avec un @."},
    {"field": "accepted", "message": "Cochez la case."},
]
FAILED: dict[str, Any] = {
    "heading": "Vous avez annulé la connexion avec FranceConnect",
    "told": "Vous êtes revenu sans vous identifier.",
    "account_state": "",
    "parked": True,
    "title": "FranceConnect",
    "again_url": "/connexion/franceconnect",
    "password_url": "/connexion",
    "signed_in": False,
}
REGISTRATION: dict[str, Any] = {
    "typed": {"identifier": "", "email": ""},
    "errors": [],
    "rules": [{"id": "length", "text": "De 12 à 128 caractères", "met": True}],
    "checked": False,
    "terms": TERMS,
    "accepted": False,
}
SIGN_IN: dict[str, Any] = {"identifier": "", "errors": []}
CAME = {
    "recorded_at": AT,
    "action": "signed-in",
    "detail": {"method": "proconnect", "device": "Firefox"},
}

FEDERATION_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "federation-choice": ("account/federation_choice.html", CHOICE),
    "federation-choice-errors": (
        "account/federation_choice.html",
        {
            **CHOICE,
            "errors": WRONG,
            "pending": True,
            "typed": {"identifier": "élise", "new_identifier": "é<b>", "email": "elise"},
        },
    ),
    "federation-choice-own": (
        "account/federation_choice.html",
        {**CHOICE, "own_identifier": "elise.m", "terms": None, "name": ""},
    ),
    "federation-choice-agent": (
        "account/federation_choice.html",
        {**CHOICE, "provider": PROCONNECT, "terms": None},
    ),
    "federation-failed": ("account/federation_failed.html", FAILED),
    "federation-frozen": (
        "account/federation_failed.html",
        {**FAILED, "account_state": "frozen", "parked": False},
    ),
    "federation-suspended": (
        "account/federation_failed.html",
        {**FAILED, "account_state": "suspended", "signed_in": True},
    ),
    "provider-sign-out": (
        "account/provider_sign_out.html",
        {"title": "FranceConnect", "leave_url": "/deconnexion/franceconnect/aller"},
    ),
    "sign-in-franceconnect": (
        "account/sign_in.html",
        {**SIGN_IN, "return_to": "/reprise", "provider": FRANCECONNECT},
    ),
    "sign-in-proconnect": (
        "account/sign_in.html",
        {**SIGN_IN, "return_to": "/agents", "provider": PROCONNECT},
    ),
    "registration-franceconnect": (
        "account/registration.html",
        {**REGISTRATION, "provider": FRANCECONNECT},
    ),
    "security-linked-agent": (
        "account/security.html",
        {
            "sessions": [],
            "factors": [],
            "codes_left": 0,
            "sign_ins": [CAME],
            "links": [{**LINK, "last_used_at": None, "came": False}],
            "has_password": False,
            "provider": PROCONNECT,
        },
    ),
}
