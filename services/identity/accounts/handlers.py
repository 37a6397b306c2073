"""HTTP addresses of accounts."""

from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER
from services.identity.accounts.model import AccountNotFound
from services.identity.parts import ACCOUNTS


async def show_account(request: web.Request) -> web.Response:
    """GET /accounts/{id}: for its owner only; any other looks like one that does not exist."""
    person = request[CALLER].person
    account_id = _account_id(request.match_info["id"])
    if person is None or person.account_id != str(account_id):
        raise AccountNotFound
    account = await request.app[ACCOUNTS].read_account(account_id)
    return web.json_response(
        {
            "account_id": str(account.id),
            "identifier": account.profile.identifier,
            "display_name": account.profile.display_name,
            "email": account.profile.email,
            "roles": list(account.roles),
        },
        headers={"Cache-Control": "no-store"},
    )


def _account_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise AccountNotFound from None
