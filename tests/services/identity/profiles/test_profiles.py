"""The data that a person chose to keep, and pinned procedures."""

from uuid import UUID

import pytest

from chassis.caller import Person
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway

TYPED = {
    "title": "Madame",
    "family_name": "  Lefebvre ",
    "given_name": "Camille",
    "birth_date": "1984-03-12",
    "street_address": "12 rue de l’Aspic",
    "postal_code": "30 000",
    "city": "Nîmes",
    "commune": "30189",
    "phone": "04 66 02 55 55",
}


@pytest.mark.promise("ACC-04", "ACC-05")
async def test_data_are_kept_erased_one_by_one_and_given_to_forms(
    gateway: Gateway, camille: UUID
) -> None:
    person, path = Person(str(camille)), f"/accounts/{camille}/profile"
    assert (await gateway.call("PATCH", path, {"fields": TYPED}, person))[0] == 204
    shown = (await gateway.call("GET", path, None, person))[1]
    kept = {one["name"]: one["value"] for one in shown["fields"]}
    assert kept == {
        **TYPED,
        "title": "madame",
        "family_name": "Lefebvre",
        "postal_code": "30000",
        "phone": "+33466025555",
    }
    account = (await gateway.call("GET", f"/accounts/{camille}", None, person))[1]
    assert account["display_name"] == "Camille Lefebvre"
    names = "family_name,phone,email,birth_place,password_hash"
    values = (
        await gateway.call("GET", f"/accounts/{camille}/prefill?names={names}", None, person)
    )[1]["values"]
    assert values == {
        "family_name": "Lefebvre",
        "phone": "+33466025555",
        "email": CAMILLE.email,
    }
    for name in ("phone", "family_name", "given_name"):
        assert (await gateway.call("DELETE", f"{path}/{name}", None, person))[0] == 204
    assert (await gateway.call("DELETE", f"{path}/phone", None, person))[0] == 404
    assert (await gateway.call("PATCH", path, {"fields": {"city": " "}}, person))[0] == 204
    shown = (await gateway.call("GET", path, None, person))[1]
    assert {"phone", "city", "family_name"}.isdisjoint({one["name"] for one in shown["fields"]})
    account = (await gateway.call("GET", f"/accounts/{camille}", None, person))[1]
    assert account["display_name"] == CAMILLE.identifier


@pytest.mark.promise("ACC-04")
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("birth_date", "2026-11-25", "date-out-of-range"),
        ("birth_date", "31/02/1984", "date-invalid"),
        ("phone", "12", "phone-invalid"),
        ("postal_code", "3000", "postal-code-invalid"),
        ("postal_code", "34000", "commune-mismatch"),
        ("commune", "75056", "commune-unknown"),
        ("title", "duc", "title-unknown"),
        ("city", "x" * 201, "too-long"),
        ("city", "Nî\u202emes", "forbidden-character"),
        ("colour", "blue", "unknown-field"),
    ],
)
async def test_what_is_not_right_is_told_and_nothing_is_stored(
    gateway: Gateway, camille: UUID, field: str, value: str, code: str
) -> None:
    person, path = Person(str(camille)), f"/accounts/{camille}/profile"
    typed = {"commune": "30189", "given_name": "Camille", field: value}
    status, problem = await gateway.call("PATCH", path, {"fields": typed}, person)
    assert status == 422
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [
        (f"/{field}", code)
    ]
    assert (await gateway.call("GET", path, None, person))[1]["fields"] == []


@pytest.mark.promise("ACC-03")
async def test_a_password_made_of_what_is_kept_is_refused(gateway: Gateway, camille: UUID) -> None:
    person = Person(str(camille))
    fields = {"birth_date": "1984-03-12", "family_name": "Quimbert"}
    await gateway.call("PATCH", f"/accounts/{camille}/profile", {"fields": fields}, person)
    for new in ("Mon année 1984 !", "Chez Qu1mbert, 9 !"):
        body = {"current": PASSWORD, "new": new}
        status, problem = await gateway.call("PUT", f"/accounts/{camille}/password", body, person)
        assert (status, problem["rules"]) == (422, ["unrelated"])


@pytest.mark.promise("ACC-06")
async def test_procedures_are_pinned_and_unpinned(gateway: Gateway, camille: UUID) -> None:
    person, path = Person(str(camille)), f"/accounts/{camille}/favourites"
    for name in ("carte-dechetterie", "inscription-cantine", "carte-dechetterie"):
        assert (await gateway.call("PUT", f"{path}/{name}", None, person))[0] == 200
    pinned = (await gateway.call("GET", path, None, person))[1]["procedures"]
    assert pinned == ["carte-dechetterie", "inscription-cantine"]
    for _ in range(2):
        left = (await gateway.call("DELETE", f"{path}/carte-dechetterie", None, person))[1]
        assert left["procedures"] == ["inscription-cantine"]
    assert (await gateway.call("PUT", f"{path}/Not%20one", None, person))[0] == 422
    for number in range(29):
        await gateway.call("PUT", f"{path}/demarche-{number}", None, person)
    status, problem = await gateway.call("PUT", f"{path}/une-de-trop", None, person)
    assert (status, problem["code"]) == (409, "too-many-favourites")
