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
FIGURES: Data = {
    "services": SERVICES,
    "service": "dechets",
    "procedures": [
        {
            "id": "carte",
            "title": "Carte",
            "promised": "15 jours",
            "real": {"requests": 9, "mean_days": 4.5, "late": 1},
        },
        {"id": "bac", "title": "Bac", "promised": "1 mois", "real": None},
    ],
    "promises": [
        {
            "title": "Carte de déchèterie",
            "promised": 15,
            "real": 4.5,
            "promised_width": 100,
            "real_width": 30,
            "late": False,
        },
        {
            "title": "Changer un bac",
            "promised": 5,
            "real": 7.2,
            "promised_width": 33,
            "real_width": 48,
            "late": True,
        },
    ],
    "delays": [
        {"label": "0-2", "count": 4, "width": 100},
        {"label": "3-7", "count": 1, "width": 25},
    ],
    "months": [
        {
            "month": "2026-04-01",
            "accepted": 4,
            "refused": 1,
            "late": 1,
            "requests": 5,
            "days": 10,
            "mean": 2.0,
        }
    ],
    "kinds": ("csv", "xlsx", "ods"),
}
WRONG = [{"field": "accept-reason", "message": "Écrivez les motifs."}]
NO_TEXT = [{"field": "text", "message": "Écrivez votre message."}]

COUNTER: Data = {
    "procedures": FIGURES["procedures"],
    "procedure": None,
    "terms": None,
    "errors": [],
}
READ_TERMS = {
    "title": "Conditions générales d’utilisation",
    "version": 2,
    "effective_from": "2026-01-01T00:00:00+01:00",
    "content_hash": "9d5e3a",
    "html": "<h2>Objet</h2><p>Le service est facultatif et gratuit.</p>",
}
PICKS = [
    {"id": "1", "value": "6.NM-2026-000123-K.carte-decheterie", "number": "NM-2026-000123-K"},
    {"id": "2", "value": "4.NM-2026-000124-M.bac", "number": "NM-2026-000124-M"},
]
BULK: Data = {
    "picks": PICKS,
    "action": "ask_person",
    "service": "dechets",
    "supervises": True,
    "errors": [],
    "results": [],
    "colleagues": {"a1": "Aline Morel", "b2": "Sophie Garnier"},
    "documents": {"photo": "Photo du bac"},
    "ticked": {"join.photo"},
    "reason": "",
    "to": "",
    "me": "a1",
    "form_token": "jeton-unique",
}
NO_REASON = [{"field": "reason", "message": "Écrivez ce que les personnes liront."}]
NOT_HERE = [{"field": "to", "message": "Choisissez une personne du service."}]
DONE = [
    {"pick": PICKS[0], "code": "", "state": "closed"},
    {"pick": PICKS[1], "code": "case-changed", "state": "taken_in_hand"},
]
REASON: Data = {
    "id": "t1",
    "outcome": "refused",
    "service_id": "dechets",
    "title": "Hors du territoire",
    "body_fr": "L’adresse n’est pas dans l’agglomération.",
    "body_en": "The address is outside the area.",
    "changed_at": AT,
}
REASON_FORM: Data = {
    "id": "t1",
    "typed": {**REASON, "service": "dechets"},
    "new": True,
    "services": SERVICES,
    "outcomes": ("accepted", "refused", "closed", "suspended"),
    "errors": [],
    "present": None,
    "gone": False,
}
WEBHOOK: Data = {
    "id": "w1",
    "service": "dechets",
    "url": "https://metier.example/parvis",
    "events": ["filed"],
    "created_at": AT,
    "removed_at": None,
}
TOKEN: Data = {
    "id": "k1",
    "name": "Logiciel de collecte",
    "service_id": "dechets",
    "scopes": ["list", "read"],
    "expires_at": "2027-04-12T12:15:00+00:00",
    "revoked_at": None,
    "last_used_on": "2026-04-10",
}
APPLICATIONS: Data = {
    "tokens": [
        TOKEN,
        {**TOKEN, "id": "k2", "revoked_at": AT, "last_used_on": None},
        {**TOKEN, "id": "k3", "expires_at": AT},
    ],
    "journal": [
        {"recorded_at": AT, "action": "token-given", "detail": {"name": "Logiciel de collecte"}},
        {"recorded_at": AT, "action": "webhook-removed", "detail": {}},
    ],
    "webhooks": [WEBHOOK, {**WEBHOOK, "id": "w2", "removed_at": AT}],
    "services": {"dechets": "Déchets", "voirie": "Voirie"},
    "scopes": ("list", "read", "change"),
    "shown_once": None,
    "errors": [],
    "typed": {},
    "chosen": set(),
    "now": "2026-05-01T00:00:00+00:00",
    "form_token": "jeton-unique",
}
DELIVERY: Data = {
    "id": "d1",
    "created_at": AT,
    "payload": {"event": "filed", "request": {"number": "NM-2026-000123-K"}},
    "state": "delivered",
    "attempts": 2,
    "last_status": 204,
    "last_fault": None,
    "delivered_at": AT,
}
DELIVERIES: Data = {
    "webhook": WEBHOOK,
    "service": "Déchets",
    "deliveries": [
        DELIVERY,
        {**DELIVERY, "id": "d2", "state": "waiting", "last_status": None, "last_fault": "OSError"},
        {**DELIVERY, "id": "d3", "state": "refused", "last_fault": "target-refused"},
    ],
    "next_url": "/agents/applications/adresses/w1?avant=d3",
}
NO_SCOPE = [
    {"field": "name", "message": "Donnez un nom à l’application."},
    {"field": "scope-list", "message": "Cochez au moins un droit."},
    {"field": "url", "message": "Cette adresse n’est pas permise."},
]
NOT_ACCEPTED = [{"field": "accepted", "message": "Cochez la case."}]

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
    "desk-bulk": ("staff/desk/bulk.html", BULK),
    "desk-bulk-wrong": ("staff/desk/bulk.html", {**BULK, "errors": NO_REASON}),
    "desk-bulk-assign": (
        "staff/desk/bulk.html",
        {**BULK, "action": "assign", "errors": NOT_HERE},
    ),
    "desk-bulk-done": ("staff/desk/bulk.html", {**BULK, "action": "close", "results": DONE}),
    "desk-reasons": (
        "staff/desk/reasons.html",
        {
            "services": {one["id"]: one["name"] for one in SERVICES},
            "own": [REASON],
            "shipped": [{**REASON, "id": "s1", "service_id": None, "changed_at": None}],
        },
    ),
    "desk-reason": ("staff/desk/reason.html", REASON_FORM),
    "desk-reason-wrong": (
        "staff/desk/reason.html",
        {
            **REASON_FORM,
            "errors": [
                {"field": "title", "message": "Donnez un titre."},
                {"field": "outcome", "message": "Choisissez."},
            ],
        },
    ),
    "desk-reason-changed": (
        "staff/desk/reason.html",
        {**REASON_FORM, "new": False, "present": REASON},
    ),
    "desk-reason-gone": ("staff/desk/reason.html", {**REASON_FORM, "new": False, "gone": True}),
    "desk-applications": (
        "staff/desk/applications.html",
        {
            **APPLICATIONS,
            "shown_once": {"kind": "token", "name": "Logiciel", "secret": "parvis_abc"},
        },
    ),
    "desk-applications-wrong": (
        "staff/desk/applications.html",
        {**APPLICATIONS, "errors": NO_SCOPE, "chosen": {"list", "filed"}},
    ),
    "desk-applications-empty": (
        "staff/desk/applications.html",
        {**APPLICATIONS, "tokens": [], "webhooks": [], "journal": []},
    ),
    "desk-webhook": ("staff/desk/webhook.html", DELIVERIES),
    "desk-webhook-stopped": (
        "staff/desk/webhook.html",
        {
            **DELIVERIES,
            "webhook": {**WEBHOOK, "removed_at": AT, "events": []},
            "deliveries": [],
            "next_url": None,
        },
    ),
    "desk-digest": (
        "staff/desk/digest.html",
        {"every": "weekly", "choices": ("never", "daily", "weekly")},
    ),
    "desk-statistics": ("staff/desk/statistics.html", FIGURES),
    "desk-counter": ("staff/desk/counter.html", COUNTER),
    "desk-counter-wrong": (
        "staff/desk/counter.html",
        {
            **COUNTER,
            "procedure": PROCEDURE,
            "terms": READ_TERMS,
            "errors": NOT_ACCEPTED,
            "request_key": "cle",
        },
    ),
    "request-followed": ("requests/request.html", FOLLOWED),
    "request-followed-wrong": ("requests/request.html", {**FOLLOWED, "errors": NO_TEXT}),
}
