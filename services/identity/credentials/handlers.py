"""HTTP addresses of sign-ins and passwords."""

from typing import Any

from aiohttp import web

from chassis.caller import CALLER
from chassis.routing import BODY
from services.identity.access import (
    NO_STORE,
    client_address,
    client_device,
    need_gateway,
    owner_of,
    person_id,
)
from services.identity.credentials.delays import telling_delays
from services.identity.credentials.model import Attempt
from services.identity.credentials.policy import Person, Rule
from services.identity.credentials.sign_in import SecondStep, SignedIn
from services.identity.parts import OWN_PASSWORDS, PASSWORDS, PROFILES, SIGN_INS
from services.identity.second_factors.model import Answer, Factor


@telling_delays
async def sign_in(request: web.Request) -> web.Response:
    """POST /sign-ins: who it is; 401 says nothing more, 429 says when to come back."""
    need_gateway(request)
    body = request[BODY]
    attempt = _attempt(request, body["identifier"], body["password"])
    return signed_in_response(await request.app[SIGN_INS].sign_in(attempt))


@telling_delays
async def take_second_step(request: web.Request) -> web.Response:
    """POST /sign-ins/second-step: who it is, once the code or the passkey is right."""
    need_gateway(request)
    body = request[BODY]
    answer = answer_of(body)
    attempt = _attempt(request, "", "")
    done = await request.app[SIGN_INS].take_second_step(body["token"], answer, attempt)
    return signed_in_response(done)


async def ask_passkey(request: web.Request) -> web.Response:
    """POST /sign-ins/passkey-challenges: what to ask of the browser, and another token."""
    need_gateway(request)
    token, challenge = await request.app[SIGN_INS].ask_passkey(request[BODY]["token"])
    view = {"token": token, "options": challenge.options}
    return web.json_response(view, headers=NO_STORE)


@telling_delays
async def change_password(request: web.Request) -> web.Response:
    """PUT /accounts/{id}/password: needs the present one; the other sessions end."""
    account_id, body = owner_of(request), request[BODY]
    epoch = await request.app[OWN_PASSWORDS].change_password(
        account_id, body["current"], body["new"], client_address(request)
    )
    return web.json_response({"session_epoch": epoch}, headers=NO_STORE)


@telling_delays
async def step_up(request: web.Request) -> web.Response:
    """POST /accounts/{id}/step-ups: a token for one sensitive change."""
    account_id = owner_of(request)
    token = await request.app[OWN_PASSWORDS].step_up(
        account_id, request[BODY]["password"], client_address(request)
    )
    return web.json_response({"step_up": token}, headers=NO_STORE)


async def check_rules(request: web.Request) -> web.Response:
    """POST /password-rules: each rule, met or not; nothing is kept."""
    need_gateway(request)
    body = request[BODY]
    person = await _person(request, body)
    rules = request.app[PASSWORDS].policy.check(body["password"], person)
    view = {"rules": [_rule_view(rule, body["language"]) for rule in rules]}
    return web.json_response(view, headers=NO_STORE)


def signed_in_response(done: SignedIn | SecondStep) -> web.Response:
    """Return who signed in, or the second step that is still to be taken."""
    if isinstance(done, SecondStep):
        step = {"token": done.token, "kinds": list(done.kinds)}
        return web.json_response({"second_step": step}, headers=NO_STORE)
    account = done.account
    view = {
        "account_id": str(account.id),
        "identifier": account.profile.identifier,
        "display_name": account.display_name,
        "roles": list(done.roles),
        "session_epoch": account.session_epoch,
        "enrolment_needed": done.enrolment_needed,
        "newly_linked": done.newly_linked,
    }
    return web.json_response(view, headers=NO_STORE)


def answer_of(body: Any) -> Answer:
    """Return the answer to a second step that a body holds."""
    return Answer(Factor(body["kind"]), body.get("code", ""), body.get("credential", {}))


async def _person(request: web.Request, body: Any) -> Person:
    if request[CALLER].person is None:
        return Person(body["identifier"], body["email"])
    return await request.app[PROFILES].read_person(person_id(request))


def _attempt(request: web.Request, identifier: str, password: str) -> Attempt:
    return Attempt(identifier, password, client_address(request), client_device(request))


def _rule_view(rule: Rule, language: str) -> dict[str, Any]:
    return {"id": rule.id, "text": rule.text.in_language(language), "met": rule.met}
