"""Use case: file a request, exactly once whatever is repeated, lost or killed.

One transaction holds the draft, gives it its number, writes the event and enqueues the
acknowledgement: a crash before the commit leaves an intact draft, one after it a filed request.
A repeated filing finds the request filed and returns it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis.clock import hash_secret
from chassis.database import Connection
from chassis.jobs import enqueue_job
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.declarations.service import DeclarationService
from services.procedures.documents.service import DocumentService
from services.procedures.filing.model import (
    NotCertified,
    RequestIncomplete,
    VersionReplaced,
    find_missing,
)
from services.procedures.forms.reading import FormReading
from services.procedures.requests.answers import pages_to_keep
from services.procedures.requests.model import Access, Filing, Request
from services.procedures.requests.numbers import request_number, tracking_code
from services.procedures.requests.service import RequestService

ACKNOWLEDGE = "acknowledge_filing"

# done in the transaction of each filing
OnFiled = Callable[[Connection, Request, ProcedureDefinition, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Certification:
    """What the person certified: the box, and the hash of the very text shown beside it."""

    certified: bool
    declaration_hash: str
    language: str


class FilingService:
    """Files requests and gives their tracking codes."""

    def __init__(
        self,
        requests: RequestService,
        documents: DocumentService,
        declarations: DeclarationService,
        tracking_key: bytes,
        on_filed: Sequence[OnFiled] = (),
    ) -> None:
        self._on_filed = on_filed
        self._requests = requests
        self._documents = documents
        self._declarations = declarations
        self._tracking_key = tracking_key

    def code_of(self, request_id: UUID) -> str:
        """Return the tracking code of a request, for those who may already reach it."""
        return tracking_code(self._tracking_key, request_id)

    async def file_request(
        self, request_id: UUID, access: Access, certification: Certification
    ) -> Request:
        """File the draft and return the request; one already filed is returned as it is."""
        # before the lock: the catalogue may need a connection of its own
        catalogue = await self._requests.catalogue.read_catalogue()
        async with self._requests.locked_request(request_id, access) as (connection, locked):
            if not locked.is_draft:
                events = await self._requests.repository.list_events(connection, request_id)
                return replace(locked, events=events)
            definition = await self._requests.definition_of(locked, connection)
            self._requests.require_open(catalogue, locked.procedure_id)
            if await self._requests.catalogue.is_replaced(locked, connection):
                raise VersionReplaced("The form was amended: accept the changes first.")
            return await self._file(connection, locked, definition, certification)

    async def _file(
        self,
        connection: Connection,
        request: Request,
        definition: ProcedureDefinition,
        certification: Certification,
    ) -> Request:
        if not certification.certified:
            raise NotCertified
        await self._declarations.require_shown(connection, certification.declaration_hash)
        reading = await self._require_complete(
            connection, request, definition, certification.language
        )
        now = self._requests.clock.now()
        request = await self._fix_answers(connection, request, definition, reading, now)
        filing = await self._filing(connection, definition, certification, now)
        code_hash = hash_secret(self.code_of(request.id))
        filed = await self._requests.repository.update_filed(connection, request, filing, code_hash)
        for follow in self._on_filed:
            await follow(connection, filed, definition, now)
        await enqueue_job(connection, ACKNOWLEDGE, {"request_id": str(filed.id)})
        return filed

    async def _require_complete(
        self,
        connection: Connection,
        request: Request,
        definition: ProcedureDefinition,
        language: str,
    ) -> FormReading:
        documents = await self._documents.list_in(connection, request)
        reading = self._requests.read_answers(definition, request.typed(), language)
        missing = find_missing(reading, definition, documents, language)
        if missing:
            raise RequestIncomplete(missing=[lack.as_dict() for lack in missing])
        return reading

    async def _fix_answers(
        self,
        connection: Connection,
        request: Request,
        definition: ProcedureDefinition,
        reading: FormReading,
        now: datetime,
    ) -> Request:
        """Keep the answers as they are understood today: ages and fees no longer change."""
        pages = pages_to_keep(definition, reading, request.typed())
        if pages == dict(request.pages):
            return request
        fixed = request.with_pages(pages, now)
        await self._requests.repository.update_answers(connection, fixed)
        return fixed

    async def _filing(
        self,
        connection: Connection,
        definition: ProcedureDefinition,
        certification: Certification,
        now: datetime,
    ) -> Filing:
        profile = self._requests.profile
        today = now.astimezone(profile.zone).date()
        sequence = await self._requests.repository.next_sequence(connection)
        implicit = definition.implicit_decision
        return Filing(
            number=request_number(profile.request_number_prefix, today.year, sequence),
            filed_at=now,
            declaration_hash=certification.declaration_hash,
            implicit_decision_on=implicit.after.added_to(today) if implicit else None,
            implicit_outcome=str(implicit.outcome) if implicit else None,
        )
