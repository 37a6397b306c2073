"""The audit trail, and every text and acceptance that must still agree with it (LEG-04)."""

from dataclasses import replace

from chassis.audit import AuditReport, verify_audit
from chassis.database import Database
from services.legal.acceptances.service import find_acceptance_faults
from services.legal.documents.service import find_document_faults


async def verify_evidence(database: Database) -> AuditReport:
    """Verify the chain, then each text and acceptance against it, as of one instant."""
    async with (
        database.connection() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        report = await verify_audit(connection)
        documents = await find_document_faults(connection)
        acceptances = await find_acceptance_faults(connection)
    return replace(report, faults=[*report.faults, *documents, *acceptances])
