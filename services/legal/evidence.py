"""The audit trail, and all that must agree with it: texts, acceptances, heads (LEG-04)."""

from collections.abc import Sequence
from dataclasses import replace

from chassis.audit import AuditReport, verify_audit
from chassis.caller import SignatureChecker
from chassis.database import Database
from services.legal.acceptances.service import find_acceptance_faults
from services.legal.documents.publishing import find_document_faults
from services.legal.heads.model import PublishedHead
from services.legal.heads.service import find_head_faults


async def verify_evidence(
    database: Database, checker: SignatureChecker, kept: Sequence[PublishedHead] = ()
) -> AuditReport:
    """Verify the chain, then texts, acceptances and heads against it, as of one instant.

    `checker` knows the service's public key; `kept` are heads copied elsewhere.
    """
    async with (
        database.connection() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        report = await verify_audit(connection)
        documents = await find_document_faults(connection)
        acceptances = await find_acceptance_faults(connection)
        heads = await find_head_faults(connection, checker, kept)
    return replace(report, faults=[*report.faults, *documents, *acceptances, *heads])
