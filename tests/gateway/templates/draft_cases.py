"""Pages of a draft: coming back to it, a form amended meanwhile; and the day of silence."""

from typing import Any

from tests.gateway.templates.samples import DRAFT, PROCEDURE

RESUMPTION = {
    "procedure": PROCEDURE,
    "dossier": DRAFT,
    "link": {"sent_at": None, "expires_at": None},
    "email": "",
    "errors": [],
    "idle_minutes": 30,
    "absolute_hours": 8,
    "request_key": "cle",
}
AMENDMENT = {
    "procedure": PROCEDURE,
    "dossier": DRAFT,
    "amendment": {"version": 2, "revision": 4, "required": False},
    "subjects": [
        {"label": "Nom", "told": ["La réponse devient obligatoire."], "answer": None},
        {"label": "Âge", "told": ["Cette question n’est plus posée."], "answer": "Effacée."},
    ],
    "return_to": "/dossiers/1",
    "errors": [],
    "request_key": "cle",
}
LINK_SENT = {"sent_at": "2026-04-12T09:05:00+00:00", "expires_at": "2026-07-11T09:05:00+00:00"}
DELAY = {
    "promised_on": "2026-04-27",
    "promised_days": 15,
    "days": 1,
    "decided_on": None,
    "late": False,
}
IMPLICIT_DECISION = {
    "on": "2026-07-01",
    "outcome": "refusal",
    "announced_on": "2026-06-12",
    "awaited_since": "2026-04-13",
    "label": "Sans réponse de notre part le 1 juillet 2026, votre demande sera refusée.",
    "moved": "Le délai est suspendu depuis le 13 avril 2026.",
}
DRAFT_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "amendment": ("requests/amendment.html", AMENDMENT),
    "amendment-required": (
        "requests/amendment.html",
        {
            **AMENDMENT,
            "amendment": {"version": 3, "revision": 4, "required": True},
            "errors": [{"field": "", "message": "Le formulaire vient de changer encore"}],
        },
    ),
    "resumption": ("requests/resumption.html", {**RESUMPTION, "link": LINK_SENT}),
    "resumption-refused": (
        "requests/resumption.html",
        {**RESUMPTION, "errors": [{"field": "email", "message": "Écrivez une adresse"}]},
    ),
    "resumption-ended": ("requests/resumption_ended.html", {"status": 404}),
}
