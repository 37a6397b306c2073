"""The figures of a service, and what is entered at a counter."""

from tests.gateway.templates.desk_cases import SERVICES, Data
from tests.gateway.templates.samples import PROCEDURE

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
NOT_ACCEPTED = [{"field": "accepted", "message": "Cochez la case."}]

DESK_FIGURE_PAGES: dict[str, tuple[str, Data]] = {
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
}
