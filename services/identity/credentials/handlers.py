"""HTTP address of sign-ins."""

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import InvalidInput, NotAllowed
from chassis.problems import problem_response
from chassis.routing import BODY
from services.identity.credentials.model import Attempt, Delayed
from services.identity.credentials.throttle import address_group
from services.identity.parts import SIGN_INS

CLIENT_ADDRESS = "Client-Address"
DOOR = "gateway"
DELAYED_STATUS = 429
DELAYED_TITLE = "Come back later"


async def sign_in(request: web.Request) -> web.Response:
    """POST /sign-ins: who it is; 401 says nothing more, 429 says when to come back."""
    if request[CALLER].service != DOOR:
        raise NotAllowed("Only the gateway signs people in.")
    body = request[BODY]
    attempt = Attempt(body["identifier"], body["password"], _client_address(request))
    try:
        account = await request.app[SIGN_INS].sign_in(attempt)
    except Delayed as error:
        return problem_response(
            DELAYED_STATUS,
            error.code,
            DELAYED_TITLE,
            headers={"Retry-After": str(error.retry_after)},
            extra=error.extra,
        )
    return web.json_response(
        {
            "account_id": str(account.id),
            "identifier": account.profile.identifier,
            "display_name": account.profile.display_name,
            "roles": list(account.roles),
        },
        headers={"Cache-Control": "no-store"},
    )


def _client_address(request: web.Request) -> str:
    """Return the browser's address; without it guessing could not be limited, so it is required."""
    address = request.headers.get(CLIENT_ADDRESS, "")
    try:
        address_group(address)
    except ValueError:
        fault = {"pointer": "", "code": "client-address", "message": "Client-Address is needed."}
        raise InvalidInput([fault]) from None
    return address
