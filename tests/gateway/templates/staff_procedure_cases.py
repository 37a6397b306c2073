"""Cases of the pages on which staff amend the procedures."""

from typing import Any

from tests.gateway.templates.definition_cases import CHOICE, DAY, DEFINITIONS, DRAFT, ID

STEERED: dict[str, Any] = {
    "id": "carte-decheterie",
    "title": "Obtenir la carte",
    "kind": "internal",
    "service": "dechets",
    "version": 2,
    "state": "published",
    "held_by": "files",
    "suspension": None,
}
SUSPENDED = {
    **STEERED,
    "state": "suspended",
    "held_by": "staff",
    "suspension": {"since": "2026-11-20", "until": "2026-12-01", "reason": "Panne"},
}
HISTORY = [
    {"at": DAY, "actor": "account:1", "action": "definition-published", "subject": "x"}
    | {"detail": {"version": 2, "writers": ["2"]}},
    {"at": DAY, "actor": "account:2", "action": "definition-draft-sent-back", "subject": "x"}
    | {"detail": {"reason": "Une coquille"}},
]
SHOWN: dict[str, Any] = {
    "procedure": SUSPENDED,
    "history": HISTORY,
    "next_before": 12,
    "me": "account:1",
    "may_read": True,
    "may_write": True,
    "may_steer": True,
    "new_id": ID,
    "errors": [],
    "typed": {},
}
NEW: dict[str, Any] = {
    "choices": dict.fromkeys(("services", "counters", "themes", "audiences"), CHOICE),
    "typed": {},
    "new_id": ID,
    "errors": [],
}
STAFF_PROCEDURES: dict[str, tuple[str, dict[str, Any]]] = {
    "staff-procedures": (
        "staff/procedures/list.html",
        {
            "procedures": [
                *(STEERED, SUSPENDED),
                *({**STEERED, "state": state} for state in ("withdrawn", "draft")),
            ],
            "drafts": [DRAFT, {**DRAFT, "state": "submitted"}],
            "may_write": True,
        },
    ),
    "staff-procedures-none": (
        "staff/procedures/list.html",
        {"procedures": [], "drafts": [], "may_write": False},
    ),
    "staff-procedure": ("staff/procedures/procedure.html", SHOWN),
    "staff-procedure-withdrawn": (
        "staff/procedures/procedure.html",
        {**SHOWN, "procedure": {**STEERED, "state": "withdrawn"}, "history": []},
    ),
    "staff-procedure-refused": (
        "staff/procedures/procedure.html",
        {**SHOWN, "errors": [{"field": "since", "message": "Écrivez depuis quel jour"}]},
    ),
    "staff-new-procedure": ("staff/procedures/new.html", NEW),
    "staff-new-procedure-refused": (
        "staff/procedures/new.html",
        {**NEW, "errors": [{"field": "file", "message": "Choisissez un fichier"}]},
    ),
    **DEFINITIONS,
}
