"""The desk's pages, and a filed request as its owner follows it."""

from typing import Any

from tests.gateway.templates.draft_cases import DELAY, IMPLICIT_DECISION
from tests.gateway.templates.samples import FILED, PROCEDURE

Data = dict[str, Any]
AT = "2026-04-12T12:15:00+00:00"
SERVICES = [{"id": "dechets", "name": "Déchets"}, {"id": "voirie", "name": "Voirie"}]
SIZE = {"open": 12, "filed": 4, "escalated": 1, "late": 2, "mine": 3}
ROW: Data = {
    "id": "1",
    "number": "NM-2026-000123-K",
    "service": "dechets",
    "procedure": {"id": "carte-decheterie", "title": "Carte de déchèterie"},
    "state": "filed",
    "state_label": "Déposée",
    "revision": 6,
    "assigned_to": None,
    "filed_at": AT,
    "due_on": "2026-04-27",
    "late": True,
    "decided_at": None,
}
QUEUE: Data = {
    "services": SERVICES,
    "sizes": {one["id"]: {**SIZE, "service_id": one["id"]} for one in SERVICES},
    "service": "dechets",
    "rows": [ROW, {**ROW, "id": "2", "state": "accepted", "assigned_to": "a1", "late": False}],
    "states": ("filed", "taken_in_hand", "accepted"),
    "chosen": {"etat": "filed", "retard": "true"},
    "searched": "",
    "next_url": "/agents/dossiers?service=dechets&apres=x",
    "me": "a1",
    "colleagues": {"a1": "Aline Morel", "b2": "Sophie Garnier"},
    "supervises": True,
    "form_token": "jeton-unique",
    "errors": [],
}
FILE = {
    "id": "f1",
    "document": "message",
    "name": "preuve.pdf",
    "size": 12_000,
    "media_type": "application/pdf",
    "pages": 1,
    "scan": "clean",
    "uploaded_at": AT,
}
STEPS = [
    {"position": 2, "at": AT, "kind": "filed", "label": "Demande déposée", "by": "person"},
    {
        "position": 3,
        "at": AT,
        "kind": "refused",
        "label": "Votre demande est refusée",
        "by": "service",
        "letter": True,
        "reason": "Hors du territoire.",
    },
]
FOLLOWING: Data = {
    "id": "1",
    "number": "NM-2026-000123-K",
    "state": "awaiting_person",
    "state_label": "En attente de votre réponse",
    "revision": 9,
    "steps": [{"letter": False, "reason": "", **step} for step in STEPS],
    "readings": [
        {"at": AT, "by": "agent", "purpose": "opened", "label": "Un agent a ouvert votre demande"}
    ],
    "messages": [
        {"id": "m1", "at": AT, "author": "service", "text": "Bonjour,\n\nMerci.", "files": []},
        {"id": "m2", "at": AT, "author": "person", "text": "Voici.", "files": [FILE]},
    ],
    "correction": {
        "asked_at": AT,
        "deadline_on": "2026-05-12",
        "reason": "Le nom ne correspond pas.",
        "fields": [{"field": "family_name", "page": "vous", "label": "Nom"}],
        "documents": [{"document": "photo", "label": "Photo du bac"}],
    },
    "delay": DELAY,
    "implicit_decision": IMPLICIT_DECISION,
    "erase_on": "2028-04-27",
    "actions": ["answer", "withdraw"],
}
FOLLOWED: Data = {
    "procedure": PROCEDURE,
    "dossier": FILED,
    "just_filed": False,
    "tracking_code": None,
    "following": FOLLOWING,
    "asked": [
        {
            "id": "family_name",
            "type": "text",
            "label": "Nom",
            "help": None,
            "required": True,
            "autocomplete": "family-name",
            "inputmode": None,
            "max_length": 200,
            "value": "Martin",
        }
    ],
    "errors": [],
    "text": "",
    "request_key": "cle",
    "form_token": "jeton-unique",
}
AT_DESK: Data = {
    **FILED,
    **FOLLOWING,
    "recap": [
        {
            "page": "vous",
            "title": "Vous",
            "fields": [
                {"field": "family_name", "label": "Nom", "value": "Martin"},
                {"field": "phone", "label": "Téléphone", "value": ""},
            ],
        }
    ],
    "documents": [FILE, {**FILE, "scan": "pending"}, {**FILE, "scan": "infected"}],
    "missing": [{"message": "Photo du bac", "document": "photo"}],
    "case": {
        "service_id": "dechets",
        "revision": 9,
        "assigned_to": None,
        "entered_at_counter": True,
        "has_account": False,
        "quality": "supervisor",
        "actions": ["take_in_hand", "ask_person", "accept", "refuse", "suspend", "terminate"],
    },
    "notes": [{"id": "n1", "at": AT, "staff_id": "b2", "text": "Vérifier le cadastre."}],
    "steps_by": {"3": "a1"},
    "readings": [
        {"at": AT, "by": "agent", "label": "Un agent a ouvert votre demande", "reader_id": "b2"},
        {"at": AT, "by": "business", "label": "L’application a lu", "reader_id": "t1"},
    ],
    "askable": [{"document": "photo", "label": "Photo du bac"}],
    "earlier_answers": [{"position": 4, "values": {"family_name": "Martni"}}],
}
DOSSIER: Data = {
    "dossier": AT_DESK,
    "templates": [
        {"id": "t1", "title": "Complète", "outcome": "accepted", "body": "Demande acceptée."}
    ],
    "colleagues": {"a1": "Aline Morel", "b2": "Sophie Garnier"},
    "supervises": True,
    "ticked": {"ask.family_name", "join.photo"},
    "note": "",
    "explained": {
        "ask_person": "",
        "accept": "accepted",
        "refuse": "refused",
        "suspend": "",
        "terminate": "",
    },
    "errors": [],
    "action": "",
    "reason": "",
    "text": "",
    "changes": None,
    "me": "a1",
    "form_token": "jeton-unique",
}
WRONG = [{"field": "accept-reason", "message": "Écrivez les motifs."}]
NO_TEXT = [{"field": "text", "message": "Écrivez votre message."}]

DESK_PAGES: dict[str, tuple[str, Data]] = {
    "staff-home": (
        "staff/home.html",
        {
            "rooms": [
                {"address": "/agents/dossiers", "title": "Les demandes", "text": "Décider."},
                {"address": "/agents/textes", "title": "Les textes", "text": "Publier."},
            ]
        },
    ),
    "desk-queue": ("staff/desk/queue.html", QUEUE),
    "desk-queue-empty": (
        "staff/desk/queue.html",
        {**QUEUE, "rows": [], "chosen": {}, "next_url": None, "searched": "Martin"},
    ),
    "desk-dossier": ("staff/desk/dossier.html", DOSSIER),
    "desk-dossier-wrong": (
        "staff/desk/dossier.html",
        {**DOSSIER, "errors": WRONG, "action": "accept"},
    ),
    "desk-dossier-changed": (
        "staff/desk/dossier.html",
        {
            **DOSSIER,
            "changes": [{"at": AT, "kind": "refused"}],
            "action": "accept",
            "reason": "Conforme.",
        },
    ),
    "desk-dossier-too-late": (
        "staff/desk/dossier.html",
        {
            **DOSSIER,
            "changes": [{"at": AT, "kind": "refused"}],
            "action": "close",
            "reason": "Conforme.",
            "supervises": False,
        },
    ),
    "request-followed": ("requests/request.html", FOLLOWED),
    "request-followed-wrong": ("requests/request.html", {**FOLLOWED, "errors": NO_TEXT}),
}
