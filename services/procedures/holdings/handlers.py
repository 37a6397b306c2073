"""HTTP addresses of what an account holds: for its owner, and for identity in its owner's name."""

from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import NotAllowed
from chassis.routing import QUERY, Route
from services.procedures.cashier import CASHIER
from services.procedures.documents.handlers import file_response
from services.procedures.holdings.schemas import (
    ErasureView,
    HeldRequestsView,
    HoldingsDataView,
    HoldingsQuery,
)
from services.procedures.holdings.service import HoldingsService
from services.procedures.office import OFFICE
from services.procedures.payments.handlers import view_of
from services.procedures.requests.edge import account_of, request_id_of
from services.procedures.requests.model import Access
from services.procedures.requests.schemas import LanguageQuery

HOLDINGS = web.AppKey("holdings", HoldingsService)
CALLERS = frozenset({"gateway", "identity"})


async def list_requests(request: web.Request) -> web.Response:
    """GET /accounts/{id}/requests: newest first, twenty at a time."""
    query = request[QUERY]
    page = await request.app[HOLDINGS].list_requests(
        _own_account(request), query["after"], query["language"]
    )
    return web.json_response(page)


async def copy_data(request: web.Request) -> web.Response:
    """GET /accounts/{id}/data: every request and payment whole, for the copy of its owner."""
    account, language = _own_account(request), request[QUERY]["language"]
    follow = request.app[OFFICE].following.view
    copied = await request.app[HOLDINGS].copy_requests(account, language, follow)
    paid = await request.app[CASHIER].payments.service.all_of_account(account)
    payments = [await view_of(request, history, language) for history in paid]
    return web.json_response({"requests": copied, "payments": payments})


async def copy_file(request: web.Request) -> web.Response:
    """GET /accounts/{id}/requests/{request}/files/{document}: one file, for the copy."""
    access = Access(account_id=_own_account(request))
    return await file_response(request, request_id_of(request, "request"), access)


async def give_up(request: web.Request) -> web.Response:
    """POST /accounts/{id}/erasure: drafts are destroyed, filed requests detached."""
    return web.json_response(await request.app[HOLDINGS].give_up(_own_account(request)))


def _own_account(request: web.Request) -> UUID:
    """Return the account in the address when the call is made in its owner's name."""
    account = account_of(request)
    if request[CALLER].service not in CALLERS or account is None:
        raise NotAllowed("Only its owner may do this.")
    if request.match_info["id"] != str(account):
        raise NotAllowed("The account is another person's.")
    return account


ROUTES = [
    Route(
        "GET",
        "/accounts/{id}/requests",
        list_requests,
        "The requests of an account",
        query=HoldingsQuery,
        answer=HeldRequestsView,
        problems=[403],
    ),
    Route(
        "GET",
        "/accounts/{id}/data",
        copy_data,
        "Everything held for an account",
        query=LanguageQuery,
        answer=HoldingsDataView,
        problems=[403],
    ),
    Route(
        "GET",
        "/accounts/{id}/requests/{request}/files/{document}",
        copy_file,
        "A file of a request of the account",
        media_type="application/octet-stream",
        problems=[403, 404],
    ),
    Route(
        "POST",
        "/accounts/{id}/erasure",
        give_up,
        "Destroy the drafts of an account and detach its filed requests",
        answer=ErasureView,
        problems=[403],
    ),
]
