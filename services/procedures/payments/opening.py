"""Use cases: open a payment from a bill as typed, or from the fee of a filed request.

The same bill and amount are one debt, whoever pays; each payer has a secret of its own.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.clock import Clock, IdSource, hash_secret, same_secret
from chassis.database import Connection, Database
from services.procedures.catalogue.model import Kind, ProcedureDefinition
from services.procedures.catalogue.service import CatalogueService
from services.procedures.payments.bill_wording import AMOUNT_DIFFERS
from services.procedures.payments.ledger_repository import LedgerRepository
from services.procedures.payments.model import (
    AlreadyPaid,
    Bill,
    BillInvalid,
    Debt,
    DebtState,
    OnlinePaymentClosed,
    Payer,
    PaymentNotFound,
    Source,
)
from services.procedures.payments.regie import RegieSettings
from services.procedures.payments.regie_repository import RegieRepository
from services.procedures.payments.repository import PaymentRepository
from services.procedures.payments.sealing import PayerSeal
from services.procedures.payments.tipi import object_text
from services.procedures.payments.typed_bill import (
    BillFault,
    TypedBill,
    UnderstoodBill,
    understand_bill,
)
from services.procedures.requests.model import Access
from services.procedures.requests.terms import TermsReceipts


@dataclass(frozen=True)
class NewPayer:
    """Who opens a payment; `access_key` is the secret that the payer will hold."""

    id: UUID
    access_key: str
    account_id: UUID | None
    language: str

    @property
    def access(self) -> Access:
        """Return the right that the payer shows."""
        return Access(hash_secret(self.access_key), self.account_id)


@dataclass(frozen=True)
class OpenedPayment:
    """A payer and the debt that it deals with."""

    payer: Payer
    debt: Debt


class Opening:
    """Opens payments; opening twice opens once."""

    def __init__(
        self,
        database: Database,
        catalogue: CatalogueService,
        seal: PayerSeal,
        receipts: TermsReceipts,
        clock: Clock,
    ) -> None:
        self.database = database
        self._catalogue = catalogue
        self._seal = seal
        self._receipts = receipts
        self._clock = clock
        self._payments = PaymentRepository()
        self._regies = RegieRepository()
        self._ledger = LedgerRepository()
        self._ids = IdSource()

    async def find(self, payer_id: UUID, access: Access) -> OpenedPayment:
        """Return a payment to whom may see it; raise `PaymentNotFound`."""
        async with self.database.connection() as connection:
            payer = await self._payments.find_payer(connection, payer_id)
            if payer is None or not may_see(payer, access):
                raise PaymentNotFound
            debt = await self._payments.find_debt(connection, payer.debt_id)
        if debt is None:
            raise PaymentNotFound
        return OpenedPayment(payer, debt)

    async def settings_of(self, regie_id: str) -> RegieSettings:
        """Return the settings of a régie that takes payments; raise `OnlinePaymentClosed`."""
        async with self.database.connection() as connection:
            settings = await self._regies.find_regie(connection, regie_id)
        if settings is None or not settings.active:
            raise OnlinePaymentClosed("This service takes no online payment now.")
        return settings

    async def open_bill(
        self, new: NewPayer, procedure_id: str, typed: TypedBill, terms_receipt: str
    ) -> OpenedPayment:
        """Open the payment of a bill; raise `BillInvalid` with every fault, or `AlreadyPaid`."""
        terms = vars(self._receipts.read(terms_receipt, new.id))
        known = await self._known(new)
        if known is not None:
            return known
        definition = await self._open_definition(procedure_id)
        settings = await self.settings_of(definition.service)
        year = self._clock.today(self._catalogue.profile.zone).year
        understood = understand_bill(typed, settings, year, new.language)
        if not isinstance(understood, UnderstoodBill):
            raise BillInvalid(errors=[fault.as_error() for fault in understood])
        bill = Bill(definition.service, understood.exer, understood.refdet)
        debt = self._debt(Source.BILL, definition, bill, understood.amount_cents)
        return await self._store(new, debt, understood.email, terms)

    async def open_debt(self, new: NewPayer, debt: Debt, email: str) -> OpenedPayment:
        """Open the payment of a debt that is known otherwise (a request's fee)."""
        known = await self._known(new)
        return known or await self._store(new, debt, email, None)

    def _debt(
        self, source: Source, definition: ProcedureDefinition, bill: Bill, cents: int
    ) -> Debt:
        return Debt(
            id=self._ids.new_id(),
            source=source,
            procedure_id=definition.id,
            bill=bill,
            amount_cents=cents,
            objet=object_text(definition.title.fr),
            state=DebtState.DUE,
            created_at=self._clock.now(),
        )

    async def _known(self, new: NewPayer) -> OpenedPayment | None:
        try:
            return await self.find(new.id, new.access)
        except PaymentNotFound:
            return None

    async def _open_definition(self, procedure_id: str) -> ProcedureDefinition:
        definition = await self._catalogue.find_current(procedure_id)
        if definition is None or definition.kind is not Kind.PAYMENT:
            raise OnlinePaymentClosed("This procedure takes no payment here.")
        today = self._clock.today(self._catalogue.profile.zone)
        if not definition.availability(today).is_open:
            raise OnlinePaymentClosed("This procedure is not open now.")
        return definition

    async def _store(
        self, new: NewPayer, wanted: Debt, email: str, terms: dict[str, Any] | None
    ) -> OpenedPayment:
        async with self.database.transaction() as connection:
            await self._payments.lock_bill(connection, wanted.bill)
            if await self._ledger.is_credited(connection, wanted.bill):
                raise AlreadyPaid
            debt = await self._matching(connection, wanted, new.language)
            payer = self._payer(new, debt, email)
            await self._payments.insert_payer(connection, payer, terms)
        return await self.find(new.id, new.access)

    async def _matching(self, connection: Connection, wanted: Debt, language: str) -> Debt:
        """Return the debt of that bill and amount, made now when it is new."""
        debts = await self._payments.list_debts(connection, wanted.bill)
        same = next((debt for debt in debts if debt.amount_cents == wanted.amount_cents), None)
        announced = any(debt.source is Source.IMPORT for debt in debts)
        if same is None and announced:
            message = AMOUNT_DIFFERS.in_language(language)
            raise BillInvalid(errors=[BillFault("amount", "differs", message).as_error()])
        if same is None:
            await self._payments.insert_debt(connection, wanted)
        return same or wanted

    def _payer(self, new: NewPayer, debt: Debt, email: str) -> Payer:
        wrapped = self._seal.new_key(new.id)
        return Payer(
            id=new.id,
            debt_id=debt.id,
            access_key_hash=hash_secret(new.access_key),
            account_id=new.account_id,
            wrapped_key=wrapped,
            sealed_email=self._seal.seal_email(new.id, wrapped, email),
            language=new.language,
            created_at=self._clock.now(),
        )


def may_see(payer: Payer, access: Access) -> bool:
    """Say whether the payment is this caller's."""
    if access.account_id is not None and access.account_id == payer.account_id:
        return True
    return access.key_hash is not None and same_secret(access.key_hash, payer.access_key_hash)
