"""Cases of what an account adds: its dashboard, a pinned procedure, a prefilled step."""

from typing import Any

from tests.gateway.templates.samples import DRAFT, FILED, PROCEDURE, STEPS, SUMMARIES
from tests.gateway.templates.step_cases import FILLED

OWNER = {"display_name": "Élise Martin", "identifier": "elise.m", "email": None}
DASHBOARD: dict[str, Any] = {"account": OWNER, "favourites": SUMMARIES[:1], "my_requests": []}
MINE = [
    {
        "id": name,
        "procedure": {"title": title},
        "number": number,
        "state": state,
        "updated_at": FILED["updated_at"],
    }
    for name, title, number, state in (("1", "Bac", "NM-1", "filed"), ("2", "Carte", None, "draft"))
]
STEP = {
    **FILLED,
    "procedure": PROCEDURE,
    "dossier": DRAFT,
    "steps": STEPS,
    "back_url": None,
    "errors": [],
    "request_key": "",
    "account": OWNER,
}
OWN_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "account": (
        "account/account.html",
        {**DASHBOARD, "my_requests": MINE, "older_url": "/compte?avant=1"},
    ),
    "account-empty": ("account/account.html", {**DASHBOARD, "favourites": []}),
    "account-requests-away": ("account/account.html", {**DASHBOARD, "requests_away": True}),
    "procedure-to-pin": (
        "catalogue/procedure.html",
        {"procedure": PROCEDURE, "account": OWNER, "pinned": False},
    ),
    "procedure-pinned": (
        "catalogue/procedure.html",
        {"procedure": PROCEDURE, "account": OWNER, "pinned": True},
    ),
    "step-prefilled": (
        "requests/step.html",
        {**STEP, "prefilled": ["Nom", "Date de naissance"], "may_update": True},
    ),
    "step-account-chosen": (
        "requests/step.html",
        {**STEP, "may_update": True, "update_chosen": True},
    ),
}
