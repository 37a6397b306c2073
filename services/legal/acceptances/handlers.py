"""HTTP addresses of acceptances."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import NotAllowed
from chassis.routing import BODY, QUERY
from services.legal.acceptances.model import ACCOUNT, Acceptance, Consent, Due
from services.legal.documents.model import MATERIAL, DocumentNotFound
from services.legal.parts import ACCEPTANCES
from services.legal.staff import PORTAL

# identity keeps the accounts: it asks for the copy of a person's data (DAT-02)
KEEPER = "identity"


async def accept_document(request: web.Request) -> web.Response:
    """POST /acceptances: 201 with the receipt, whether it was just recorded or already was."""
    caller = request[CALLER]
    if caller.service != PORTAL:
        raise NotAllowed("Only the gateway collects acceptances.")
    consent = Consent(**request[BODY])
    if consent.subject_kind == ACCOUNT and caller.person is not None:
        _check_owner(request, consent.subject_id)
    acceptances = request.app[ACCEPTANCES]
    found = await acceptances.accept_document(consent, caller.service)
    return web.json_response(
        {
            "acceptance_id": str(found.id),
            "accepted_at": found.accepted_at.isoformat(),
            "receipt": acceptances.receipt(found),
        },
        status=201,
    )


async def show_account_due(request: web.Request) -> web.Response:
    """GET /accounts/{id}/acceptance-due: whether the account must accept the version in force."""
    account_id = _subject_id(request)
    _check_owner(request, account_id)
    return web.json_response(_due_view(await _find_due(request, ACCOUNT, account_id)))


async def show_request_due(request: web.Request) -> web.Response:
    """GET /requests/{id}/acceptance-due: the same, for a person without an account."""
    if request[CALLER].service != PORTAL:
        raise NotAllowed("Only the gateway collects acceptances.")
    return web.json_response(_due_view(await _find_due(request, "request", _subject_id(request))))


async def give_receipt(request: web.Request) -> web.Response:
    """POST /accounts/{id}/receipts: for a request made under the account's own acceptance."""
    account_id, body = _subject_id(request), request[BODY]
    _check_owner(request, account_id)
    acceptances = request.app[ACCEPTANCES]
    found = await acceptances.find_standing(account_id, body["document"], "fr")
    return web.json_response(
        {
            "acceptance_id": str(found.id),
            "accepted_at": found.accepted_at.isoformat(),
            "receipt": acceptances.receipt(found, body["request_id"]),
        },
        status=201,
    )


async def list_acceptances(request: web.Request) -> web.Response:
    """GET /accounts/{id}/acceptances: all the evidence about one account, for its owner."""
    account_id = _subject_id(request)
    _check_owner(request, account_id, keeper=True)
    acceptances, withdrawals = await request.app[ACCEPTANCES].list_evidence(account_id)
    return web.json_response(
        {
            "acceptances": [_acceptance_view(one) for one in acceptances],
            "withdrawals": [
                {
                    "document": one.document,
                    "withdrawn_at": one.withdrawn_at.isoformat(),
                    "language": one.language,
                    "page": one.page,
                }
                for one in withdrawals
            ],
        }
    )


async def withdraw_acceptance(request: web.Request) -> web.Response:
    """POST /accounts/{id}/withdrawals: 201; the gateway then has the account closed."""
    account_id = _subject_id(request)
    _check_owner(request, account_id)
    acceptances = request.app[ACCEPTANCES]
    wished = acceptances.new_withdrawal(account_id, **request[BODY])
    found = await acceptances.withdraw(wished, request[CALLER].service)
    return web.json_response(
        {"withdrawal_id": str(found.id), "withdrawn_at": found.withdrawn_at.isoformat()},
        status=201,
    )


async def _find_due(request: web.Request, kind: str, subject_id: UUID) -> Due:
    query = request[QUERY]
    return await request.app[ACCEPTANCES].find_due(
        kind, subject_id, query["document"], query["language"]
    )


def _check_owner(request: web.Request, account_id: UUID, *, keeper: bool = False) -> None:
    caller = request[CALLER]
    if keeper and caller.service == KEEPER:
        return
    if caller.service != PORTAL or caller.person is None:
        raise NotAllowed("Only the owner of the account may do this.")
    if caller.person.account_id != str(account_id):
        raise NotAllowed("This is the account of somebody else.")


def _subject_id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["id"])
    except ValueError:
        raise DocumentNotFound("No such identifier.") from None


def _due_view(found: Due) -> dict[str, Any]:
    shown, last = found.in_force, found.last
    return {
        "due": found.due,
        "document": shown.slug,
        "title": shown.title,
        "version": shown.version,
        "content_hash": shown.content_hash,
        "effective_from": shown.effective_from.isoformat(),
        "material": shown.change == MATERIAL,
        "last_accepted": _acceptance_view(last) if last is not None else None,
        "withdrawn_at": found.withdrawn_at.isoformat() if found.withdrawn_at else None,
    }


def _acceptance_view(acceptance: Acceptance) -> dict[str, Any]:
    consent = acceptance.consent
    return {
        "acceptance_id": str(acceptance.id),
        "document": consent.document,
        "version": consent.version,
        "language": consent.language,
        "content_hash": consent.content_hash,
        "page": consent.page,
        "accepted_at": acceptance.accepted_at.isoformat(),
    }
