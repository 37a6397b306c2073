"""Use cases: the payer's browser comes back, the DGFiP's server calls. Neither is believed.

What is forged, doubled or unreadable changes nothing and is logged as a security event, without
any personal data.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from chassis.clock import hash_secret
from chassis.jobs import enqueue_job
from services.procedures.payments.claims import contradicts, is_forged
from services.procedures.payments.judgement import ABANDONMENT_SETTLES, AlertKind, differs
from services.procedures.payments.model import Attempt, AttemptState, Mode, PaymentNotFound
from services.procedures.payments.payfip import PayFip
from services.procedures.payments.schedule import FORM_ENDS
from services.procedures.payments.settling import Settling, with_transaction
from services.procedures.payments.tipi import ReturnInvalid, read_fields, read_return
from services.procedures.payments.transaction import (
    ABANDONED,
    KNOWN,
    PAID,
    REFUSED,
    Answered,
    Transaction,
)

log = structlog.get_logger()

LOOK_UP_PAYMENT = "look_up_payment"
IDOP = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# an attempt whose number was lost can be recognised by its notification for so long
LOST_NUMBER = timedelta(hours=26)
Pairs = Iterable[tuple[str, str]]


class Returning:
    """Takes what comes back."""

    def __init__(self, settling: Settling, payfip: PayFip) -> None:
        self._settling = settling
        self._payfip = payfip

    async def notified(self, pairs: Pairs) -> None:
        """Put the payment that a notification names on the schedule, now; answer at once.

        A notification proves nothing: it only makes us look earlier.
        """
        try:
            claimed = read_fields(pairs)
        except ReturnInvalid as invalid:
            _suspect("notification", invalid.reason)
            return
        idop = claimed.pop("idop", "").strip().lower()
        if not IDOP.fullmatch(idop):
            _suspect("notification", "no-number")
            return
        attempts, now = self._settling.attempts, self._settling.clock.now()
        async with self._settling.database.transaction() as connection:
            attempt = await attempts.find_by_idop(connection, idop)
            if attempt is None:
                if await attempts.any_without_idop(connection, now - LOST_NUMBER):
                    await enqueue_job(connection, LOOK_UP_PAYMENT, {"idop": idop})
                else:
                    _suspect("notification", "unknown-number")
                return
            if contradicts(attempt, claimed):
                _suspect("notification", "differs")
            if attempt.state is not AttemptState.PAID:
                await attempts.update_due(connection, attempt.id, now)
                await enqueue_job(connection, LOOK_UP_PAYMENT, {"idop": idop})

    async def look_up_notified(self, idop: str) -> None:
        """Look up the payment that was notified; one whose number was lost is recognised."""
        async with self._settling.database.connection() as connection:
            attempt = await self._settling.attempts.find_by_idop(connection, idop)
        if attempt is not None and attempt.state is AttemptState.PAID:
            return
        finding = await self._payfip.look_up(idop)
        if attempt is not None:
            await self._settling.settle(attempt.id, finding, "notification")
        elif isinstance(finding, Answered):
            await self._recognise(idop, finding)
        else:
            _suspect("notification", "unknown-number")

    async def _recognise(self, idop: str, finding: Answered) -> None:
        """Give its number back to an attempt whose creation was answered into the void."""
        since = self._settling.clock.now() - LOST_NUMBER
        refdet = finding.transaction.refdet
        async with self._settling.database.transaction() as connection:
            found = await self._settling.attempts.list_without_idop(connection, refdet, since)
            lost = [replace(attempt, idop=idop) for attempt in found]
            match = next((a for a in lost if not differs(a, finding.transaction)), None)
            if match is None:
                _suspect("notification", "nobody-asked")
                return
            locked = await self._settling.locked(connection, match.id)
            if locked.idop is None:
                numbered = replace(locked, idop=idop)
                await self._settling.settle_in(connection, numbered, finding, "notification")

    async def came_back(self, token: str, pairs: Pairs) -> Attempt:
        """Return the attempt as it is after looking it up; raise `PaymentNotFound`."""
        async with self._settling.database.connection() as connection:
            attempt = await self._settling.attempts.find_by_token(connection, hash_secret(token))
        if attempt is None:
            _suspect("return", "unknown-token")
            raise PaymentNotFound
        if attempt.mode is Mode.FORM:
            return await self._declared(attempt, list(pairs))
        found = attempt
        if attempt.idop is not None and attempt.state is not AttemptState.PAID:
            finding = await self._payfip.look_up(attempt.idop)
            found = await self._settling.settle(attempt.id, finding, "return")
        self._compare(found, pairs)
        return found

    def _compare(self, attempt: Attempt, pairs: Pairs) -> None:
        """Tell of a return that claims something else than what the DGFiP was asked and said."""
        try:
            claimed = read_fields(pairs)
        except ReturnInvalid as invalid:
            _suspect("return", invalid.reason)
            return
        if claimed.pop("idop", "").strip().lower() not in ("", attempt.idop):
            _suspect("return", "other-number")
        elif contradicts(attempt, claimed):
            _suspect("return", "differs")

    async def _declared(self, attempt: Attempt, pairs: list[tuple[str, str]]) -> Attempt:
        """Form mode: note what the browser declares, once, when it fits what was asked."""
        if not pairs:
            return attempt
        try:
            transaction = read_return(pairs)
        except ReturnInvalid as invalid:
            _suspect("return", invalid.reason)
            return attempt
        async with self._settling.database.transaction() as connection:
            locked = await self._settling.locked(connection, attempt.id)
            if locked.returned_at is not None or locked.state is not AttemptState.OPEN:
                return locked
            now = self._settling.clock.now()
            if is_forged(locked, transaction, self._settling.accepted, now):
                _suspect("return", "differs")
                forged = (AlertKind.FORGED,)
                return await self._settling.write(connection, locked, locked, forged)
            after = _after_return(locked, transaction, now)
            alerts = () if transaction.resultrans in KNOWN else (AlertKind.UNKNOWN_RESULT,)
            return await self._settling.write(connection, locked, after, alerts)


def _after_return(attempt: Attempt, transaction: Transaction, now: datetime) -> Attempt:
    told = replace(with_transaction(attempt, transaction), returned_at=now)
    if transaction.resultrans in PAID:
        until = attempt.created_at + FORM_ENDS
        return replace(told, state=AttemptState.DECLARED, next_look_up_at=until)
    if transaction.resultrans in REFUSED:
        return replace(told, state=AttemptState.REFUSED, next_look_up_at=None)
    if transaction.resultrans == ABANDONED:
        return replace(told, next_look_up_at=(transaction.at or now) + ABANDONMENT_SETTLES)
    return told


def _suspect(what: str, reason: str) -> None:
    """Log a security event: the kind and the reason, nothing of what was sent."""
    log.warning("payment message not believed", security=True, message_kind=what, reason=reason)
