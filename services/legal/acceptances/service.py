"""Use cases of acceptances: record one, once; prove it; ask again; take back; check."""

from uuid import UUID

from chassis.audit import AuditFault, append_audit
from chassis.caller import CallerSigner
from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.legal.acceptances.model import (
    ACCOUNT,
    Acceptance,
    AcceptanceDue,
    AcceptanceWithdrawn,
    Consent,
    Due,
    NothingToWithdraw,
    VersionNotInForce,
    Withdrawal,
    acceptance_detail,
    is_due,
    receipt_claims,
    withdrawal_detail,
)
from services.legal.acceptances.repository import AcceptanceRepository
from services.legal.documents.service import DocumentService


class AcceptanceService:
    """Acceptances of the texts in force."""

    def __init__(
        self, database: Database, documents: DocumentService, signer: CallerSigner, clock: Clock
    ) -> None:
        self._database = database
        self._documents = documents
        self._signer = signer
        self._clock = clock
        self._ids = IdSource()
        self._acceptances = AcceptanceRepository()

    async def accept_document(self, consent: Consent, actor: str) -> Acceptance:
        """Record the acceptance with its witness, or return the one already recorded.

        `actor` is the service that collected it. A repetition counts even after a newer version
        came into force meanwhile. Raises `VersionNotInForce` when the text shown is another one,
        `AcceptanceWithdrawn` for an account that took its acceptance back.
        """
        async with self._database.connection() as connection:
            known = await self._acceptances.find_acceptance(connection, consent)
            await self._refuse_withdrawn(connection, consent)
        if known is not None and known.consent.content_hash == consent.content_hash:
            return known
        now = self._clock.now()
        in_force = await self._documents.find_in_force(consent.document, consent.language, now)
        shown = (consent.version, consent.content_hash)
        if in_force is None or shown != (in_force.version, in_force.content_hash):
            raise VersionNotInForce(version=in_force.version if in_force else None)
        return await self._record(Acceptance(self._ids.new_id(), consent, now), actor)

    async def _record(self, acceptance: Acceptance, actor: str) -> Acceptance:
        consent = acceptance.consent
        async with self._database.transaction() as connection:
            await self._acceptances.lock_subject(connection, consent.subject)
            await self._refuse_withdrawn(connection, consent)
            known = await self._acceptances.find_acceptance(connection, consent)
            if known is not None:
                return known
            position = await append_audit(
                connection,
                at=acceptance.accepted_at,
                actor=actor,
                action="document-accepted",
                subject=consent.subject,
                detail=acceptance_detail(acceptance),
            )
            await self._acceptances.insert_acceptance(connection, acceptance, position)
        return acceptance

    async def find_due(self, kind: str, subject_id: UUID, document: str, language: str) -> Due:
        """Say whether a subject must accept the version in force; raise `DocumentNotFound`."""
        page = await self._documents.read_document(document, language)
        async with self._database.connection() as connection:
            accepted = await self._acceptances.list_acceptances(
                connection, kind, subject_id, document
            )
            withdrawals = await self._acceptances.list_withdrawals(connection, subject_id, document)
        last = accepted[0] if accepted else None
        withdrawn_at = withdrawals[0].withdrawn_at if kind == ACCOUNT and withdrawals else None
        due = is_due(last, withdrawn_at, page.acceptance_floor)
        return Due(page.shown, last, withdrawn_at, due)

    async def list_evidence(self, account_id: UUID) -> tuple[list[Acceptance], list[Withdrawal]]:
        """Return all that is kept of an account's acceptances (DAT-02).

        A person accepts a version once: the list is as long as that of the versions.
        """
        async with self._database.connection() as connection:
            return (
                await self._acceptances.list_acceptances(connection, ACCOUNT, account_id),
                await self._acceptances.list_withdrawals(connection, account_id),
            )

    async def withdraw(self, wished: Withdrawal, actor: str) -> Withdrawal:
        """Record a withdrawal with its witness, or return the one already recorded.

        Whoever asks then closes the account. Raises `NothingToWithdraw`.
        """
        account_id, document = wished.account_id, wished.document
        subject = f"{ACCOUNT}:{account_id}"
        async with self._database.transaction() as connection:
            await self._acceptances.lock_subject(connection, subject)
            known = await self._acceptances.list_withdrawals(connection, account_id, document)
            if known:
                return known[0]
            accepted = await self._acceptances.list_acceptances(
                connection, ACCOUNT, account_id, document
            )
            if not accepted:
                raise NothingToWithdraw
            position = await append_audit(
                connection,
                at=wished.withdrawn_at,
                actor=actor,
                action="acceptance-withdrawn",
                subject=subject,
                detail=withdrawal_detail(wished),
            )
            await self._acceptances.insert_withdrawal(connection, wished, position)
        return wished

    def new_withdrawal(
        self, account_id: UUID, document: str, language: str, page: str
    ) -> Withdrawal:
        """Return a withdrawal made now, not recorded yet."""
        now = self._clock.now()
        return Withdrawal(self._ids.new_id(), account_id, document, language, page, now)

    async def _refuse_withdrawn(self, connection: Connection, consent: Consent) -> None:
        if consent.subject_kind == ACCOUNT and await self._acceptances.list_withdrawals(
            connection, consent.subject_id, consent.document
        ):
            raise AcceptanceWithdrawn

    def receipt(self, acceptance: Acceptance, request_id: UUID | None = None) -> str:
        """Return the signed proof, for a request made under it where one is named.

        It is the same for the same acceptance, however often it is asked.
        """
        return self._signer.sign(receipt_claims(acceptance, request_id), "acceptance")

    async def find_standing(self, account_id: UUID, document: str, language: str) -> Acceptance:
        """Return the acceptance under which an account may act now; raise `AcceptanceDue`.

        An account holder accepts once for each version, not for each request (LEG-02).
        """
        found = await self.find_due(ACCOUNT, account_id, document, language)
        if found.due or found.last is None:
            raise AcceptanceDue(version=found.in_force.version)
        return found.last


async def find_acceptance_faults(connection: Connection) -> list[AuditFault]:
    """Return a fault for each acceptance that the audit trail does not confirm."""
    return await AcceptanceRepository().list_faults(connection)
