"""HTTP addresses of recoveries."""

from aiohttp import web

from chassis.routing import BODY
from services.identity.access import NO_STORE, need_gateway
from services.identity.credentials.delays import telling_delays
from services.identity.credentials.handlers import answer_of
from services.identity.parts import FREEZES, RECOVERIES
from services.identity.recoveries.model import Lost, RecoveryRequest


async def ask(request: web.Request) -> web.Response:
    """POST /recoveries: always 202; whether a mail leaves is seen in the mailbox only."""
    need_gateway(request)
    body = request[BODY]
    await request.app[RECOVERIES].ask(RecoveryRequest(Lost(body["lost"]), body["typed"]))
    return web.Response(status=202, headers=NO_STORE)


async def look_at(request: web.Request) -> web.Response:
    """POST /recoveries/links: whose link it is; it is not used up."""
    need_gateway(request)
    account, second = await request.app[RECOVERIES].look_at(request[BODY]["secret"])
    view = {"identifier": account.profile.identifier, "second_factor": second}
    return web.json_response(view, headers=NO_STORE)


@telling_delays
async def reset(request: web.Request) -> web.Response:
    """POST /recoveries/resets: another password; every session ends, a frozen account opens."""
    need_gateway(request)
    body = request[BODY]
    answer = answer_of(body) if "kind" in body else None
    account = await request.app[RECOVERIES].reset(body["secret"], body["password"], answer)
    view = {"account_id": str(account.id), "identifier": account.profile.identifier}
    return web.json_response(view, headers=NO_STORE)


async def freeze(request: web.Request) -> web.Response:
    """POST /freezes: the link "it was not me" of a notice."""
    need_gateway(request)
    account_id = await request.app[FREEZES].freeze_by_link(request[BODY]["secret"])
    return web.json_response({"account_id": str(account_id)}, headers=NO_STORE)
