"""Cases of the account's pages."""

from typing import Any

from tests.gateway.templates.federation_cases import FEDERATION_PAGES, LINKED, UNLINKED
from tests.gateway.templates.legal_cases import TERMS

AT = "2026-11-24T10:05:00+01:00"
RULES = [
    {"id": "length", "text": "De 12 à 128 caractères", "met": True},
    {"id": "unrelated", "text": "Sans lien avec vous", "met": False},
]
NEW = {"errors": [], "rules": RULES, "checked": False}
WRONG = {
    "errors": [
        {"field": "new_password", "message": "Le mot de passe ne remplit pas toutes les règles."}
    ],
    "rules": RULES,
    "checked": True,
}
CODE_WRONG = [{"field": "code", "message": "Ce code n’est pas le bon."}]
PASSWORD_WRONG = [{"field": "password", "message": "Ce n’est pas votre mot de passe."}]
NOBODY = {"identifier": "", "email": ""}
TYPED = {"identifier": "élise<b>", "email": "elise"}
LINK = {"identifier": "elise.m", "second_factor": False}
ACCOUNT = {
    "display_name": "Élise Martin",
    "identifier": "elise.m",
    "email": "elise@exemple.fr",
    "erasure_due_at": AT,
}
OFFER = {"secret": "JBSWY3DPEHPK3PXP", "picture": '<svg xmlns="http://www.w3.org/2000/svg"></svg>'}
FACTORS = [
    {"id": "1", "kind": "totp", "label": "", "created_at": AT},
    {"id": "2", "kind": "passkey", "label": "Clé bleue", "created_at": AT},
]
SESSIONS = [
    {"handle": "a1", "here": True, "began": AT, "device": "Firefox, Windows"},
    {"handle": "b2", "here": False, "began": AT, "device": ""},
]
EVENTS: list[dict[str, Any]] = [
    {
        "recorded_at": AT,
        "name": "fait",
        "action": "signed-in",
        "actor": "owner",
        "detail": {"device": "Firefox"},
    },
    {
        "recorded_at": AT,
        "name": "fait",
        "action": "sign-in-refused",
        "actor": "anonymous",
        "detail": {},
    },
    {
        "recorded_at": AT,
        "name": "fait",
        "action": "suspended",
        "actor": "staff",
        "detail": {"reason": "<i>Abus"},
    },
]
NAMED = [{**event, "name": "connexion"} for event in EVENTS]
TO_ACCEPT = {"terms": TERMS, "accepted": False}
FIELDS = [
    {
        "id": "title",
        "label": "Civilité",
        "kind": "select",
        "help": None,
        "required": False,
        "options": [{"value": "madame", "label": "Madame"}],
        "autocomplete": None,
    },
    {
        "id": "birth_date",
        "label": "Date de naissance",
        "kind": "date",
        "help": None,
        "required": False,
        "options": [],
        "autocomplete": "bday",
    },
]
COPIES = [
    {"id": "1", "state": state, "missing": missing, "requested_at": AT}
    for state, missing in [
        ("ready", ["legal"]),
        ("preparing", []),
        ("downloaded", []),
        ("expired", []),
    ]
]
RIGHTS = [{"value": "access", "label": "Accès"}]
MADE = [
    {"name": "Accès", "state": state, "due_on": "2026-12-24", "text": "Tout", "answer": answer}
    for state, answer in [("open", ""), ("granted", "Voici"), ("refused", "Non")]
]
FOUND = {
    "account_id": "1",
    "identifier": "élise<b>",
    "created_at": AT,
    "last_seen_at": AT,
    "limited_at": AT,
}

ACCOUNT_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "sign-in": ("account/sign_in.html", {"identifier": "", "errors": [], "return_to": ""}),
    "sign-in-refused": (
        "account/sign_in.html",
        {
            "identifier": "elise",
            "errors": [{"field": "password", "message": "Écrivez votre mot de passe"}],
            "return_to": "/compte",
        },
    ),
    "account-notices": (
        "account/account.html",
        {"account": ACCOUNT, "my_requests": [], "enrolment_needed": True, "favourites": []},
    ),
    "registration": ("account/registration.html", {"typed": NOBODY, **NEW, **TO_ACCEPT}),
    "registration-errors": (
        "account/registration.html",
        {"typed": TYPED, **WRONG, **TO_ACCEPT, "accepted": True},
    ),
    "registered": ("account/registered.html", {"email": "elise@exemple.fr"}),
    "confirm-email": ("account/confirm_email.html", {"errors": []}),
    "recovery": ("account/recovery.html", {"errors": [], "typed": ""}),
    "recovery-errors": (
        "account/recovery.html",
        {"errors": [{"field": "typed", "message": "Écrivez votre identifiant."}], "typed": ""},
    ),
    "recovery-sent": ("account/recovery_sent.html", {}),
    "reset": ("account/reset.html", {"link": LINK, **NEW}),
    "reset-frozen": ("account/reset.html", {"link": {**LINK, "second_factor": True}, **WRONG}),
    "reset-expired": ("account/reset.html", {"link": None, **NEW}),
    "freeze": ("account/freeze.html", {"errors": [], "done": False}),
    "freeze-done": ("account/freeze.html", {"errors": [], "done": True}),
    "freeze-own": ("account/freeze_own.html", {}),
    "second-step": (
        "account/second_step.html",
        {"errors": [], "kinds": ["totp", "passkey"], "options": '{"challenge":"x"}'},
    ),
    "second-step-wrong": (
        "account/second_step.html",
        {"errors": CODE_WRONG, "kinds": ["totp"], "options": None},
    ),
    "second-step-over": ("account/second_step.html", {"errors": [], "kinds": [], "options": None}),
    "password": ("account/password.html", NEW),
    "password-errors": ("account/password.html", WRONG),
    "email": ("account/email.html", {"errors": [], "typed": ""}),
    "email-errors": ("account/email.html", {"errors": PASSWORD_WRONG, "typed": "e@x.fr"}),
    "security": (
        "account/security.html",
        {
            "sessions": SESSIONS,
            "factors": FACTORS,
            "codes_left": 9,
            "sign_ins": EVENTS[:2],
            **LINKED,
        },
    ),
    "security-empty": (
        "account/security.html",
        {"sessions": SESSIONS[:1], "factors": [], "codes_left": 0, "sign_ins": [], **UNLINKED},
    ),
    "factor-password": ("account/factor_password.html", {"errors": PASSWORD_WRONG}),
    "totp": ("account/totp.html", {"errors": CODE_WRONG, "offer": OFFER}),
    "passkey": ("account/passkey.html", {"errors": [], "options": '{"challenge":"x"}'}),
    "recovery-codes": ("account/recovery_codes.html", {"codes": ["ABCDE-FGHIJ"]}),
    "profile": (
        "account/profile.html",
        {
            "fields": FIELDS,
            "typed": {"birth_date": "1985-04-12"},
            "kept": {"title": "madame", "birth_date": "1985-04-12"},
            "errors": [],
        },
    ),
    "profile-errors": (
        "account/profile.html",
        {
            "fields": FIELDS,
            "typed": {"birth_date": "31/02/1985"},
            "kept": {},
            "errors": [{"field": "birth_date", "message": "Écrivez une date qui existe."}],
        },
    ),
    "data": ("account/data.html", {"copies": COPIES, "events": NAMED}),
    "rights": (
        "account/rights.html",
        {"errors": [], "text": "", "chosen": "", "rights": RIGHTS, "made": MADE},
    ),
    "rights-errors": (
        "account/rights.html",
        {
            "errors": [{"field": "right", "message": "Choisissez un droit."}],
            "text": "<b>",
            "chosen": "access",
            "rights": RIGHTS,
            "made": [],
        },
    ),
    "erasure": ("account/erasure.html", {"errors": PASSWORD_WRONG, "due": None}),
    "erasure-planned": ("account/erasure.html", {"errors": [], "due": AT}),
    "erased": ("account/erased.html", {}),
    **FEDERATION_PAGES,
    "staff-account-search": (
        "staff/accounts/search.html",
        {"errors": [{"field": "identifier", "message": "Aucun compte."}], "typed": "élise"},
    ),
    **{
        f"staff-account-{state}": (
            "staff/accounts/account.html",
            {
                "found": {**FOUND, "state": state},
                "acts": ["suspension", "reinstatement", "termination"],
                "may_reset": state != "pending",
                "errors": [],
                "reason": "",
            },
        )
        for state in ("active", "pending", "frozen", "suspended", "terminated")
    },
    "staff-factor-reset": (
        "staff/accounts/factor_reset.html",
        {"errors": [{"field": "token", "message": "Ce code n’existe pas."}], "typed": "abc"},
    ),
    "staff-factor-reset-asked": ("staff/accounts/factor_reset_asked.html", {"token": "x" * 43}),
    "staff-rights": (
        "staff/accounts/rights.html",
        {"errors": [], "typed": {}, "rights": RIGHTS, "opened": [{**MADE[0], "id": "1"}]},
    ),
    "staff-rights-none": (
        "staff/accounts/rights.html",
        {
            "errors": [{"field": "identifier", "message": "Aucun compte."}],
            "typed": {"identifier": "élise"},
            "rights": RIGHTS,
            "opened": [],
        },
    ),
}
