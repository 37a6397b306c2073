"""Cases of the pages of one draft of a definition."""

from typing import Any

from tests.gateway.templates.samples import PROCEDURE, STEPS
from tests.gateway.templates.step_cases import FILLED, STEP_ERRORS, WRONG

ID = "0192f0c1-7a3c-7000-8000-000000000000"
DAY = "2026-11-24T10:05:00+01:00"
FAULT = {
    "check": "typography",
    "line": 12,
    "path": ["form", "pages", 0],
    "where": "Étape 1",
    "message": "À remplir",
    "stops": True,
    "address": "etape/0",
}
DRAFT: dict[str, Any] = {
    "id": ID,
    "procedure": "carte-decheterie",
    "title": "Obtenir la carte",
    "state": "draft",
    "based_on": 1,
    "in_force": 2,
    "refusal": "Une coquille",
    "revision": 3,
    "updated_at": DAY,
    "content_hash": "ab" * 32,
    "source": "id: carte-decheterie\n",
    "findings": [FAULT],
    "checks": [
        {"id": "labels", "label": "Libellés distincts", "good": True},
        {"id": "senses", "label": "Rien ne tient à la couleur", "good": False},
    ],
}
FIELD: dict[str, Any] = {
    "place": "0-0",
    "address": "champ/0-0",
    "label": "Nom",
    "type": "Texte court",
    "group": False,
    "required": True,
    "show": "",
    "fields": [],
}
GROUP = {
    **FIELD,
    "place": "0-1",
    "address": "champ/0-1",
    "label": "Enfants",
    "group": True,
    "show": "pro == true",
    "fields": [{**FIELD, "place": "0-1-0", "address": "champ/0-1-0", "label": "Prénom"}],
}
PAGE = {"number": 0, "address": "etape/0", "label": "Vous", "show": "", "fields": [FIELD, GROUP]}
JOINED = {"address": "document/0", "label": "Justificatif", "required": True}
DIFFERENCES = [
    {"change": "changed", "where": "Titre", "before": "Un", "after": "Deux"},
    {"change": "added", "where": "Champ 3", "before": "", "after": "Neuf"},
    {"change": "removed", "where": "Champ 1", "before": "Vieux", "after": ""},
    {"change": "moved", "where": "Champ 2", "before": "1", "after": "2"},
]
WHOLE: dict[str, Any] = {
    "draft": DRAFT,
    "outdated": True,
    "faults": [FAULT, {**FAULT, "address": "", "where": ""}],
    "advice": [FAULT],
    "differences": DIFFERENCES,
    "documents": [JOINED, {**JOINED, "address": "document/1", "required": False}],
    "pages": [PAGE, {**PAGE, "number": 1, "address": "etape/1", "show": "x", "fields": []}],
    "internal": True,
    "may_write": True,
    "may_approve": False,
    "errors": [],
}
SUBMITTED = {
    **WHOLE,
    "draft": {**DRAFT, "state": "submitted", "refusal": "", "based_on": 0},
    "outdated": False,
    "faults": [],
    "advice": [],
    "documents": [],
    "internal": False,
    "differences": [],
    "may_write": False,
}
CHOICE = [{"value": "a", "label": "Le A"}, {"value": "b", "label": "Le B"}]


def control(kind: str, value: Any, **more: Any) -> dict[str, Any]:
    """A control as the sheets show it."""
    made = {"kind": kind, "name": f"n-{kind}", "label": f"Champ {kind}", "help": "Une aide"}
    return {**made, "required": True, "options": CHOICE, "value": value, **more}


CONTROLS = [
    control("text", {"fr": "Premier", "en": "First"}),
    control("area", {"fr": "Deux", "en": "Two"}),
    control("one", "a"),
    control("many", ["b"]),
    control("yes", True),
    control("truth", "true"),
    control("number", "5"),
    control("bound", "today"),
    control("line", "x"),
    control("options", [{"value": "a", "fr": "A", "en": "A"}, {"value": "", "fr": "", "en": ""}]),
    control("condition", "a", name="show", written=""),
    control("condition", "other", name="require", written="age(x) > 3"),
]
PART: dict[str, Any] = {
    "draft": DRAFT,
    "kind": "champ",
    "controls": CONTROLS,
    "part_id": "nom",
    "name": "Votre nom",
    "address": f"/agents/modifications/{ID}/parties/champ/0-0",
    "adding": False,
    "conflict": [],
    "moved": False,
    "faults": [FAULT],
    "may_write": True,
    "errors": [],
}
SOURCE: dict[str, Any] = {
    "draft": DRAFT,
    "source": "id: x\n",
    "faults": [FAULT],
    "may_write": True,
    "errors": [],
}
TRIED = {
    "procedure": PROCEDURE,
    "kept": [("answer.nom", "Martin")],
    "steps": STEPS,
    "not_shown": True,
    "last": True,
    "draft_url": f"/agents/modifications/{ID}",
    "address": f"/agents/modifications/{ID}/apercu/vous",
}

DEFINITIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "staff-definition": ("staff/procedures/draft.html", WHOLE),
    "staff-definition-conflict": (
        "staff/procedures/draft.html",
        {**WHOLE, "errors": [{"field": "", "message": "Quelqu’un a modifié ce brouillon"}]},
    ),
    "staff-definition-own": ("staff/procedures/draft.html", SUBMITTED),
    "staff-definition-decide": (
        "staff/procedures/draft.html",
        {**SUBMITTED, "may_approve": True},
    ),
    "staff-part": ("staff/procedures/part.html", PART),
    "staff-part-added": (
        "staff/procedures/part.html",
        {
            **PART,
            "adding": True,
            "errors": [{"field": "n-text.fr", "message": "Écrivez le nom"}],
        },
    ),
    "staff-part-conflict": (
        "staff/procedures/part.html",
        {
            **PART,
            "conflict": CONTROLS,
            "moved": True,
            "errors": [{"field": "", "message": "Quelqu’un a modifié ce brouillon"}],
        },
    ),
    "staff-part-read": ("staff/procedures/part.html", {**PART, "may_write": False, "faults": []}),
    "staff-yaml": ("staff/procedures/yaml.html", SOURCE),
    "staff-yaml-refused": (
        "staff/procedures/yaml.html",
        {**SOURCE, "errors": [{"field": "source", "message": "Ligne 3 : refusé"}]},
    ),
    "staff-preview": (
        "staff/procedures/preview_page.html",
        {
            "procedure": PROCEDURE,
            "draft_url": f"/agents/modifications/{ID}",
            "partner_outage": False,
            "pinned": None,
        },
    ),
    "staff-preview-step": (
        "staff/procedures/preview_step.html",
        {**TRIED, **FILLED, "errors": []},
    ),
    "staff-preview-step-errors": (
        "staff/procedures/preview_step.html",
        {**TRIED, **WRONG, "errors": STEP_ERRORS, "not_shown": False},
    ),
}
