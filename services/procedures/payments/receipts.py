"""Use cases: issue the acknowledgement of a payment once, give it back, and mail it (PAY-03)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authority.profile import AuthorityProfile
from authority.text import Text
from chassis.mailer import Attachment, Mail, Mailer
from services.procedures.acknowledgements.model import Acknowledgement, Section
from services.procedures.acknowledgements.receipt_pdf import render_pdf
from services.procedures.catalogue.service import CatalogueService
from services.procedures.forms.display import long_date
from services.procedures.payments import wording
from services.procedures.payments.model import Attempt, AttemptState, Debt, Payer, PaymentNotFound
from services.procedures.payments.opening import Opening
from services.procedures.payments.receipt_repository import ReceiptRepository
from services.procedures.payments.sealing import ACKNOWLEDGEMENT, PayerSeal
from services.procedures.payments.settling import OVERPAYMENT, Settling
from services.procedures.payments.transaction import DEBIT_PAID
from services.procedures.requests.model import Access


@dataclass(frozen=True)
class PaidAttempt:
    """A verified payment, its payer and its debt."""

    attempt: Attempt
    payer: Payer
    debt: Debt
    overpaid: bool


class Receipts:
    """Issues acknowledgements of payment; the first PDF issued is the one given ever after."""

    def __init__(
        self, settling: Settling, opening: Opening, seal: PayerSeal, catalogue: CatalogueService
    ) -> None:
        self._settling = settling
        self._opening = opening
        self._seal = seal
        self._catalogue = catalogue
        self._repository = ReceiptRepository()

    async def read_pdf(self, payer_id: UUID, attempt_id: UUID, access: Access) -> bytes:
        """Return the acknowledgement of a payer's own payment; raise `PaymentNotFound`."""
        await self._opening.find(payer_id, access)
        paid = await self._paid(attempt_id)
        if paid.payer.id != payer_id:
            raise PaymentNotFound
        return await self._issued(paid)

    async def send(self, attempt_id: UUID, mailer: Mailer) -> None:
        """Issue and mail the acknowledgement; doing it again sends nothing more.

        A crash between the sending and its note sends the same message again: its stable
        Message-ID lets the receiver tell.
        """
        paid = await self._paid(attempt_id)
        if paid.payer.wrapped_key is None:  # erased meanwhile: there is nobody to write to
            return
        pdf = await self._issued(paid)
        async with self._settling.database.connection() as connection:
            if await self._repository.was_mailed(connection, attempt_id):
                return
        await mailer.send(await self._mail(paid, pdf))
        async with self._settling.database.transaction() as connection:
            await self._repository.update_mailed(connection, attempt_id, self._settling.clock.now())

    async def _paid(self, attempt_id: UUID) -> PaidAttempt:
        async with self._settling.database.connection() as connection:
            attempt = await self._settling.attempts.find_attempt(connection, attempt_id)
            if attempt is None or attempt.state is not AttemptState.PAID:
                raise PaymentNotFound
            payer = await self._settling.debts.find_payer(connection, attempt.payer_id)
            debt = await self._settling.debts.find_debt(connection, attempt.debt_id)
            kind = await self._settling.ledger.find_credit_kind(connection, attempt_id)
        if payer is None or debt is None:
            raise PaymentNotFound
        return PaidAttempt(attempt, payer, debt, kind == OVERPAYMENT)

    async def _issued(self, paid: PaidAttempt) -> bytes:
        key = self._seal.key(paid.payer)
        sealed = await self._find(paid.attempt.id)
        if sealed is None:
            now = self._settling.clock.now()
            pdf = await render_pdf(await self._acknowledgement(paid), now)
            digest = hashlib.sha256(pdf).digest()
            async with self._settling.database.transaction() as connection:
                await self._repository.insert_receipt(
                    connection, paid.attempt.id, key.seal(pdf, ACKNOWLEDGEMENT), digest, now
                )
            # another process may have issued it meanwhile: the stored one counts
            sealed = await self._find(paid.attempt.id)
        if sealed is None:
            raise PaymentNotFound
        return key.open(sealed, ACKNOWLEDGEMENT)

    async def _find(self, attempt_id: UUID) -> bytes | None:
        async with self._settling.database.connection() as connection:
            return await self._repository.find_pdf(connection, attempt_id)

    async def _acknowledgement(self, paid: PaidAttempt) -> Acknowledgement:
        catalogue = await self._catalogue.read_catalogue()
        definition = catalogue.definitions.get(paid.debt.procedure_id)
        title = definition.title if definition else Text(fr=paid.debt.objet, en=paid.debt.objet)
        return build_receipt(paid, title, self._catalogue.profile)

    async def _mail(self, paid: PaidAttempt, pdf: bytes) -> Mail:
        reference, language = paid.debt.bill.refdet, paid.payer.language
        acknowledgement = await self._acknowledgement(paid)
        return Mail(
            to=self._seal.email(paid.payer),
            subject=wording.SUBJECT.in_language(language).format(reference=reference),
            text=acknowledgement.as_text(),
            message_id=f"<{paid.attempt.id}.payment@parvis.invalid>",
            language=language,
            attachments=[Attachment(f"{reference}.pdf", "application/pdf", pdf)],
        )


def build_receipt(paid: PaidAttempt, title: Text, profile: AuthorityProfile) -> Acknowledgement:
    """Return the whole text, in the payer's language."""
    language = paid.payer.language
    amount = wording.euros(paid.attempt.amount_cents, language)
    introduction = wording.INTRODUCTION.in_language(language)
    paragraphs = [wording.PROVIDER.in_language(language)]
    if paid.overpaid:
        paragraphs.append(wording.OVERPAID.in_language(language))
    facts = _facts(paid, profile, language)
    return Acknowledgement(
        language=language,
        authority=profile.name.in_language(language),
        authority_lines=tuple(profile.seat.lines),
        title=wording.TITLE.in_language(language),
        number=paid.debt.bill.refdet,
        introduction=introduction.format(amount=amount, title=title.in_language(language)),
        sections=(
            Section(wording.YOUR_PAYMENT.in_language(language), tuple(paragraphs), tuple(facts)),
        ),
    )


def _facts(paid: PaidAttempt, profile: AuthorityProfile, language: str) -> list[tuple[str, str]]:
    attempt = paid.attempt
    at: datetime = attempt.transacted_at or attempt.created_at
    means = wording.DEBIT if attempt.result == DEBIT_PAID else wording.CARD
    facts = [
        (wording.REFERENCE, paid.debt.bill.refdet),
        (wording.AMOUNT, wording.euros(attempt.amount_cents, language)),
        (wording.PAID_AT, long_date(at.astimezone(profile.zone).date(), language)),
        (wording.MEANS, means.in_language(language)),
        (wording.AUTHORISATION, attempt.authorisation or ""),
    ]
    return [(label.in_language(language), text) for label, text in facts if text]
