"""Cases of the pages on which staff amend the legal texts."""

from typing import Any

CHANGED = {"html": '<h3>Objet</h3>\n<p class="difference added"><ins>Un mot</ins></p>'}
TEXT = {
    "language": "fr",
    "title": "Cookies",
    "summary": "En bref",
    "markdown": "## Objet\n\nUn mot",
    "html": '<h2 id="section-objet">Objet</h2><p>Un mot</p>',
}
DRAFT = {
    "id": "0192f0c1-7a3c-7000-8000-000000000000",
    "slug": "cookies",
    "title": "Cookies",
    "state": "draft",
    "change": "material",
    "based_on": 1,
    "refusal": "Une coquille",
    "revision": 3,
    "updated_at": "2026-11-24T10:05:00+01:00",
    "texts": [TEXT, {**TEXT, "language": "en"}],
}
EDITED: dict[str, Any] = {
    "draft": DRAFT,
    "changes": {"fr": CHANGED, "en": {"html": ""}},
    "faults": ["Français, titre – il manque quelque chose ici"],
    "instant": "31/12/2026 08:30",
    "may_write": True,
    "may_approve": False,
    "errors": [],
}
SUBMITTED = {**EDITED, "draft": {**DRAFT, "state": "submitted"}, "may_write": False, "faults": []}
VERSION = {
    "version": 2,
    "state": "scheduled",
    "effective_from": "2027-01-01T00:00:00+01:00",
    "material": True,
}
ENTRY = {
    "at": "2026-11-24T10:05:00+01:00",
    "actor": "account:1",
    "action": "document-cancelled",
    "subject": "cookies/v3",
    "detail": {"reason": "Report"},
}
SHOWN: dict[str, Any] = {
    "slug": "cookies",
    "name": "Cookies",
    "versions": [
        VERSION,
        {**VERSION, "version": 1, "state": "in-force", "material": False},
        {**VERSION, "version": 0, "state": "cancelled"},
    ],
    "history": [ENTRY, {**ENTRY, "actor": "seed", "action": "document-published", "detail": {}}],
    "next_before": 12,
    "me": "account:1",
    "may_write": True,
    "new_id": "0192f0c1-7a3c-7000-8000-000000000000",
    "errors": [],
    "reason": "",
}
DOCUMENT = {
    "slug": "cookies",
    "title": "Cookies",
    "version": 1,
    "effective_from": "2026-01-01T00:00:00+01:00",
}

STAFF_TEXTS: dict[str, tuple[str, dict[str, Any]]] = {
    "staff-texts": (
        "staff/legal/texts.html",
        {
            "documents": [DOCUMENT],
            "drafts": [DRAFT, {**DRAFT, "state": "submitted"}],
            "may_write": True,
            "new_id": "1",
        },
    ),
    "staff-texts-none": (
        "staff/legal/texts.html",
        {"documents": [DOCUMENT], "drafts": [], "may_write": False, "new_id": "1"},
    ),
    "staff-text": ("staff/legal/text.html", SHOWN),
    "staff-text-refused": (
        "staff/legal/text.html",
        {**SHOWN, "errors": [{"field": "reason", "message": "Écrivez pourquoi"}]},
    ),
    "staff-draft": ("staff/legal/draft.html", EDITED),
    "staff-draft-date": (
        "staff/legal/draft.html",
        {**EDITED, "errors": [{"field": "effective_from", "message": "Écrivez une date"}]},
    ),
    "staff-draft-own": ("staff/legal/draft.html", SUBMITTED),
    "staff-draft-decide": ("staff/legal/draft.html", {**SUBMITTED, "may_approve": True}),
}
