"""Use case: open the payment of the fee of a filed request."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chassis.clock import Clock, IdSource
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.forms.model import FieldType
from services.procedures.payments.attempt_repository import AttemptRepository
from services.procedures.payments.bill_wording import EMAIL_INVALID, EMAIL_MISSING
from services.procedures.payments.ledger_repository import LedgerRepository
from services.procedures.payments.model import (
    Bill,
    BillInvalid,
    Debt,
    DebtState,
    OnlinePaymentClosed,
    Source,
)
from services.procedures.payments.opening import NewPayer, OpenedPayment, Opening
from services.procedures.payments.repository import PaymentRepository
from services.procedures.payments.tipi import object_text
from services.procedures.payments.typed_bill import BillFault, is_email
from services.procedures.requests.model import Access, Request, RequestNotFound
from services.procedures.requests.service import RequestService


class FeeState(StrEnum):
    """How far the payment of a fee is, whoever pays it."""

    DUE = "due"
    UNDERWAY = "underway"
    PAID = "paid"


@dataclass(frozen=True)
class Fee:
    """The fee of a request."""

    amount_cents: int
    state: FeeState


class Fees:
    """Opens payments of fees; a request has one debt, whoever pays it."""

    def __init__(self, requests: RequestService, opening: Opening, clock: Clock) -> None:
        self._requests = requests
        self._opening = opening
        self._clock = clock
        self._payments = PaymentRepository()
        self._attempts = AttemptRepository()
        self._ledger = LedgerRepository()
        self._ids = IdSource()

    async def read_fee(self, request_id: UUID, access: Access) -> Fee:
        """Return a request's fee to its owner; raise `OnlinePaymentClosed` when it has none."""
        request = await self._requests.open_request(request_id, access)
        definition = await self._requests.definition_of(request)
        if definition.fee is None:
            raise OnlinePaymentClosed("This request has no fee.")
        return Fee(definition.fee.amount_cents, await self._state(request))

    async def _state(self, request: Request) -> FeeState:
        async with self._opening.database.connection() as connection:
            debt = await self._payments.find_debt_of_request(connection, request.id)
            if debt is None:
                return FeeState.DUE
            if await self._ledger.is_credited(connection, debt.bill):
                return FeeState.PAID
            attempts = await self._attempts.list_of_bill(connection, debt.bill)
        underway = any(attempt.is_live for attempt in attempts)
        return FeeState.UNDERWAY if underway else FeeState.DUE

    async def open_fee(
        self, new: NewPayer, request_id: UUID, access: Access, email: str
    ) -> OpenedPayment:
        """Open the payment of a request's fee; `email` is the request's own when it is empty."""
        request = await self._requests.open_request(request_id, access)
        definition = await self._requests.definition_of(request)
        if request.filing is None or definition.fee is None:
            raise OnlinePaymentClosed("This request has no fee to pay now.")
        address = email.strip() or _own_address(request, definition)
        if not is_email(address):
            text = EMAIL_INVALID if address else EMAIL_MISSING
            fault = BillFault("email", "invalid", text.in_language(new.language))
            raise BillInvalid(errors=[fault.as_error()])
        await self._opening.settings_of(definition.service)
        return await self._opening.open_debt(new, await self._debt(request, definition), address)

    async def _debt(self, request: Request, definition: ProcedureDefinition) -> Debt:
        async with self._opening.database.connection() as connection:
            known = await self._payments.find_debt_of_request(connection, request.id)
        if known is not None:
            return known
        if request.filing is None or definition.fee is None:
            raise RequestNotFound
        zone = self._requests.profile.zone
        year = request.filing.filed_at.astimezone(zone).year
        return Debt(
            id=self._ids.new_id(),
            source=Source.REQUEST,
            procedure_id=definition.id,
            bill=Bill(definition.service, str(year), request.filing.number.replace("-", "")),
            amount_cents=definition.fee.amount_cents,
            objet=object_text(definition.title.fr),
            state=DebtState.DUE,
            created_at=self._clock.now(),
            request_id=request.id,
        )


def _own_address(request: Request, definition: ProcedureDefinition) -> str:
    values = request.values()
    for _, field in definition.form.questions() if definition.form else ():
        if field.type is FieldType.EMAIL and values.get(field.id):
            return str(values[field.id])
    return ""
