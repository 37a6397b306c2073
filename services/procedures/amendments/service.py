"""Use cases: tell what changed since a draft was begun, and go over to the new version."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.procedures.amendments.differences import differences
from services.procedures.amendments.model import AmendmentChanged, Change
from services.procedures.amendments.repository import AmendmentRepository
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.documents.service import DocumentService
from services.procedures.forms.model import NO_FORM
from services.procedures.requests.answers import pages_to_keep, typing_of
from services.procedures.requests.model import PERSON, Access, Event, Request, StaleRevision
from services.procedures.requests.service import RequestService

AMENDED = "amended"


@dataclass(frozen=True)
class Amendment:
    """The version that a draft may go over to, and what it changes.

    `required`: the version that the draft follows can no longer be filed.
    """

    request: Request
    definition: ProcedureDefinition
    changes: tuple[Change, ...]
    required: bool


class AmendmentService:
    """A draft stays with its version until its owner accepts another (CAT-07)."""

    def __init__(self, requests: RequestService, documents: DocumentService) -> None:
        self._requests = requests
        self._documents = documents
        self._repository = AmendmentRepository(requests.seal)

    async def find_amendment(self, request_id: UUID, access: Access) -> Amendment | None:
        """Return what changed since the draft was begun; None when it follows what is current."""
        request = await self._requests.open_request(request_id, access)
        catalogue = self._requests.catalogue
        current = await catalogue.find_current(request.procedure_id)
        if not request.is_draft or current is None or current.version == request.version:
            return None
        before = await self._requests.definition_of(request)
        required = await catalogue.is_replaced(request)
        return Amendment(request, current, tuple(differences(before, current)), required)

    async def accept(
        self, request_id: UUID, access: Access, version: int, revision: int
    ) -> Request:
        """Take the draft over to `version`, which must be the current one; repeated, no more.

        Answers are kept where their question still exists; those of the rest, and the files of
        documents no longer asked for, are destroyed.
        """
        seen = await self._requests.open_request(request_id, access)
        # before the lock: the catalogue may need a connection of its own
        definition = await self._requests.open_definition(seen.procedure_id)
        if definition.version != version:
            raise AmendmentChanged(version=definition.version)
        blob_keys: list[str] = []
        async with self._requests.locked_draft(request_id, access) as (connection, request):
            if request.version != version:
                if revision != request.revision:
                    raise StaleRevision(revision=request.revision, answers={})
                amended = self._amended(request, definition)
                await self._repository.update_version(connection, amended)
                step = Event(amended.updated_at, AMENDED, PERSON)
                await self._requests.repository.insert_event(connection, request_id, step)
                asked = {spec.id for spec in definition.documents}
                blob_keys = await self._documents.drop_unasked(connection, amended, asked)
        await self._documents.forget_files(blob_keys)
        return await self._requests.open_request(request_id, access)

    def _amended(self, request: Request, definition: ProcedureDefinition) -> Request:
        form = definition.form or NO_FORM
        given: dict[str, Any] = {
            name: raw for page in request.typed().values() for name, raw in page.items()
        }
        placed = {page.id: typing_of(page, given) for page in form.pages}
        typed = {name: page for name, page in placed.items() if page or name in request.pages}
        reading = self._requests.read_answers(definition, typed, request.language)
        pages = pages_to_keep(definition, reading, typed)
        kept = request.with_pages(pages, self._requests.clock.now())
        return replace(kept, version=definition.version)
