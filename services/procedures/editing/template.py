"""The definition that a new procedure begins with: whole, and […] where words are wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TO_WRITE = {"fr": "[…]", "en": "[…]"}


@dataclass(frozen=True)
class NewProcedure:
    """What is asked before a new procedure has a draft; the ids are those of the profile."""

    id: str
    title: Mapping[str, str]
    service: str
    counter: str
    theme: str
    audience: str


def template_of(new: NewProcedure) -> dict[str, Any]:
    """Return a procedure filled here, with one step that asks who the person is."""
    return {
        "id": new.id,
        "kind": "internal",
        "title": dict(new.title),
        "purpose": dict(TO_WRITE),
        "themes": [new.theme],
        "audiences": [new.audience],
        "keywords": dict(new.title),
        "documents": [],
        "delay": {"value": 1, "unit": "months"},
        "implicit_decision": {
            "after": {"value": 2, "unit": "months"},
            "outcome": "acceptance",
            "legal_basis": {
                "fr": "Code des relations entre le public et l’administration, article L231-1.",
                "en": "Code of relations between the public and the administration, "
                "article L231-1.",
            },
        },
        "cost": {"fr": "Gratuit", "en": "Free of charge"},
        "service": new.service,
        "traditional": {"counters": [new.counter], "ways": ["post", "telephone", "email"]},
        "personal_data": {
            "purpose": dict(TO_WRITE),
            "legal_basis": {
                "fr": "Mission d’intérêt public (RGPD, article 6.1.e).",
                "en": "Task in the public interest (GDPR, article 6.1.e).",
            },
            "recipients": dict(TO_WRITE),
            "retention": dict(TO_WRITE),
        },
        "form": {"pages": [_first_page()]},
    }


def _first_page() -> dict[str, Any]:
    return {
        "id": "vous",
        "title": {"fr": "Vous", "en": "You"},
        "fields": [
            {
                "id": "family_name",
                "type": "text",
                "label": {"fr": "Nom", "en": "Last name"},
                "required": True,
                "ask": {"fr": "Indiquez votre nom.", "en": "Enter your last name."},
                "autocomplete": "family-name",
                "prefill": "family_name",
                "max_length": 100,
            },
            {
                "id": "given_name",
                "type": "text",
                "label": {"fr": "Prénom", "en": "First name"},
                "required": True,
                "ask": {"fr": "Indiquez votre prénom.", "en": "Enter your first name."},
                "autocomplete": "given-name",
                "prefill": "given_name",
                "max_length": 100,
            },
            {
                "id": "email",
                "type": "email",
                "label": {"fr": "Adresse électronique", "en": "E-mail address"},
                "required": True,
                "ask": {
                    "fr": "Indiquez votre adresse électronique.",
                    "en": "Enter your e-mail address.",
                },
                "autocomplete": "email",
                "prefill": "email",
            },
        ],
    }
