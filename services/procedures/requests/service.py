"""Use cases of a request until its filing: start, open, save a page, track."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from authority.profile import AuthorityProfile
from chassis.clock import Clock, hash_secret
from chassis.database import Connection, Database
from services.procedures.catalogue.model import Kind, ProcedureDefinition
from services.procedures.catalogue.service import CatalogueService
from services.procedures.catalogue.snapshot import Catalogue
from services.procedures.forms.cleaning import Setting
from services.procedures.forms.model import NO_FORM
from services.procedures.forms.reading import FormReading, read_pages
from services.procedures.forms.validation import FieldError
from services.procedures.requests.answers import pages_to_keep, typing_of, with_page
from services.procedures.requests.model import (
    DRAFT,
    PERSON,
    Access,
    Event,
    PageUnknown,
    ProcedureClosed,
    Request,
    RequestFiled,
    RequestNotFound,
    StaleRevision,
)
from services.procedures.requests.numbers import normalise_code, normalise_number
from services.procedures.requests.repository import RequestRepository
from services.procedures.requests.sealing import RequestSeal
from services.procedures.requests.terms import TermsReceipts


@dataclass(frozen=True)
class NewRequest:
    """What starting a request takes; `access_key` is the secret that its owner will hold."""

    id: UUID
    procedure_id: str
    language: str
    terms_receipt: str
    access_key: str
    account_id: UUID | None


@dataclass(frozen=True)
class SavedPage:
    """A saved page: the request as it now is, and the faults of the answers."""

    request: Request
    reading: FormReading
    errors: tuple[FieldError, ...]


class RequestService:
    """Starts, opens and fills requests. Every use case but `start` checks who asks."""

    def __init__(
        self,
        database: Database,
        catalogue: CatalogueService,
        seal: RequestSeal,
        receipts: TermsReceipts,
        profile: AuthorityProfile,
        clock: Clock,
    ) -> None:
        self.database = database
        self.catalogue = catalogue
        self.seal = seal
        self.repository = RequestRepository(seal)
        self.profile = profile
        self.clock = clock
        self.communes = {commune.insee: commune.name for commune in profile.communes}
        self._receipts = receipts

    async def start_request(self, new: NewRequest) -> Request:
        """Store an empty draft; starting the same one again gives the one there is.

        A repetition is answered as the first time even when the procedure closed in between.
        """
        terms = self._receipts.read(new.terms_receipt, new.id)
        access = Access(hash_secret(new.access_key), new.account_id)
        with suppress(RequestNotFound):
            return await self.open_request(new.id, access)
        definition = await self.open_definition(new.procedure_id)
        now = self.clock.now()
        request = Request(
            id=new.id,
            procedure_id=definition.id,
            version=definition.version,
            state=DRAFT,
            language=new.language,
            account_id=new.account_id,
            access_key_hash=hash_secret(new.access_key),
            wrapped_key=self.seal.new_key(new.id),
            pages={},
            revision=0,
            terms=terms,
            created_at=now,
            updated_at=now,
        )
        async with self.database.transaction() as connection:
            if await self.repository.insert_request(connection, request):
                started = Event(now, "started", PERSON)
                await self.repository.insert_event(connection, request.id, started)
        return await self.open_request(new.id, access)

    async def open_definition(self, procedure_id: str) -> ProcedureDefinition:
        """Return the current definition when it takes requests now, else `ProcedureClosed`."""
        return self.require_open(await self.catalogue.read_catalogue(), procedure_id)

    def require_open(self, catalogue: Catalogue, procedure_id: str) -> ProcedureDefinition:
        """As `open_definition`, in a catalogue that was read already."""
        definition = catalogue.find_current(procedure_id)
        if definition is None or definition.kind is not Kind.INTERNAL:
            raise ProcedureClosed("This procedure takes no request here.")
        availability = definition.availability(self.clock.today(self.profile.zone))
        if not availability.is_open:
            raise ProcedureClosed(
                "This procedure is not open now.",
                state=str(availability.state),
                opens_on=_iso(availability.opens_on),
                closes_on=_iso(availability.closes_on),
            )
        return definition

    async def definition_of(
        self, request: Request, connection: Connection | None = None
    ) -> ProcedureDefinition:
        """Return the version of the procedure that the request was begun with (CAT-07).

        Who holds a `connection` has read the catalogue before taking it.
        """
        return await self.catalogue.find_definition(
            request.procedure_id, request.version, connection
        )

    async def open_request(self, request_id: UUID, access: Access) -> Request:
        """Return the request with its events, or raise `RequestNotFound`."""
        async with self.database.connection() as connection:
            request = await self._find(connection, request_id, access)
            events = await self.repository.list_events(connection, request_id)
        return replace(request, events=events)

    async def open_filed(self, request_id: UUID) -> Request:
        """Return a filed request for our own jobs: nobody asks, so nobody's right is checked."""
        async with self.database.connection() as connection:
            request = await self.repository.find_request(connection, request_id)
        if request is None or request.is_draft:
            raise RequestNotFound
        return request

    async def _find(self, connection: Connection, request_id: UUID, access: Access) -> Request:
        request = await self.repository.find_request(connection, request_id)
        if request is None or not access.allows(request):
            raise RequestNotFound
        return request

    def read_answers(
        self,
        definition: ProcedureDefinition,
        typed: Mapping[str, Mapping[str, Any]],
        language: str,
    ) -> FormReading:
        """Return what the typing of each page means today: values, faults, what is shown."""
        today = self.clock.today(self.profile.zone)
        setting = Setting(language, self.communes, today)
        return read_pages(definition.form or NO_FORM, typed, setting)

    async def track_request(self, number: str, code: str) -> Request:
        """Return the request that bears `number` and whose tracking code is `code`."""
        written = normalise_number(number)
        access = Access(hash_secret(normalise_code(code)))
        async with self.database.connection() as connection:
            found = await self.repository.find_id_by_number(connection, written or "")
        if found is None:
            raise RequestNotFound
        return await self.open_request(found, access)

    @asynccontextmanager
    async def locked_request(
        self, request_id: UUID, access: Access
    ) -> AsyncIterator[tuple[Connection, Request]]:
        """Open a transaction that holds the request, filed or not; commit at the end."""
        async with self.database.transaction() as connection:
            request = await self.repository.find_request(connection, request_id, lock=True)
            if request is None or not access.allows(request):
                raise RequestNotFound
            yield connection, request

    @asynccontextmanager
    async def locked_draft(
        self, request_id: UUID, access: Access
    ) -> AsyncIterator[tuple[Connection, Request]]:
        """As `locked_request`, and raise `RequestFiled` unless it is a draft."""
        async with self.locked_request(request_id, access) as (connection, request):
            if not request.is_draft:
                raise RequestFiled
            yield connection, request

    async def save_page(
        self, request_id: UUID, access: Access, page_id: str, raw: Mapping[str, Any], revision: int
    ) -> SavedPage:
        """Keep a page as typed, faults and all (REQ-01).

        `revision` is the one that the person saw: an older one raises `StaleRevision`, unless
        what is stored is just what is sent (a repeated sending). Answers that the others hide are
        not kept.
        """
        # before the lock: the catalogue may need a connection of its own
        await self.catalogue.read_catalogue()
        async with self.locked_draft(request_id, access) as (connection, request):
            definition = await self.definition_of(request, connection)
            page = definition.form.find_page(page_id) if definition.form else None
            if page is None:
                raise PageUnknown
            typed = typing_of(page, raw)
            reading = self.read_answers(
                definition, with_page(request, page_id, typed), request.language
            )
            errors = reading.clean(page).errors
            pages = pages_to_keep(definition, reading, with_page(request, page_id, typed))
            if pages == dict(request.pages):
                return SavedPage(request, reading, errors)
            if revision != request.revision:
                stored = request.pages.get(page_id)
                seen_there = dict(stored.typed) if stored else {}
                raise StaleRevision(revision=request.revision, answers=seen_there)
            saved = request.with_pages(pages, self.clock.now())
            await self.repository.update_answers(connection, saved)
        return SavedPage(saved, reading, errors)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
