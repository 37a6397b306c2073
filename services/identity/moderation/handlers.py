"""HTTP addresses of the staff side of accounts."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from chassis.routing import BODY
from services.identity.access import NO_STORE, claimed_roles, person_id, uuid_in
from services.identity.accounts.model import Account, Change
from services.identity.parts import MODERATION


async def search_account(request: web.Request) -> web.Response:
    """POST /staff/account-searches: by identifier; journalled."""
    staff, roles = person_id(request), claimed_roles(request)
    account = await request.app[MODERATION].search(staff, roles, request[BODY]["identifier"])
    return _view(account)


async def read_account(request: web.Request) -> web.Response:
    """GET /staff/accounts/{id}: journalled."""
    staff, roles = person_id(request), claimed_roles(request)
    account = await request.app[MODERATION].read(staff, roles, uuid_in(request, "id"))
    return _view(account)


def moderate(change: Change) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the handler of one change, with its reason."""

    async def handle(request: web.Request) -> web.Response:
        staff, roles = person_id(request), claimed_roles(request)
        account_id = uuid_in(request, "id")
        reason = request[BODY]["reason"]
        await request.app[MODERATION].moderate(staff, roles, account_id, change, reason)
        return web.Response(status=204)

    return handle


async def ask_factor_reset(request: web.Request) -> web.Response:
    """POST /staff/accounts/{id}/factor-resets: a token for a second member of staff."""
    staff, roles = person_id(request), claimed_roles(request)
    token = await request.app[MODERATION].ask_factor_reset(
        staff, roles, uuid_in(request, "id"), request[BODY]["reason"]
    )
    return web.json_response({"token": token}, headers=NO_STORE)


async def agree_factor_reset(request: web.Request) -> web.Response:
    """POST /staff/factor-resets: the second member of staff agrees."""
    staff, roles = person_id(request), claimed_roles(request)
    account_id = await request.app[MODERATION].agree_factor_reset(
        staff, roles, request[BODY]["token"]
    )
    return web.json_response({"account_id": str(account_id)}, headers=NO_STORE)


def _view(account: Account) -> web.Response:
    seen, limited = account.last_seen_at, account.limited_at
    view = {
        "account_id": str(account.id),
        "identifier": account.profile.identifier,
        "state": account.state,
        "roles": list(account.roles),
        "created_at": account.created_at.isoformat(),
        "last_seen_at": seen.isoformat() if seen else None,
        "limited_at": limited.isoformat() if limited else None,
    }
    return web.json_response(view, headers=NO_STORE)
