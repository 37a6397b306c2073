"""The use cases of a payer: read a payment, begin an attempt, look it up, come back."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.procedures.payments.model import (
    Attempt,
    AttemptEvent,
    AttemptState,
    PaymentNotFound,
    ProviderUnavailable,
)
from services.procedures.payments.opening import OpenedPayment, Opening
from services.procedures.payments.payfip import PayFip
from services.procedures.payments.returning import Returning
from services.procedures.payments.settling import Settling
from services.procedures.payments.starting import Redirection, Starting
from services.procedures.requests.model import Access

PAGE = 50
NEWEST = UUID(int=2**128 - 1)
# the payer's page is given 10 seconds: it says that the DGFiP is slow before that
PATIENCE_SECONDS = 8.0


@dataclass(frozen=True)
class PaymentHistory:
    """A payment as its payer sees it: own attempts newest first, and whether the bill is paid."""

    opened: OpenedPayment
    attempts: tuple[Attempt, ...]
    events: tuple[AttemptEvent, ...]
    bill_is_paid: bool
    # somebody else's attempt on the same bill is not over
    is_blocked: bool


class PaymentService:
    """What a payer can do."""

    def __init__(
        self,
        opening: Opening,
        settling: Settling,
        starting: Starting,
        returning: Returning,
        payfip: PayFip,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._opening = opening
        self._settling = settling
        self._starting = starting
        self._returning = returning
        self._payfip = payfip
        self._patience_seconds = patience_seconds
        self._works: set[asyncio.Task[Redirection]] = set()

    async def read(self, payer_id: UUID, access: Access) -> PaymentHistory:
        """Return a payment with its history; raise `PaymentNotFound`."""
        return await self._history(await self._opening.find(payer_id, access))

    async def list_of_account(self, account_id: UUID, before: UUID | None) -> list[PaymentHistory]:
        """Return an account's payments, the newest first, `PAGE` at most."""
        async with self._settling.database.connection() as connection:
            payers = await self._settling.debts.list_payers(
                connection, account_id, before or NEWEST, PAGE
            )
        access = Access(account_id=account_id)
        return [await self.read(payer.id, access) for payer in payers]

    async def all_of_account(self, account_id: UUID) -> list[PaymentHistory]:
        """Return every payment of an account, the newest first (DAT-02)."""
        found: list[PaymentHistory] = []
        before: UUID | None = None
        while page := await self.list_of_account(account_id, before):
            found += page
            before = page[-1].opened.payer.id
        return found

    async def start(self, payer_id: UUID, access: Access) -> Redirection:
        """Return where to send the payer; raise `ProviderUnavailable` when it takes too long.

        What is asked of the DGFiP goes on without the payer, so that its answer is not lost: the
        next press leads to the page that it opened.
        """
        opened = await self._opening.find(payer_id, access)
        settings = await self._opening.settings_of(opened.debt.bill.regie_id)
        work = asyncio.create_task(self._starting.start(opened.payer, opened.debt, settings))
        self._works.add(work)
        work.add_done_callback(self._ended)
        done, _ = await asyncio.wait({work}, timeout=self._patience_seconds)
        if not done:
            raise ProviderUnavailable(reason="slow", retry_at=None)
        return work.result()

    def _ended(self, work: asyncio.Task[Redirection]) -> None:
        self._works.discard(work)
        if not work.cancelled():
            work.exception()  # told to the payer who waited; an attempt's state tells the others

    async def look_up(self, payer_id: UUID, access: Access) -> PaymentHistory:
        """Ask the DGFiP about the attempt under way, then return the payment."""
        history = await self.read(payer_id, access)
        for attempt in history.attempts[:1]:
            if attempt.idop is not None and attempt.state is not AttemptState.PAID:
                finding = await self._payfip.look_up(attempt.idop)
                await self._settling.settle(attempt.id, finding, "payer")
        return await self.read(payer_id, access)

    async def come_back(self, token: str, pairs: Iterable[tuple[str, str]]) -> PaymentHistory:
        """Look up the attempt that an address of return names, then return its payment."""
        attempt = await self._returning.came_back(token, pairs)
        async with self._settling.database.connection() as connection:
            payer = await self._settling.debts.find_payer(connection, attempt.payer_id)
            debt = await self._settling.debts.find_debt(connection, attempt.debt_id)
        if payer is None or debt is None:
            raise PaymentNotFound
        return await self._history(OpenedPayment(payer, debt))

    async def _history(self, opened: OpenedPayment) -> PaymentHistory:
        bill = opened.debt.bill
        async with self._settling.database.connection() as connection:
            attempts = await self._settling.attempts.list_of_bill(connection, bill)
            own = tuple(found for found in attempts if found.payer_id == opened.payer.id)
            ids = [found.id for found in own]
            events = await self._settling.ledger.list_events(connection, ids)
            paid = await self._settling.ledger.is_credited(connection, bill)
        blocked = any(found.is_live and found.payer_id != opened.payer.id for found in attempts)
        return PaymentHistory(opened, own, tuple(events), paid, blocked)
