"""Use cases: issue the acknowledgement of a filing once, give it back, and mail it."""

import hashlib
from uuid import UUID

from authority.profile import AuthorityProfile
from chassis.database import Database
from chassis.mailer import Attachment, Mail, Mailer
from services.procedures.acknowledgements import wording
from services.procedures.acknowledgements.content import (
    FiledRequest,
    build_acknowledgement,
    follow_section,
)
from services.procedures.acknowledgements.model import Acknowledgement
from services.procedures.acknowledgements.receipt_pdf import render_pdf
from services.procedures.acknowledgements.repository import AcknowledgementRepository
from services.procedures.declarations.service import DeclarationService
from services.procedures.documents.service import DocumentService
from services.procedures.filing.model import missing_documents
from services.procedures.filing.service import FilingService
from services.procedures.forms.model import FieldType
from services.procedures.requests.model import Access, Request, RequestNotFound
from services.procedures.requests.service import RequestService

CONTEXT = "acknowledgement"


class AcknowledgementService:
    """Issues acknowledgements; the first PDF issued is the one given ever after."""

    def __init__(
        self,
        requests: RequestService,
        documents: DocumentService,
        filing: FilingService,
        declarations: DeclarationService,
    ) -> None:
        self._requests = requests
        self._declarations = declarations
        self._documents = documents
        self._filing = filing
        self._repository = AcknowledgementRepository()

    @property
    def _database(self) -> Database:
        return self._requests.database

    @property
    def _profile(self) -> AuthorityProfile:
        return self._requests.profile

    async def read_pdf(self, request_id: UUID, access: Access) -> tuple[str, bytes]:
        """Return the request's number and PDF; issue it now if the worker has not yet."""
        request = await self._requests.open_request(request_id, access)
        if request.filing is None:
            raise RequestNotFound
        return request.filing.number, await self._issued(request)

    async def send(self, request_id: UUID, mailer: Mailer, public_url: str) -> None:
        """Issue and mail the acknowledgement; doing it again sends nothing more.

        A crash between the sending and its note sends the same message again: its stable
        Message-ID lets the receiver tell.
        """
        request = await self._requests.open_filed(request_id)
        pdf = await self._issued(request)
        address = await self._address(request)
        async with self._database.connection() as connection:
            if address is None or await self._repository.was_mailed(connection, request_id):
                return
        await mailer.send(await self._mail(request, pdf, address, public_url))
        async with self._database.transaction() as connection:
            now = self._requests.clock.now()
            await self._repository.update_mailed(connection, request_id, now)

    async def _issued(self, request: Request) -> bytes:
        key = self._requests.seal.key(request.id, request.wrapped_key)
        sealed = await self._find(request.id)
        if sealed is None:
            now = self._requests.clock.now()
            pdf = await render_pdf(await self._acknowledgement(request), now)
            digest = hashlib.sha256(pdf).digest()
            async with self._database.transaction() as connection:
                await self._repository.insert_acknowledgement(
                    connection, request.id, key.seal(pdf, CONTEXT), digest, now
                )
            # another process may have issued it meanwhile: the stored one counts
            sealed = await self._find(request.id)
        if sealed is None:  # the request was erased meanwhile
            raise RequestNotFound
        return key.open(sealed, CONTEXT)

    async def _find(self, request_id: UUID) -> bytes | None:
        async with self._database.connection() as connection:
            return await self._repository.find_pdf(connection, request_id)

    async def _acknowledgement(self, request: Request) -> Acknowledgement:
        if request.filing is None:
            raise RequestNotFound
        definition = await self._requests.definition_of(request)
        documents = await self._documents.list_documents(request)
        reading = self._requests.read_answers(definition, request.typed(), request.language)
        lacking = missing_documents(reading, definition, documents, request.language)
        missing = tuple(lack.message for lack in lacking)
        declaration = await self._declarations.read_shown(request.filing.declaration_hash)
        filed = FiledRequest(request, request.filing, definition, missing, declaration)
        return build_acknowledgement(filed, self._profile)

    async def _address(self, request: Request) -> str | None:
        definition = await self._requests.definition_of(request)
        values = request.values()
        for _, field in definition.form.questions() if definition.form else ():
            if field.type is FieldType.EMAIL and field.id in values:
                return str(values[field.id])
        return None

    async def _mail(self, request: Request, pdf: bytes, address: str, public_url: str) -> Mail:
        if request.filing is None:
            raise RequestNotFound
        number, language = request.filing.number, request.language
        acknowledgement = await self._acknowledgement(request)
        follow = follow_section(
            self._filing.code_of(request.id), f"{public_url.rstrip('/')}/suivi", language
        )
        return Mail(
            to=address,
            subject=wording.SUBJECT.in_language(language).format(number=number),
            text=acknowledgement.with_section(follow).as_text(),
            message_id=f"<{request.id}.acknowledgement@parvis.invalid>",
            language=language,
            attachments=[Attachment(f"{number}.pdf", "application/pdf", pdf)],
        )
