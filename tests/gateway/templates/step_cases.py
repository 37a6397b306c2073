"""A step of a form with every type of field: filled, and with mistakes."""

from typing import Any

from gateway.pages.requests.form_fields import shown_fields
from tests.gateway.templates.samples import PAGE

STATE: dict[str, Any] = {"hidden": [], "required": [], "computed": {"prix": "12,50 €"}}


def on_step(answers: dict[str, Any], more: str = "") -> dict[str, Any]:
    """Return the context of a step with these answers."""
    return {
        "page": PAGE,
        "here": "/dossiers/1/etapes/foyer",
        "fields": shown_fields(PAGE, STATE, answers, more),
    }


FILLED = on_step({"nom": "Martin", "naissance": "1985-04-12"}, "enfants")
STEP_ERRORS = [
    {"field": "email", "message": "Écrivez l’adresse avec un @, par exemple nom@exemple.fr"},
    {"field": "bac", "message": "Choisissez la taille du bac"},
    {"field": "adresse.postal_code", "message": "Écrivez les 5 chiffres du code postal"},
    {"field": "enfants", "message": "Donnez au moins un enfant"},
    {"field": "enfants.1.name", "message": "Écrivez le prénom de l’enfant"},
    {"field": "", "message": "Une erreur générale"},
]
MISTAKEN = {
    "email": 'nom"<b>',
    "jours": ["120"],
    "casse": True,
    "naissance": "31/02/2026",
    "adresse": {"street": "1 rue", "postal_code": "3"},
    "enfants": [{"name": "A", "born": "x"}, {"name": ""}],
}
WRONG = on_step(MISTAKEN)
