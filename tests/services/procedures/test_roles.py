"""Every address of the service, tried by every kind of caller: rules that must cover them all."""

import re
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientResponse

from chassis.caller import Person
from services.procedures.routes import ROUTES
from tests.services.procedures.office import agent
from tests.services.procedures.portal import Draft, Portal, pdf
from tests.support.role_tables import Caller, Rule, Trial

OWNER, OTHER = (Person(f"01890000-0000-7000-8000-00000000000{one}") for one in (1, 2))
PERSONS = {
    "owner": OWNER,
    "other": OTHER,
    "agent": agent(),
    "far agent": agent("voirie"),
    "supervisor": agent(role="supervisor"),
    "editor": agent("", "editor"),
    "dpo": agent("", "dpo"),
    "administrator": agent("", "administrator"),
    "cash officer": agent("", "cash_officer"),
}
CALLERS = {
    "nobody": Caller(None),
    "legal": Caller("legal"),
    "identity": Caller("identity"),
    "identity for the owner": Caller("identity", OWNER),
    "legal for the owner": Caller("legal", OWNER),
    "visitor": Caller("gateway"),
    **{name: Caller("gateway", person) for name, person in PERSONS.items()},
}
SIGNED = [name for name in CALLERS if name != "nobody"]
THROUGH_GATEWAY = ["visitor", *PERSONS]
AGENTS = ["agent", "supervisor"]
DESK = [*AGENTS, "far agent", "administrator"]

RULES = [
    ("/procedures/{slug}/delay", Rule(THROUGH_GATEWAY)),
    ("/procedures/{slug}/partner", Rule(THROUGH_GATEWAY)),
    ("/procedures/{slug}/departures", Rule(THROUGH_GATEWAY)),
    ("/procedures", Rule(SIGNED)),
    ("PUT /staff/procedures", Rule(["supervisor", "administrator"])),
    ("GET /staff/procedures/{slug}/versions", Rule([], ["editor", *DESK])),
    ("/staff/procedures", Rule(DESK, ["editor"])),
    ("/staff/definition-drafts", Rule([], ["editor", "administrator"])),
    ("/staff/definition-choices", Rule([], ["editor", *DESK])),
    # a secret link decides
    ("/resumptions", Rule([], THROUGH_GATEWAY)),
    ("/requests/{id}", Rule(["owner"])),
    ("POST /requests", Rule(THROUGH_GATEWAY)),
    ("/tracking", Rule([], THROUGH_GATEWAY)),
    ("/accounts/{id}", Rule(["owner", "identity for the owner"])),
    # of the request's service, or of any other for what names none: the desk's tests say which
    ("/desk/requests/{id}", Rule(AGENTS, ["administrator"])),
    ("/desk/tokens", Rule(["administrator"])),
    ("/desk/webhooks", Rule(["administrator"])),
    ("/desk/deliveries", Rule(["administrator"])),
    ("/desk", Rule([], DESK)),
    ("/business/openapi.json", Rule(THROUGH_GATEWAY)),
    # a business application shows a token of its own, which none of these has
    ("/business", Rule([])),
    ("GET /payments", Rule([], ["owner", *PERSONS])),
    ("POST /payments/{id}", Rule([])),
    ("POST /payments", Rule([], THROUGH_GATEWAY)),
    ("/payment-returns", Rule([], THROUGH_GATEWAY)),
    ("/payment-notifications", Rule(THROUGH_GATEWAY)),
    ("/cash-office", Rule(["cash officer"])),
]
# a file and a receipt are looked at as they come: nothing of anybody's is read for it
READ_FIRST = ["PUT /requests/{id}/documents/{document}", "PUT /requests/{id}/terms"]
BODIES: dict[str, Any] = {
    "PUT /staff/procedures/{slug}/state": {"state": "published"},
    "POST /staff/definition-drafts": {"id": str(uuid4()), "procedure": "carte-decheterie"},
    "POST /staff/definition-drafts/{id}/approval": {"revision": 1, "content_hash": "a" * 64},
}


@pytest.mark.timeout(300)
@pytest.mark.promise("SEC-02")
async def test_each_address_serves_whom_it_is_for_and_nobody_else(portal: Portal) -> None:
    trial = Trial(CALLERS, RULES, BODIES, READ_FIRST)
    faults = []
    for route in ROUTES:
        draft = await portal.start(person=OWNER)
        await portal.upload(draft, pdf())

        async def send(caller: Caller, method: str, path: str, body: Any) -> ClientResponse:
            if caller.service is None:
                return await portal.client.request(method, path, json=body)
            return await portal.call(
                method, path, service=caller.service, person=caller.person, json=body
            )

        faults += await trial.faults(route, address_of(route.path, draft), send)
    assert faults == [], "\n".join(faults)


def address_of(path: str, draft: Draft) -> str:
    path = path.replace("/accounts/{id}", f"/accounts/{OWNER.account_id}")
    path = path.replace("/requests/{id}", f"/requests/{draft.id}").replace(
        "{request}", str(draft.id)
    )
    fixed = {"slug": "carte-decheterie", "page": "vous", "position": "1", "regie": "eau"}
    return re.sub(r"{(\w+)}", lambda found: fixed.get(found[1], str(uuid4())), path)
