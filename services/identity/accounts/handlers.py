"""HTTP addresses of accounts, for their owners."""

from typing import Any

from aiohttp import web

from chassis.routing import QUERY
from services.identity.access import NO_STORE, owner_of
from services.identity.accounts.model import Account
from services.identity.events.model import AccountEvent
from services.identity.events.service import PAGE
from services.identity.parts import ACCOUNTS, EVENTS, FREEZES, OWN_PASSWORDS

SIGN_INS = ["signed-in", "sign-in-refused"]


async def show_account(request: web.Request) -> web.Response:
    """GET /accounts/{id}: for its owner only; any other looks like one that does not exist."""
    account = await request.app[ACCOUNTS].read_account(owner_of(request))
    return web.json_response(account_view(account), headers=NO_STORE)


async def list_events(request: web.Request) -> web.Response:
    """GET /accounts/{id}/events?before=&kind=sign-ins: what happened, who looked (ACC-10)."""
    query = request[QUERY]
    actions = SIGN_INS if query.get("kind") == "sign-ins" else None
    account_id = owner_of(request)
    events = await request.app[EVENTS].list_events(account_id, query.get("before"), actions)
    last = str(events[-1].id) if len(events) == PAGE else None
    view = {"events": [_event_view(event) for event in events], "next": last}
    return web.json_response(view, headers=NO_STORE)


async def freeze_account(request: web.Request) -> web.Response:
    """POST /accounts/{id}/freeze: somebody else uses it (ACC-07)."""
    await request.app[FREEZES].freeze(owner_of(request))
    return web.Response(status=204)


async def end_sessions(request: web.Request) -> web.Response:
    """DELETE /accounts/{id}/sessions: every session ends; one may go on under the new epoch."""
    epoch = await request.app[OWN_PASSWORDS].end_sessions(owner_of(request))
    return web.json_response({"session_epoch": epoch}, headers=NO_STORE)


def account_view(account: Account) -> dict[str, Any]:
    """Return what an owner sees of an account."""
    return {
        "account_id": str(account.id),
        "identifier": account.profile.identifier,
        "display_name": account.display_name,
        "email": account.profile.email,
        "roles": list(account.roles),
        "language": account.language,
        "session_epoch": account.session_epoch,
        "erasure_due_at": _instant(account.erasure_due_at),
        "limited_at": _instant(account.limited_at),
    }


def _event_view(event: AccountEvent) -> dict[str, Any]:
    return {
        "id": str(event.id),
        "recorded_at": event.recorded_at.isoformat(),
        "action": event.action,
        "actor": event.actor.kind,
        "detail": dict(event.detail),
    }


def _instant(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None
