"""The desk's pages beside the requests: many at once, templates, applications, digests."""

from tests.gateway.templates.desk_cases import AT, SERVICES, Data

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

DESK_TOOL_PAGES: dict[str, tuple[str, Data]] = {
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
}
