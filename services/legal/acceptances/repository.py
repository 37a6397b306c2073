"""Acceptances in PostgreSQL, and how they compare with the audit trail."""

from chassis.audit import AuditFault
from chassis.database import Connection, Row
from services.legal.acceptances.model import Acceptance, Consent

LOCK_SUBJECT = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
SELECT_ACCEPTANCE = """
SELECT
    id,
    subject_kind,
    subject_id,
    document,
    version,
    content_hash,
    language,
    page,
    accepted_at
FROM acceptances
WHERE subject_kind = $1
    AND subject_id = $2
    AND document = $3
    AND version = $4
"""
INSERT_ACCEPTANCE = """
INSERT INTO acceptances (
    id,
    subject_kind,
    subject_id,
    document,
    version,
    content_hash,
    language,
    page,
    accepted_at,
    audit_position
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
SELECT_FAULTS = """
SELECT
    coalesce(entries.position, acceptances.audit_position) AS position,
    CASE
        WHEN acceptances.id IS NULL THEN 'the acceptance recorded here is missing'
        WHEN entries.position IS NULL THEN 'an acceptance points here and was not recorded'
        ELSE 'the acceptance is not the one recorded'
    END AS reason
FROM (
    SELECT position, recorded_at, subject, detail
    FROM audit_entries
    WHERE action = 'document-accepted'
) AS entries
FULL JOIN acceptances ON acceptances.audit_position = entries.position
WHERE acceptances.id IS NULL
    OR entries.position IS NULL
    OR entries.recorded_at <> acceptances.accepted_at
    OR entries.subject <> acceptances.subject_kind || ':' || acceptances.subject_id
    OR entries.detail <> jsonb_build_object(
        'acceptance_id', acceptances.id,
        'document', acceptances.document,
        'version', acceptances.version,
        'language', acceptances.language,
        'content_hash', acceptances.content_hash,
        'page', acceptances.page
    )
ORDER BY 1
"""


class AcceptanceRepository:
    """Reads and writes acceptances; never commits."""

    async def lock_subject(self, connection: Connection, consent: Consent) -> None:
        """Keep other acceptances of this subject out until the end of the transaction."""
        await connection.execute(LOCK_SUBJECT, consent.subject)

    async def find_acceptance(self, connection: Connection, consent: Consent) -> Acceptance | None:
        """Return what the subject already accepted of this version, in whichever language."""
        row = await connection.fetchrow(
            SELECT_ACCEPTANCE,
            consent.subject_kind,
            consent.subject_id,
            consent.document,
            consent.version,
        )
        return _acceptance(row) if row is not None else None

    async def insert_acceptance(
        self, connection: Connection, acceptance: Acceptance, audit_position: int
    ) -> None:
        """Store an acceptance with its place in the audit trail."""
        consent = acceptance.consent
        await connection.execute(
            INSERT_ACCEPTANCE,
            acceptance.id,
            consent.subject_kind,
            consent.subject_id,
            consent.document,
            consent.version,
            consent.content_hash,
            consent.language,
            consent.page,
            acceptance.accepted_at,
            audit_position,
        )

    async def list_faults(self, connection: Connection) -> list[AuditFault]:
        """Return a fault for each acceptance altered, removed or added beside the trail."""
        rows = await connection.fetch(SELECT_FAULTS)
        return [AuditFault(row["position"], row["reason"]) for row in rows]


def _acceptance(row: Row) -> Acceptance:
    consent = Consent(
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        document=row["document"],
        version=row["version"],
        content_hash=row["content_hash"],
        language=row["language"],
        page=row["page"],
    )
    return Acceptance(row["id"], consent, row["accepted_at"])
