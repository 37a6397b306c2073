"""Use case: begin an attempt, or go on with the one under way; never two on a bill.

The former attempts are looked up first (rule 2); the new one is stored before anybody is asked or
sent anywhere (rule 1); the creation is asked for once, whatever comes of it (rule 6).
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.clock import IdSource, hash_secret
from services.procedures.partners.service import DisclosureJournal
from services.procedures.payments.ageing import CREATION_ENDS
from services.procedures.payments.attempt_repository import BillHasLiveAttempt
from services.procedures.payments.judgement import AlertKind
from services.procedures.payments.model import (
    AlreadyPaid,
    Attempt,
    AttemptState,
    Debt,
    Mode,
    Payer,
    PaymentUnderway,
    ProviderUnavailable,
)
from services.procedures.payments.ordering import Ordering
from services.procedures.payments.payfip import CreationRefused, CreationUnknown, PayFip
from services.procedures.payments.regie import RegieSettings
from services.procedures.payments.schedule import FORM_ENDS, OPENING, next_look_up
from services.procedures.payments.sealing import PayerSeal
from services.procedures.payments.settling import Settling
from services.procedures.payments.transaction import ABANDONED, Silent

# the page opens for 15 minutes: a payer led to it again needs one to get there
RESUMED = OPENING - timedelta(minutes=1)
# "result not known" is pending for at least this long (rule 3)
PENDING = timedelta(hours=2)
POLL_SECONDS = 0.1
POLLS = 250
# older ones than these were looked up before the newer ones were begun
FORMER = 5
NOT_ANSWERING = frozenset({"unreachable", "circuit-open"})
SHARED_DATA = ("reference", "amount", "object", "email")


@dataclass(frozen=True)
class Redirection:
    """Where the payer goes, and the attempt that it is for."""

    url: str
    attempt: Attempt


class Starting:
    """Begins attempts."""

    def __init__(
        self,
        settling: Settling,
        payfip: PayFip,
        ordering: Ordering,
        seal: PayerSeal,
        disclosures: DisclosureJournal,
    ) -> None:
        self._settling = settling
        self._payfip = payfip
        self._ordering = ordering
        self._seal = seal
        self._disclosures = disclosures
        self._ids = IdSource()

    async def start(self, payer: Payer, debt: Debt, settings: RegieSettings) -> Redirection:
        """Return where to send the payer.

        Raises `AlreadyPaid`, `PaymentUnderway` or `ProviderUnavailable`.
        """
        for _ in range(POLLS):
            await self._look_up_former(debt)
            current = await self._current(debt)
            if current is None:
                try:
                    return await self._begin(payer, debt, settings)
                except BillHasLiveAttempt:
                    continue
            if current.state is not AttemptState.STARTED:
                return self._resume(current, payer)
            # another call is asking the DGFiP: a double click gets the same page
            await asyncio.sleep(POLL_SECONDS)
        raise PaymentUnderway

    async def _look_up_former(self, debt: Debt) -> None:
        async with self._settling.database.connection() as connection:
            former = await self._settling.attempts.list_of_bill(connection, debt.bill)
        for attempt in former[:FORMER]:
            if attempt.idop is None and attempt.is_live:
                await self._settling.age(attempt.id)
            elif attempt.idop is not None and attempt.next_look_up_at is not None:
                finding = await self._payfip.look_up(attempt.idop)
                await self._settling.settle(attempt.id, finding, "attempt")
                if isinstance(finding, Silent):
                    raise ProviderUnavailable(retry_at=None)

    async def _current(self, debt: Debt) -> Attempt | None:
        """Return the attempt that stands in the way, once time has done its part."""
        async with self._settling.database.transaction() as connection:
            await self._settling.debts.lock_bill(connection, debt.bill)
            if await self._settling.ledger.is_credited(connection, debt.bill):
                raise AlreadyPaid
            attempts = await self._settling.attempts.list_of_bill(connection, debt.bill)
            live = next((attempt for attempt in attempts if attempt.is_live), None)
            if live is None or not self._is_overtaken(live):
                return live
            when = next_look_up(AttemptState.EXPIRED, live.created_at, self._now())
            ended = replace(live, state=AttemptState.EXPIRED, next_look_up_at=when)
            await self._settling.write(connection, live, ended)
        return None

    def _is_overtaken(self, attempt: Attempt) -> bool:
        """Say whether a payer may try again: still without a result two hours after."""
        old = self._now() - attempt.created_at >= PENDING
        return attempt.state is AttemptState.OPEN and old and attempt.result is None

    def _resume(self, attempt: Attempt, payer: Payer) -> Redirection:
        fresh = self._now() - attempt.created_at < RESUMED
        own = attempt.payer_id == payer.id and attempt.state is AttemptState.OPEN
        # e.g. an abandonment that is not final yet: its page is used up
        used = attempt.result is not None or attempt.returned_at is not None
        if own and fresh and not used:
            return Redirection(self._address(attempt, payer), attempt)
        raise PaymentUnderway(retry_at=_iso(self._retry_at(attempt)))

    def _retry_at(self, attempt: Attempt) -> datetime | None:
        if attempt.state is AttemptState.UNKNOWN:
            return attempt.created_at + OPENING
        if attempt.state is not AttemptState.OPEN or attempt.result not in (None, ABANDONED):
            return None
        if attempt.result == ABANDONED:
            return attempt.next_look_up_at
        return attempt.created_at + PENDING

    async def _begin(self, payer: Payer, debt: Debt, settings: RegieSettings) -> Redirection:
        attempt = self._new_attempt(payer, debt, settings)
        async with self._settling.database.transaction() as connection:
            await self._settling.debts.lock_bill(connection, debt.bill)
            if await self._settling.ledger.is_credited(connection, debt.bill):
                raise AlreadyPaid
            await self._settling.attempts.insert_attempt(connection, attempt)
            ledger = self._settling.ledger
            await ledger.insert_event(connection, attempt.id, attempt.created_at, attempt.state)
            await self._disclosures.record(
                connection, debt.procedure_id, "payfip", payer.id, SHARED_DATA
            )
        if attempt.mode is Mode.WEB_SERVICE:
            attempt = await self._create(attempt, payer)
        return Redirection(self._address(attempt, payer), attempt)

    async def _create(self, attempt: Attempt, payer: Payer) -> Attempt:
        order = self._ordering.payment_order(attempt, self._seal.email(payer))
        try:
            idop = await self._payfip.create(order)
        except CreationRefused as refused:
            alerts = () if refused.code in NOT_ANSWERING else (AlertKind.CREATION_REFUSED,)
            await self._turn(attempt, AttemptState.FAILED, None, alerts)
            raise ProviderUnavailable(reason=refused.code, retry_at=None) from None
        except CreationUnknown:
            alert = (AlertKind.CREATION_UNKNOWN,)
            await self._turn(attempt, AttemptState.UNKNOWN, attempt.created_at + OPENING, alert)
            retry_at = _iso(attempt.created_at + OPENING)
            raise ProviderUnavailable(reason="unknown", retry_at=retry_at) from None
        when = next_look_up(AttemptState.OPEN, attempt.created_at, self._now())
        return await self._turn(attempt, AttemptState.OPEN, when, idop=idop)

    async def _turn(
        self,
        attempt: Attempt,
        state: AttemptState,
        when: datetime | None,
        alerts: tuple[AlertKind, ...] = (),
        *,
        idop: str | None = None,
    ) -> Attempt:
        async with self._settling.database.transaction() as connection:
            before = await self._settling.locked(connection, attempt.id)
            if before.state is not AttemptState.STARTED:
                # we were asleep so long that it was given up: nobody is sent to its page
                raise ProviderUnavailable(reason="too-late", retry_at=None)
            after = replace(before, state=state, idop=idop, next_look_up_at=when)
            return await self._settling.write(connection, before, after, alerts)

    def _new_attempt(self, payer: Payer, debt: Debt, settings: RegieSettings) -> Attempt:
        attempt_id, now = self._ids.new_id(), self._now()
        form = settings.mode is Mode.FORM
        return Attempt(
            id=attempt_id,
            debt_id=debt.id,
            payer_id=payer.id,
            bill=debt.bill,
            mode=settings.mode,
            numcli=settings.numcli,
            amount_cents=debt.amount_cents,
            objet=debt.objet,
            saisie=settings.saisie,
            state=AttemptState.OPEN if form else AttemptState.STARTED,
            created_at=now,
            token_hash=hash_secret(self._ordering.tokens.token(attempt_id)),
            next_look_up_at=now + (FORM_ENDS if form else CREATION_ENDS),
        )

    def _address(self, attempt: Attempt, payer: Payer) -> str:
        if attempt.idop is not None:
            return self._payfip.page_address(attempt.idop)
        return self._ordering.form_address(attempt, self._seal.email(payer))

    def _now(self) -> datetime:
        return self._settling.clock.now()


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
