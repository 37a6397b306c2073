"""Cases of the pages about legal texts: differences, asking again, contact, published heads."""

from typing import Any

CHANGES = {
    "slug": "conditions-generales",
    "title": "Conditions générales d’utilisation",
    "language": "fr",
    "former": {"version": 1, "effective_from": "2025-01-01T00:00:00+01:00"},
    "latter": {"version": 2, "effective_from": "2026-01-01T00:00:00+01:00"},
    "words_added": 1,
    "words_removed": 2,
    "html": '<h3>Objet</h3>\n<p class="difference changed"><strong>Modifié\u00a0: </strong>Le '
    '<ins><span class="visually-hidden">[début d’ajout] </span>guichet</ins></p>',
}
TERMS = {
    "title": "Conditions générales d’utilisation",
    "version": 2,
    "content_hash": "9d5e3a",
    "effective_from": "2026-01-01T00:00:00+01:00",
}
TYPED = {"subject": "", "message": "", "name": "", "email": "", "page": "/cookies"}
CONTACT: dict[str, Any] = {
    "typed": TYPED,
    "errors": [],
    "form_token": "jeton",
    "trap": "site_web",
    "kept_days": 180,
    "post_lines": ("Hôtel communautaire", "30947 Nîmes Cedex 9"),
}
RECEIVED = {
    "reference": "0192f0c1-7a3c-7000-8000-000000000000",
    "received_at": "2026-11-24T10:05:00+01:00",
    "acknowledged_by_mail": True,
}
HEAD = {"day": "2026-11-24", "position": 42, "hash": "ab" * 32}
AGAIN = {
    "action": "/dossiers/1/conditions",
    "terms": TERMS,
    "changes": CHANGES,
    "return_to": "/dossiers/1/etapes/foyer",
    "errors": [],
}

ACCEPTED = {
    "document": "conditions-generales",
    "version": 1,
    "page": "/demarches/carte-decheterie/commencer",
    "content_hash": "ab" * 32,
    "accepted_at": "2026-01-02T10:05:00+01:00",
}
OWN: dict[str, Any] = {
    "due": {"due": True, "withdrawn_at": None},
    "terms": TERMS,
    "changes": CHANGES,
    "acceptances": [ACCEPTED],
    "errors": [],
}

LEGAL_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "differences": (
        "legal/differences.html",
        {"difference": CHANGES, "base_path": "/conditions-generales", "stale": False},
    ),
    "differences-none": (
        "legal/differences.html",
        {"difference": {**CHANGES, "html": ""}, "base_path": "/cookies", "stale": True},
    ),
    "terms-again": ("legal/again.html", AGAIN),
    "terms-again-refused": (
        "legal/again.html",
        {**AGAIN, "changes": None, "errors": [{"field": "accepted", "message": "Cochez la case"}]},
    ),
    "own-terms-due": ("legal/own_terms.html", OWN),
    "own-terms": (
        "legal/own_terms.html",
        {**OWN, "due": {"due": False, "withdrawn_at": None}, "changes": None},
    ),
    "own-terms-none": ("legal/own_terms.html", {**OWN, "acceptances": [], "changes": None}),
    "own-terms-withdrawn": (
        "legal/own_terms.html",
        {**OWN, "due": {"due": True, "withdrawn_at": "2026-11-24T10:05:00+01:00"}},
    ),
    "contact": ("legal/contact.html", CONTACT),
    "contact-errors": (
        "legal/contact.html",
        {
            **CONTACT,
            "errors": [
                {"field": "subject", "message": "Écrivez l’objet"},
                {"field": "email", "message": "Écrivez l’adresse avec un @"},
            ],
        },
    ),
    "contact-received": ("legal/contact_received.html", {"received": RECEIVED}),
    "contact-received-no-mail": (
        "legal/contact_received.html",
        {"received": {**RECEIVED, "acknowledged_by_mail": False}},
    ),
    "heads": ("legal/heads.html", {"heads": [HEAD]}),
    "heads-none": ("legal/heads.html", {"heads": []}),
}
