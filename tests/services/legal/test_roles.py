"""Every address of the service, tried by every kind of caller: rules that must cover them all."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientResponse

from chassis.caller import Person
from services.legal.documents.model import DocumentVersion
from services.legal.routes import ROUTES
from tests.services.legal.conftest import Callers
from tests.support.role_tables import Caller, Rule, Trial

TERMS = "conditions-generales"
OWNER, OTHER = (Person(f"01890000-0000-7000-8000-00000000000{one}") for one in (1, 2))
PERSONS = {
    "owner": OWNER,
    "other": OTHER,
    **{
        role: Person(str(uuid4()), (role,))
        for role in (
            *("agent", "supervisor", "editor", "publisher"),
            *("dpo", "administrator", "cash_officer"),
        )
    },
}
CALLERS = {
    "nobody": Caller(None),
    "procedures": Caller("procedures"),
    "identity": Caller("identity"),
    "identity for the owner": Caller("identity", OWNER),
    "procedures for the owner": Caller("procedures", OWNER),
    "visitor": Caller("gateway"),
    **{name: Caller("gateway", person) for name, person in PERSONS.items()},
}
SIGNED = [name for name in CALLERS if name != "nobody"]
THROUGH_GATEWAY = ["visitor", *PERSONS]
STAFF = ["editor", "publisher"]

RULES = [
    ("GET /documents/{slug}/versions", Rule(STAFF)),
    ("GET /documents/{slug}/history", Rule(STAFF)),
    ("POST /documents", Rule(["editor"], ["publisher"])),
    ("GET /documents", Rule(SIGNED)),
    ("GET /evidence", Rule(SIGNED)),
    # a visitor too: whoever opens an account accepts before the first sign-in
    ("/acceptances", Rule(["owner", "visitor"])),
    (
        "GET /accounts/{id}/acceptances",
        Rule(["owner"], ["identity", "identity for the owner"]),
    ),
    ("/accounts/{id}", Rule(["owner"])),
    ("/requests/{id}/acceptance-due", Rule(THROUGH_GATEWAY)),
    ("/drafts/{id}", Rule([], STAFF)),
    ("POST /drafts", Rule(["editor"], ["publisher"])),
    ("GET /drafts", Rule(STAFF)),
    ("/feedback", Rule(THROUGH_GATEWAY)),
]


@pytest.mark.promise("SEC-02")
async def test_each_address_serves_whom_it_is_for_and_nobody_else(
    callers: Callers, published: Sequence[DocumentVersion]
) -> None:
    terms = await (await callers.get(f"/documents/{TERMS}")).json()
    accepted = {name: terms[name] for name in ("version", "content_hash", "language")}
    accepted |= {"subject_kind": "account", "subject_id": OWNER.account_id}
    trial = Trial(
        CALLERS,
        RULES,
        {"POST /acceptances": {**accepted, "document": TERMS, "page": "/inscription"}},
    )

    async def send(caller: Caller, method: str, path: str, body: Any) -> ClientResponse:
        headers = {}
        if caller.service is not None:
            headers = callers.authorization(caller.service, caller.person)
        return await callers.client.request(method, path, json=body, headers=headers)

    faults = []
    for route in ROUTES:
        faults += await trial.faults(route, address_of(route.path), send)
    assert faults == [], "\n".join(faults)


def address_of(path: str) -> str:
    path = path.replace("/accounts/{id}", f"/accounts/{OWNER.account_id}")
    fixed = {"slug": TERMS, "version": "1"}
    found = re.sub(r"{(\w+)}", lambda one: fixed.get(one[1], str(uuid4())), path)
    return found + (f"?document={TERMS}" if found.endswith("/acceptance-due") else "")
