"""Puts together what a request's owner sees, from every feature that holds a part of it."""

from typing import Any

from services.procedures.documents.service import DocumentService
from services.procedures.dossiers.views import Dossier, NewerVersion, request_view
from services.procedures.filing.model import find_missing, missing_documents
from services.procedures.filing.service import FilingService
from services.procedures.requests.model import Request
from services.procedures.requests.service import RequestService


class DossierReader:
    """Builds the view of a request that its caller has opened."""

    def __init__(
        self, requests: RequestService, documents: DocumentService, filing: FilingService
    ) -> None:
        self._requests = requests
        self._documents = documents
        self._filing = filing

    async def view(self, request: Request, language: str) -> dict[str, Any]:
        """Return the JSON shape of `request`, whole."""
        definition = await self._requests.definition_of(request)
        documents = await self._documents.list_documents(request)
        reading = self._requests.read_answers(definition, request.typed(), language)
        missing = (
            find_missing(reading, definition, documents, language)
            if request.is_draft
            else missing_documents(reading, definition, documents, language)
        )
        code = None if request.is_draft else self._filing.code_of(request.id)
        newer = await self._newer_version(request) if request.is_draft else None
        dossier = Dossier(request, definition, reading, documents, missing, code, newer)
        return request_view(dossier, self._requests.profile, self._requests.communes, language)

    async def _newer_version(self, request: Request) -> NewerVersion | None:
        """Return the version that was published since the draft was begun (CAT-07)."""
        catalogue = self._requests.catalogue
        current = await catalogue.find_current(request.procedure_id)
        if current is None or current.version == request.version:
            return None
        required = await catalogue.is_replaced(request)
        return NewerVersion(current.version, required)
