"""One-time codes, recovery codes, and what staff need."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pyotp
import pytest

from chassis.caller import Person
from services.identity.assembly import Parts
from tests.services.identity.conftest import (
    CAMILLE,
    PASSWORD,
    Gateway,
    Post,
    SetClock,
    staff_member,
    step_up,
)


async def enrol(gateway: Gateway, person: Person) -> tuple[pyotp.TOTP, Any]:
    """Add one-time codes; return their generator and what was answered."""
    path = f"/accounts/{person.account_id}/factors"
    body = {"step_up": await step_up(gateway, person)}
    status, offer = await gateway.call("POST", f"{path}/totp-offers", body, person)
    assert status == 200, offer
    assert offer["picture"].startswith("<svg")
    generator = pyotp.TOTP(offer["secret"])
    assert pyotp.parse_uri(offer["uri"]).secret == offer["secret"]
    wrong, _ = await gateway.call(
        "POST", f"{path}/totp", {"token": offer["token"], "code": "000000x"}, person
    )
    assert wrong == 403
    code = generator.at(gateway.clock.now())
    body = {"token": offer["token"], "code": f"{code[:3]} {code[3:]}"}
    status, done = await gateway.call("POST", f"{path}/totp", body, person)
    assert status == 201, done
    return generator, done


async def first_step(gateway: Gateway, identifier: str = CAMILLE.identifier) -> Any:
    response = await gateway.sign_in(identifier, PASSWORD)
    assert response.status == 200
    return (await response.json())["second_step"]


async def second_step(gateway: Gateway, token: str, kind: str, code: str) -> tuple[int, Any]:
    body = {"token": token, "kind": kind, "code": code}
    return await gateway.call("POST", "/sign-ins/second-step", body)


@pytest.mark.promise("ACC-11", "SEC-01")
async def test_a_code_opens_a_session_and_is_never_taken_twice(
    gateway: Gateway, camille: UUID, clock: SetClock, post: Post
) -> None:
    generator, done = await enrol(gateway, Person(str(camille)))
    assert len(done["recovery_codes"]) == 10
    assert "/gel?lien=" in (await post.run())[0].text
    step = await first_step(gateway)
    assert step["kinds"] == ["recovery", "totp"]
    code = generator.at(clock.now())
    assert (await second_step(gateway, step["token"], "totp", code))[0] == 403
    clock.instant += timedelta(seconds=30)
    code = generator.at(clock.now())
    status, person = await second_step(gateway, step["token"], "totp", code)
    assert (status, person["account_id"]) == (200, str(camille))
    again = await first_step(gateway)
    assert (await second_step(gateway, again["token"], "totp", code))[0] == 403
    assert (await second_step(gateway, step["token"], "totp", code))[0] == 410


@pytest.mark.promise("ACC-11", "SEC-01")
async def test_guessing_codes_is_limited(gateway: Gateway, camille: UUID, clock: SetClock) -> None:
    await enrol(gateway, Person(str(camille)))
    clock.instant += timedelta(minutes=5)
    statuses: list[int] = []
    for _ in range(3):
        token = (await first_step(gateway))["token"]
        statuses += [
            (await second_step(gateway, token, "totp", f"{number:06}"))[0] for number in range(6)
        ]
    assert statuses[:6] == [403] * 5 + [410]
    assert 429 in statuses
    assert 200 not in statuses


@pytest.mark.promise("ACC-11")
async def test_a_recovery_code_is_good_once(gateway: Gateway, camille: UUID) -> None:
    _, done = await enrol(gateway, Person(str(camille)))
    code = done["recovery_codes"][0]
    token = (await first_step(gateway))["token"]
    assert (await second_step(gateway, token, "recovery", code.lower()))[0] == 200
    token = (await first_step(gateway))["token"]
    assert (await second_step(gateway, token, "recovery", code))[0] == 403
    person = Person(str(camille))
    body = {"step_up": await step_up(gateway, person)}
    path = f"/accounts/{camille}/recovery-codes"
    status, renewed = await gateway.call("POST", path, body, person)
    assert status == 200
    assert (await second_step(gateway, token, "recovery", done["recovery_codes"][1]))[0] == 403
    other = renewed["recovery_codes"][1]
    assert (await second_step(gateway, token, "recovery", other))[0] == 200


@pytest.mark.promise("ACC-11")
async def test_staff_have_no_role_without_a_second_step(
    gateway: Gateway, parts: Parts, clock: SetClock
) -> None:
    person = await staff_member(parts, "agnes", "supervisor")
    answer = await (await gateway.sign_in("agnes", PASSWORD)).json()
    assert (answer["roles"], answer["enrolment_needed"]) == ([], True)
    generator, _ = await enrol(gateway, person)
    clock.instant += timedelta(seconds=30)
    token = (await first_step(gateway, "agnes"))["token"]
    code = generator.at(clock.now())
    _, answer = await second_step(gateway, token, "totp", code)
    assert (answer["roles"], answer["enrolment_needed"]) == (["supervisor"], False)
    path = f"/accounts/{person.account_id}/factors"
    [factor] = (await gateway.call("GET", path, None, person))[1]["factors"]
    body = {"step_up": await step_up(gateway, person)}
    removal = f"{path}/{factor['id']}/removal"
    status, problem = await gateway.call("POST", removal, body, person)
    assert (status, problem["code"]) == (409, "factor-needed")


@pytest.mark.promise("ACC-11")
async def test_its_owner_takes_a_factor_away(gateway: Gateway, camille: UUID) -> None:
    person, path = Person(str(camille)), f"/accounts/{camille}/factors"
    await enrol(gateway, person)
    [factor] = (await gateway.call("GET", path, None, person))[1]["factors"]
    removal = f"{path}/{factor['id']}/removal"
    assert (await gateway.call("POST", removal, {"step_up": "x"}, person))[0] == 410
    body = {"step_up": await step_up(gateway, person)}
    assert (await gateway.call("POST", removal, body, person))[0] == 204
    left = (await gateway.call("GET", path, None, person))[1]
    assert left == {"factors": [], "recovery_codes_left": 0}
    assert "account_id" in await (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).json()


@pytest.mark.promise("ACC-07", "ACC-11")
async def test_a_frozen_account_with_a_factor_asks_for_it(
    gateway: Gateway, camille: UUID, post: Post
) -> None:
    person = Person(str(camille))
    _, done = await enrol(gateway, person)
    await gateway.call("POST", f"/accounts/{camille}/freeze", None, person)
    await gateway.call("POST", "/recoveries", {"lost": "password", "typed": CAMILLE.identifier})
    link = next(mail for mail in await post.run() if "mot-de-passe?lien=" in mail.text)
    secret = link.text.partition("?lien=")[2].split()[0]
    body = {"secret": secret, "password": "Quatre cafés & 2 thés"}
    assert (await gateway.call("POST", "/recoveries/resets", body))[0] == 403
    body |= {"kind": "recovery", "code": done["recovery_codes"][3]}
    assert (await gateway.call("POST", "/recoveries/resets", body))[0] == 200
