"""Use cases of acceptances: record one, once; prove it; check the proofs."""

from chassis.audit import AuditFault, append_audit
from chassis.caller import CallerSigner
from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.legal.acceptances.model import (
    Acceptance,
    Consent,
    VersionNotInForce,
    acceptance_detail,
    receipt_claims,
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
        came into force meanwhile. Raises `VersionNotInForce` when the text shown is another one.
        """
        async with self._database.connection() as connection:
            known = await self._acceptances.find_acceptance(connection, consent)
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
            await self._acceptances.lock_subject(connection, consent)
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

    def receipt(self, acceptance: Acceptance) -> str:
        """Return the signed proof; the same for the same acceptance, however often it is asked."""
        return self._signer.sign(receipt_claims(acceptance), "acceptance")


async def find_acceptance_faults(connection: Connection) -> list[AuditFault]:
    """Return a fault for each acceptance that the audit trail does not confirm."""
    return await AcceptanceRepository().list_faults(connection)
