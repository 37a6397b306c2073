"""Every template with its context: `PAGES` maps a case's name to (template, context)."""

from typing import Any

from tests.gateway.templates.account_cases import ACCOUNT_PAGES
from tests.gateway.templates.desk_cases import DESK_PAGES
from tests.gateway.templates.legal_cases import LEGAL_PAGES
from tests.gateway.templates.own_cases import OWN_PAGES
from tests.gateway.templates.payment_cases import PAYMENT_PAGES
from tests.gateway.templates.samples import (
    AUDIENCES,
    CLOSED,
    DRAFT,
    FILED,
    PARTNER,
    PROCEDURE,
    STEPS,
    SUMMARIES,
    THEMES,
    WAYS,
)
from tests.gateway.templates.staff_text_cases import STAFF_TEXTS
from tests.gateway.templates.step_cases import FILLED, STEP_ERRORS, WRONG

Case = tuple[str, dict[str, Any]]

COMMON: dict[str, Any] = {
    "csrf_token": "jeton",
    "account": None,
    "request_path": "/demarches",
    "alternate_language_url": "/demarches?lang=en",
    "outages": [],
    "flashes": [],
    "status": 200,
}
OUTAGE = {"title": "Le suivi des dossiers ne répond pas.", "text": "Le reste fonctionne."}
FLASH = {"kind": "success", "text": "Étape enregistrée."}
ACCOUNT = {"display_name": "Élise Martin", "identifier": "elise.m", "email": None}
TERMS = {
    "slug": "conditions-generales",
    "title": "Conditions générales d’utilisation",
    "summary": "Un service facultatif et gratuit.",
    "version": 2,
    "effective_from": "2026-01-01T00:00:00+01:00",
    "effective_until": None,
    "content_hash": "9d5e3a",
    "language": "fr",
    "html": "<h2>Objet</h2><p>Le service est facultatif et gratuit.</p><h3>Détail</h3><p>…</p>"
    "<table><thead><tr><th>Pourquoi</th></tr></thead><tbody><tr><td>…</td></tr></tbody></table>",
    "versions": [
        {"version": 2, "effective_from": "2026-01-01", "content_hash": "9d5e3a"},
        {"version": 1, "effective_from": "2025-01-01", "content_hash": "77aa01"},
    ],
}
LISTED = {"procedures": SUMMARIES, "themes": THEMES, "audiences": AUDIENCES, "suggestion": None}
NOTHING_CHOSEN = {"query": "", "selected_theme": "", "selected_audience": ""}
ON_STEP = {
    "procedure": PROCEDURE,
    "dossier": DRAFT,
    "steps": STEPS,
    "back_url": "/dossiers/1/etapes/foyer",
    "request_key": "cle",
    "errors": [],
}
STEP = {**ON_STEP, **FILLED}
RECAP = {
    **ON_STEP,
    "sections": [
        {
            "title": "Votre foyer",
            "change_url": "/dossiers/1/etapes/foyer",
            "rows": [
                {"label": "Nom", "value": "Martin"},
                {"label": "Téléphone", "value": ""},
                {"label": "Jours possibles", "value": ["lundi", "mardi"]},
            ],
        }
    ],
    "certification": {
        "text_html": "<p>Toute fausse déclaration est punie (Code pénal, 441-1).</p>",
        "version": 1,
        "hash": "ab12",
    },
}
MISSING = [
    {"page": "foyer", "field": "nom", "message": "Nom : à remplir"},
    {"document": "domicile", "message": "Justificatif de domicile : à joindre"},
]
PROOF = {"procedure": PROCEDURE, "just_filed": False, "tracking_code": None}
LEGAL = {
    "document": TERMS,
    "current_version": 2,
    "permanent_url": "https://parvis.example/conditions-generales/versions/2",
    "base_path": "/conditions-generales",
    "is_permanent": False,
    "day": "",
    "typed_day": "",
    "errors": [],
    "stale": False,
}
KEPT = [
    {"name": "answer.nom", "value": "Martin", "label": "Nom", "shown": True},
    {"name": "revision", "value": "3", "label": "", "shown": False},
]
PAYMENT = {**PROCEDURE, "kind": "payment", "payment": {"name": "PayFiP"}, "documents": []}
PARTNERED = {**PROCEDURE, "kind": "partner", "partner": PARTNER, "form": None}

PAGES: dict[str, Case] = {
    "home": ("catalogue/home.html", {**LISTED, "highlights": SUMMARIES, "request_path": "/"}),
    "list": ("catalogue/list.html", {**LISTED, **NOTHING_CHOSEN}),
    "list-filtered": (
        "catalogue/list.html",
        {**LISTED, "query": "dechet", "selected_theme": "eau", "selected_audience": "entreprises"},
    ),
    "list-empty": (
        "catalogue/list.html",
        {**LISTED, **NOTHING_CHOSEN, "procedures": [], "query": "décher", "suggestion": "déchet"},
    ),
    "procedure": ("catalogue/procedure.html", {"procedure": PROCEDURE}),
    "procedure-closed": (
        "catalogue/procedure.html",
        {"procedure": {**PROCEDURE, "availability": CLOSED}, "outages": [OUTAGE]},
    ),
    "procedure-payment": ("catalogue/procedure.html", {"procedure": PAYMENT}),
    "procedure-partner": (
        "catalogue/procedure.html",
        {"procedure": PARTNERED, "partner_state": "down"},
    ),
    "procedure-partner-disturbed": (
        "catalogue/procedure.html",
        {"procedure": PARTNERED, "partner_state": "disturbed"},
    ),
    "handoff": ("catalogue/partner_handoff.html", {"procedure": PARTNERED, "handoff": PARTNER}),
    "terms": (
        "requests/terms.html",
        {"procedure": PROCEDURE, "terms": TERMS, "errors": [], "request_key": "cle"},
    ),
    "terms-refused": (
        "requests/terms.html",
        {
            "procedure": PROCEDURE,
            "terms": TERMS,
            "errors": [{"field": "accepted", "message": "Cochez la case pour continuer"}],
            "request_key": "cle",
        },
    ),
    "step": ("requests/step.html", {**STEP, "flashes": [FLASH]}),
    "step-errors": ("requests/step.html", {**ON_STEP, **WRONG, "errors": STEP_ERRORS}),
    "step-conflict": (
        "requests/step.html",
        {**STEP, "conflict": [{"label": "Nom", "value": "Durand"}]},
    ),
    "documents": ("requests/documents.html", {**ON_STEP, "next_url": "/dossiers/1/recapitulatif"}),
    "documents-refused": (
        "requests/documents.html",
        {
            **ON_STEP,
            "next_url": "/dossiers/1/recapitulatif",
            "errors": [{"field": "photo", "message": "Ce fichier n’est pas une image"}],
        },
    ),
    "recap": ("requests/recap.html", RECAP),
    "recap-missing": ("requests/recap.html", {**RECAP, "dossier": {**DRAFT, "missing": MISSING}}),
    "request-filed": (
        "requests/request.html",
        {**PROOF, "dossier": FILED, "just_filed": True, "tracking_code": "7KQX-M2PD-9RTW"},
    ),
    "request-followed": ("requests/request.html", {**PROOF, "dossier": FILED}),
    "request-draft": ("requests/request.html", {**PROOF, "dossier": DRAFT, "resume_url": "/x"}),
    "tracking": ("requests/tracking.html", {"number": "", "errors": []}),
    "tracking-refused": (
        "requests/tracking.html",
        {"number": "NM-1", "errors": [{"field": "", "message": "Aucun dossier trouvé"}]},
    ),
    "legal": ("legal/document.html", LEGAL),
    "legal-earlier": (
        "legal/document.html",
        {
            **LEGAL,
            "document": {**TERMS, "effective_until": "2026-06-01T00:00:00+00:00"},
            "current_version": 3,
            "is_permanent": True,
            "day": "2026-03-01",
            "stale": True,
        },
    ),
    "legal-no-day": (
        "legal/document.html",
        {**LEGAL, "typed_day": "x", "errors": [{"field": "jour", "message": "Écrivez une date"}]},
    ),
    **ACCOUNT_PAGES,
    **LEGAL_PAGES,
    **PAYMENT_PAGES,
    **STAFF_TEXTS,
    **DESK_PAGES,
    "sign-in": ("account/sign_in.html", {"identifier": "", "errors": [], "return_to": ""}),
    "sign-in-refused": (
        "account/sign_in.html",
        {
            "identifier": "elise",
            "errors": [{"field": "password", "message": "Écrivez votre mot de passe"}],
            "return_to": "/compte",
        },
    ),
    **OWN_PAGES,
    "site-map": (
        "site_map.html",
        {"themes": THEMES, "legal_documents": [{"title": "Cookies", "url": "/cookies"}]},
    ),
    "error-404": ("errors/error.html", {"status": 404}),
    "error-503": (
        "errors/error.html",
        {
            "status": 503,
            "heading": "Le dépôt des demandes ne répond pas",
            "kept": "Votre brouillon est enregistré.",
            "actions": [{"label": "Revenir au dossier", "url": "/dossiers/1"}],
            "traditional": WAYS,
            "request_id": "0192f0c1",
            "retry_after": 30,
        },
    ),
    "expired": (
        "errors/expired.html",
        {"reason": "csrf", "action": "/dossiers/1/etapes/foyer", "kept": KEPT},
    ),
    **{
        f"expired-{reason}": (
            "errors/expired.html",
            {"reason": reason, "action": "/dossiers/1/etapes/foyer", "kept": KEPT},
        )
        for reason in ("session", "account", "outage", "delay")
    },
    "expired-empty": ("errors/expired.html", {"reason": "session", "action": "/x", "kept": []}),
    "cookies": ("errors/cookies.html", {"return_to": "/suivi"}),
    "error-403": ("errors/error.html", {"status": 403}),
    "error-429": ("errors/error.html", {"status": 429, "retry_after": 1}),
    "last-resort": ("errors/last_resort.html", {"telephone": "04 66 02 55 55"}),
}
