"""HTTP addresses of second factors, for their owner."""

from typing import Any

from aiohttp import web

from chassis.routing import BODY
from services.identity.access import NO_STORE, owner_of, uuid_in
from services.identity.parts import FACTORS
from services.identity.second_factors.model import Enrolment, SecondFactor


async def list_factors(request: web.Request) -> web.Response:
    """GET /accounts/{id}/factors."""
    factors, left = await request.app[FACTORS].list_factors(owner_of(request))
    view = {"factors": [_view(one) for one in factors], "recovery_codes_left": left}
    return web.json_response(view, headers=NO_STORE)


async def offer_totp(request: web.Request) -> web.Response:
    """POST /accounts/{id}/factors/totp-offers: a seed to scan."""
    offer = await request.app[FACTORS].offer_totp(owner_of(request), request[BODY]["step_up"])
    view = {
        "token": offer.token,
        "secret": offer.secret,
        "uri": offer.uri,
        "picture": offer.picture,
    }
    return web.json_response(view, headers=NO_STORE)


async def confirm_totp(request: web.Request) -> web.Response:
    """POST /accounts/{id}/factors/totp: the first code keeps the seed."""
    body = request[BODY]
    done = await request.app[FACTORS].confirm_totp(owner_of(request), body["token"], body["code"])
    return _enrolled(done)


async def offer_passkey(request: web.Request) -> web.Response:
    """POST /accounts/{id}/factors/passkey-offers: what to ask of the browser."""
    token, options = await request.app[FACTORS].offer_passkey(
        owner_of(request), request[BODY]["step_up"]
    )
    return web.json_response({"token": token, "options": options}, headers=NO_STORE)


async def confirm_passkey(request: web.Request) -> web.Response:
    """POST /accounts/{id}/factors/passkeys: keeps what the browser made."""
    body = request[BODY]
    done = await request.app[FACTORS].confirm_passkey(
        owner_of(request), body["token"], body["credential"], body["label"]
    )
    return _enrolled(done)


async def remove_factor(request: web.Request) -> web.Response:
    """POST /accounts/{id}/factors/{factor}/removal: needs a step-up token."""
    account_id, factor_id = owner_of(request), uuid_in(request, "factor")
    await request.app[FACTORS].remove_factor(account_id, factor_id, request[BODY]["step_up"])
    return web.Response(status=204)


async def renew_codes(request: web.Request) -> web.Response:
    """POST /accounts/{id}/recovery-codes: new ones, shown once."""
    codes = await request.app[FACTORS].renew_codes(owner_of(request), request[BODY]["step_up"])
    return web.json_response({"recovery_codes": list(codes)}, headers=NO_STORE)


def _view(factor: SecondFactor) -> dict[str, Any]:
    used = factor.last_used_at
    return {
        "id": str(factor.id),
        "kind": factor.kind,
        "label": factor.label,
        "created_at": factor.created_at.isoformat(),
        "last_used_at": used.isoformat() if used else None,
    }


def _enrolled(done: Enrolment) -> web.Response:
    view = {"factor_id": str(done.factor_id), "recovery_codes": list(done.recovery_codes)}
    return web.json_response(view, status=201, headers=NO_STORE)
