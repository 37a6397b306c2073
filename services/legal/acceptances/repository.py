"""Acceptances in PostgreSQL, and how they compare with the audit trail."""

from uuid import UUID

from chassis.audit import AuditFault
from chassis.database import Connection, Row
from services.legal.acceptances.model import Acceptance, Consent, Withdrawal

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
SELECT_ACCEPTANCES = """
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
    AND ($3::text IS NULL OR document = $3)
ORDER BY document, version DESC
"""
SELECT_WITHDRAWALS = """
SELECT
    id,
    account_id,
    document,
    language,
    page,
    withdrawn_at
FROM withdrawals
WHERE account_id = $1
    AND ($2::text IS NULL OR document = $2)
ORDER BY document
"""
INSERT_WITHDRAWAL = """
INSERT INTO withdrawals (
    id,
    account_id,
    document,
    language,
    page,
    withdrawn_at,
    audit_position
) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
SELECT_WITHDRAWAL_FAULTS = """
SELECT
    coalesce(entries.position, withdrawals.audit_position) AS position,
    'the withdrawal is not the one recorded' AS reason
FROM (
    SELECT position, recorded_at, subject, detail
    FROM audit_entries
    WHERE action = 'acceptance-withdrawn'
) AS entries
FULL JOIN withdrawals ON withdrawals.audit_position = entries.position
WHERE withdrawals.id IS NULL
    OR entries.position IS NULL
    OR entries.recorded_at <> withdrawals.withdrawn_at
    OR entries.subject <> 'account:' || withdrawals.account_id
    OR entries.detail <> jsonb_build_object(
        'withdrawal_id', withdrawals.id,
        'document', withdrawals.document,
        'language', withdrawals.language,
        'page', withdrawals.page
    )
ORDER BY 1
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

    async def lock_subject(self, connection: Connection, subject: str) -> None:
        """Keep others from writing about this subject until the end of the transaction."""
        await connection.execute(LOCK_SUBJECT, subject)

    async def list_acceptances(
        self, connection: Connection, kind: str, subject_id: UUID, document: str | None = None
    ) -> list[Acceptance]:
        """Return what a subject accepted: by document, the highest version first."""
        rows = await connection.fetch(SELECT_ACCEPTANCES, kind, subject_id, document)
        return [_acceptance(row) for row in rows]

    async def list_withdrawals(
        self, connection: Connection, account_id: UUID, document: str | None = None
    ) -> list[Withdrawal]:
        """Return what an account took back, by document."""
        rows = await connection.fetch(SELECT_WITHDRAWALS, account_id, document)
        return [Withdrawal(**dict(row)) for row in rows]

    async def insert_withdrawal(
        self, connection: Connection, withdrawal: Withdrawal, audit_position: int
    ) -> None:
        """Store a withdrawal with its place in the audit trail."""
        await connection.execute(
            INSERT_WITHDRAWAL,
            withdrawal.id,
            withdrawal.account_id,
            withdrawal.document,
            withdrawal.language,
            withdrawal.page,
            withdrawal.withdrawn_at,
            audit_position,
        )

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
        """Return a fault for each acceptance or withdrawal that the trail does not confirm."""
        rows = await connection.fetch(SELECT_FAULTS)
        rows += await connection.fetch(SELECT_WITHDRAWAL_FAULTS)
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
