"""Every address of the service, tried by everybody: a table that must name them all (SEC-02)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.caller import Person
from services.identity.assembly import Parts
from services.identity.routes import ROUTES
from tests.services.identity.conftest import Gateway, staff_member

REASON = {"reason": "Une bonne raison"}
SECRET = {"secret": "x" * 43}
STEP = {"step_up": "x" * 43}
RIGHT = {"right": "access", "text": "Tout"}
WRITTEN = {
    **RIGHT,
    "identifier": "camille.durand",
    "channel": "post",
    "received_on": "2026-11-20",
}
REGISTRATION = {"identifier": "a", "password": "b", "email": "c", "key": "k" * 16}
IDENTITY = {"provider": "franceconnect", "issuer": "https://i", "subject": "s", "claims": {}}

# by anybody, through the gateway only: another service is answered 403
DOOR: dict[str, Any] = {
    "POST /sign-ins": {"identifier": "nobody", "password": "x"},
    "POST /sign-ins/second-step": {"token": "x", "kind": "totp", "code": "1"},
    "POST /sign-ins/passkey-challenges": {"token": "x"},
    "POST /password-rules": {"password": ""},
    "POST /registrations": REGISTRATION,
    "POST /registrations/confirmations": SECRET,
    "POST /recoveries": {"lost": "password", "typed": "nobody"},
    "POST /recoveries/links": SECRET,
    "POST /recoveries/resets": {**SECRET, "password": "x"},
    "POST /freezes": SECRET,
    "POST /email-confirmations": SECRET,
    "POST /federated-sign-ins": IDENTITY,
    "POST /federated-sign-ins/proofs": {"token": "x", "identifier": "nobody", "password": "x"},
    "POST /federated-sign-ins/registrations": {
        "token": "x",
        "identifier": "a.b",
        "email": "c@d.fr",
    },
}
# by the owner only: to anybody else the account does not exist
OWNER: dict[str, Any] = {
    "GET /accounts/{id}": None,
    "GET /accounts/{id}/events": None,
    "POST /accounts/{id}/freeze": None,
    "DELETE /accounts/{id}/sessions": None,
    "PUT /accounts/{id}/password": {"current": "x", "new": "y"},
    "POST /accounts/{id}/step-ups": {"password": "x"},
    "POST /accounts/{id}/email-changes": {"email": "x@y.example", **STEP},
    "GET /accounts/{id}/profile": None,
    "PATCH /accounts/{id}/profile": {"fields": {"city": "Nîmes"}},
    "DELETE /accounts/{id}/profile/{name}": None,
    "GET /accounts/{id}/prefill": None,
    "GET /accounts/{id}/favourites": None,
    "PUT /accounts/{id}/favourites/{procedure}": None,
    "DELETE /accounts/{id}/favourites/{procedure}": None,
    "GET /accounts/{id}/factors": None,
    "POST /accounts/{id}/factors/totp-offers": STEP,
    "POST /accounts/{id}/factors/totp": {"token": "x", "code": "1"},
    "POST /accounts/{id}/factors/passkey-offers": STEP,
    "POST /accounts/{id}/factors/passkeys": {"token": "x", "credential": {}},
    "POST /accounts/{id}/factors/{factor}/removal": STEP,
    "POST /accounts/{id}/recovery-codes": STEP,
    "GET /accounts/{id}/links": None,
    "POST /accounts/{id}/links/{provider}/removal": STEP,
    "POST /accounts/{id}/links/{provider}/refusal": {"issuer": "https://i", "subject": "s"},
    "POST /accounts/{id}/erasure": {"when": "now", **STEP},
    "DELETE /accounts/{id}/erasure": None,
    "POST /accounts/{id}/copies": None,
    "GET /accounts/{id}/copies": None,
    "POST /accounts/{id}/copies/{copy}/download": None,
    "POST /accounts/{id}/rights-requests": RIGHT,
    "GET /accounts/{id}/rights-requests": None,
}
# by these roles only: anybody else is answered 403
READERS, RESETTERS = {"supervisor", "dpo", "administrator"}, {"supervisor", "administrator"}
KEEPERS = {"dpo", "administrator"}
STAFF: dict[str, tuple[set[str], Any]] = {
    "POST /staff/account-searches": (READERS, {"identifier": "camille.durand"}),
    "GET /staff/accounts/{id}": (READERS, None),
    "POST /staff/accounts/{id}/suspension": (RESETTERS, REASON),
    "POST /staff/accounts/{id}/termination": ({"administrator"}, REASON),
    "POST /staff/accounts/{id}/reinstatement": (RESETTERS, REASON),
    "POST /staff/accounts/{id}/factor-resets": (RESETTERS, REASON),
    "POST /staff/factor-resets": (RESETTERS, {"token": "x" * 43}),
    "POST /staff/rights-requests": (KEEPERS, WRITTEN),
    "GET /staff/rights-requests": (KEEPERS, None),
    "POST /staff/rights-requests/{request}/answer": (KEEPERS, {"granted": True, "text": "Oui"}),
}
# by the staff of a service, through the gateway; by one other service: see colleagues
COLLEAGUES = {"GET /staff/colleagues", "GET /staff/{id}/address"}
ROLES = ("agent", "supervisor", "editor", "dpo", "administrator")


def test_the_table_names_every_address() -> None:
    served = {f"{route.method} {route.path}" for route in ROUTES}
    assert served == {*DOOR, *OWNER, *STAFF, *COLLEAGUES}


def address(label: str, account_id: UUID) -> tuple[str, str]:
    method, path = label.split()
    path = path.replace("/accounts/{id}", f"/accounts/{account_id}").replace("{name}", "city")
    path = path.replace("{procedure}", "carte-dechetterie").replace("{factor}", str(uuid4()))
    path = path.replace("{provider}", "franceconnect")
    path = path.replace("{copy}", str(uuid4())).replace("{request}", str(uuid4()))
    return method, path + ("?names=city" if path.endswith("/prefill") else "")


@pytest.mark.promise("SEC-02")
@pytest.mark.parametrize("label", DOOR)
async def test_only_the_gateway_opens_the_door(gateway: Gateway, label: str) -> None:
    method, path = address(label, uuid4())
    assert (await gateway.client.request(method, path, json=DOOR[label])).status == 401
    for service in ("procedures", "legal"):
        status, _ = await gateway.call(method, path, DOOR[label], service=service)
        assert status == 403
    status, _ = await gateway.call(method, path, DOOR[label])
    assert status in {200, 202, 401, 410, 422}


@pytest.mark.promise("SEC-02")
async def test_what_is_the_owners_does_not_exist_for_anybody_else(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    others: list[Person | None] = [None, Person(str(uuid4()), ROLES)]
    others += [await staff_member(parts, f"agent-{role}", role) for role in ROLES]
    owner = Person(str(camille))
    for label, body in OWNER.items():
        method, path = address(label, camille)
        assert (await gateway.client.request(method, path, json=body)).status == 401, label
        for person in others:
            status, problem = await gateway.call(method, path, body, person)
            assert (status, problem["code"]) == (404, "account-not-found"), (label, person)
        status, problem = await gateway.call(method, path, body, owner, service="procedures")
        assert status == 404, label


@pytest.mark.promise("SEC-02")
@pytest.mark.parametrize("label", OWNER)
async def test_its_owner_is_served(gateway: Gateway, camille: UUID, label: str) -> None:
    method, path = address(label, camille)
    status, problem = await gateway.call(method, path, OWNER[label], Person(str(camille)))
    assert status in {200, 201, 202, 204} or problem["code"] != "account-not-found", label


@pytest.mark.promise("SEC-02", "ACC-08")
@pytest.mark.parametrize("label", STAFF)
async def test_each_act_of_staff_takes_one_of_its_roles(
    gateway: Gateway, parts: Parts, camille: UUID, label: str
) -> None:
    allowed, body = STAFF[label]
    method, path = address(label, camille)
    assert (await gateway.client.request(method, path, json=body)).status == 401
    refused = [None, Person(str(camille)), Person(str(camille), ROLES), Person(str(uuid4()), ROLES)]
    for person in refused:
        assert (await gateway.call(method, path, body, person))[0] == 403, person
    for role in ROLES:
        person = await staff_member(parts, f"agent-{role}", role)
        status, _ = await gateway.call(method, path, body, person, service="procedures")
        assert status == 403
        without = Person(person.account_id)
        assert (await gateway.call(method, path, body, without))[0] == 403
        status, problem = await gateway.call(method, path, body, person)
        code = problem["code"] if isinstance(problem, dict) and "code" in problem else ""
        assert (code == "not-allowed") == (role not in allowed), (role, status)
