"""HTTP addresses of a payer: open, read, start, come back; and the DGFiP's notifications."""

from uuid import UUID

from aiohttp import web

from chassis.clock import hash_secret
from chassis.errors import NotAuthenticated
from chassis.routing import BODY, QUERY
from services.procedures.cashier import CASHIER
from services.procedures.catalogue.handlers import CATALOGUE
from services.procedures.payments.model import PaymentNotFound
from services.procedures.payments.opening import NewPayer
from services.procedures.payments.service import PaymentHistory
from services.procedures.payments.typed_bill import TypedBill
from services.procedures.payments.views import fee_view, payment_view
from services.procedures.requests.edge import (
    access_of,
    account_of,
    request_id_of,
    require_gateway,
)
from services.procedures.requests.model import Access

PAYMENT_KEY = "Payment-Key"


async def open_bill(request: web.Request) -> web.Response:
    """POST /payments: 201 with the payment, whether it was just opened or is there already."""
    body, new = request[BODY], _new_payer(request)
    typed = TypedBill(body["reference"], body["amount"], body["email"], body["exer"])
    opening = request.app[CASHIER].payments.opening
    await opening.open_bill(new, body["procedure"], typed, body["terms_receipt"])
    return await _read(request, new.id, new.access, new.language, status=201)


async def open_fee(request: web.Request) -> web.Response:
    """POST /requests/{id}/payments: the fee of a filed request."""
    new, owner = _new_payer(request), access_of(request)
    fees = request.app[CASHIER].fees
    await fees.open_fee(new, request_id_of(request), owner, request[BODY]["email"])
    return await _read(request, new.id, new.access, new.language, status=201)


async def show_fee(request: web.Request) -> web.Response:
    """GET /requests/{id}/fee: what there is to pay, and whether it is paid."""
    fee = await request.app[CASHIER].fees.read_fee(request_id_of(request), access_of(request))
    return web.json_response(fee_view(fee, request[QUERY]["language"]))


async def show_payment(request: web.Request) -> web.Response:
    """GET /payments/{id}."""
    language = request[QUERY]["language"]
    return await _read(request, _payment_id(request), _access(request), language)


async def list_payments(request: web.Request) -> web.Response:
    """GET /payments: those of the signed-in person."""
    require_gateway(request)
    account_id = account_of(request)
    if account_id is None:
        raise NotAuthenticated("Somebody must be signed in.")
    query = request[QUERY]
    service = request.app[CASHIER].payments.service
    found = await service.list_of_account(account_id, query["before"])
    views = [await _view(request, history, query["language"]) for history in found]
    return web.json_response({"payments": views})


async def all_payments_of(
    request: web.Request, account_id: UUID, language: str
) -> list[dict[str, object]]:
    """Return every payment of an account, the newest first, for the copy of its data."""
    service, before = request.app[CASHIER].payments.service, None
    views: list[dict[str, object]] = []
    while found := await service.list_of_account(account_id, before):
        views += [await _view(request, history, language) for history in found]
        before = found[-1].opened.payer.id
    return views


async def start_attempt(request: web.Request) -> web.Response:
    """POST /payments/{id}/attempts: where to send the payer; repeated, the same page."""
    service = request.app[CASHIER].payments.service
    redirection = await service.start(_payment_id(request), _access(request))
    attempt_id = str(redirection.attempt.id)
    return web.json_response({"redirect_url": redirection.url, "attempt_id": attempt_id})


async def look_up(request: web.Request) -> web.Response:
    """POST /payments/{id}/look-up: ask the DGFiP now."""
    service = request.app[CASHIER].payments.service
    history = await service.look_up(_payment_id(request), _access(request))
    return web.json_response(await _view(request, history, request[QUERY]["language"]))


async def download_receipt(request: web.Request) -> web.Response:
    """GET /payments/{id}/attempts/{attempt}/acknowledgement.pdf."""
    attempt_id = _uuid(request.match_info["attempt"])
    pdf = await request.app[CASHIER].receipts.read_pdf(
        _payment_id(request), attempt_id, _access(request)
    )
    disposition = f'attachment; filename="{attempt_id}.pdf"'
    return web.Response(
        body=pdf, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


async def come_back(request: web.Request) -> web.Response:
    """POST /payment-returns: look up before anything is shown; needs no key and no session."""
    require_gateway(request)
    body = request[BODY]
    service = request.app[CASHIER].payments.service
    history = await service.come_back(body["token"], body["pairs"])
    return web.json_response(await _view(request, history, body["language"]))


async def take_notification(request: web.Request) -> web.Response:
    """POST /payment-notifications: always 204; what is forged is logged and does nothing."""
    require_gateway(request)
    await request.app[CASHIER].payments.returning.notified(request[BODY]["pairs"])
    return web.Response(status=204)


async def _read(
    request: web.Request, payer_id: UUID, access: Access, language: str, status: int = 200
) -> web.Response:
    history = await request.app[CASHIER].payments.service.read(payer_id, access)
    return web.json_response(await _view(request, history, language), status=status)


async def _view(request: web.Request, history: PaymentHistory, language: str) -> dict[str, object]:
    catalogue = await request.app[CATALOGUE].read_catalogue()
    definition = catalogue.definitions.get(history.opened.debt.procedure_id)
    return payment_view(history, definition, language)


def _new_payer(request: web.Request) -> NewPayer:
    require_gateway(request)
    body = request[BODY]
    return NewPayer(body["id"], body["access_key"], account_of(request), body["language"])


def _access(request: web.Request) -> Access:
    require_gateway(request)
    key = request.headers.get(PAYMENT_KEY, "")
    return Access(hash_secret(key) if key else None, account_of(request))


def _payment_id(request: web.Request) -> UUID:
    return _uuid(request.match_info["id"])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise PaymentNotFound from None
