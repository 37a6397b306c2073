"""Use cases: warn of the end of untouched drafts, apply it, and destroy those of an account."""

import asyncio
from datetime import timedelta
from uuid import UUID

import structlog

from chassis.blobs import BlobStore
from chassis.clock import Clock
from chassis.jobs import enqueue_job
from chassis.mailer import Mail, Mailer
from services.procedures.documents.upkeep import DocumentUpkeep
from services.procedures.drafts import wording
from services.procedures.drafts.repository import DraftRepository
from services.procedures.forms.display import long_date
from services.procedures.notices.service import mail_address
from services.procedures.requests.model import Request
from services.procedures.requests.service import RequestService
from services.procedures.resumptions.model import ResumeLink
from services.procedures.resumptions.service import ResumptionService

WARN_DRAFT = "warn_draft"
NOTICE = timedelta(days=14)
BATCH = 100
TIDY_SECONDS = 3600.0

log = structlog.get_logger()


class DraftService:
    """Keeps drafts as long as announced (`retention.draft_days` of the profile), then no longer."""

    def __init__(
        self,
        requests: RequestService,
        blobs: BlobStore,
        upkeep: DocumentUpkeep,
        resumptions: ResumptionService,
        public_url: str,
    ) -> None:
        self._requests = requests
        self._blobs = blobs
        self._upkeep = upkeep
        self._resumptions = resumptions
        self._public_url = public_url.rstrip("/")
        self._repository = DraftRepository()

    @property
    def _clock(self) -> Clock:
        return self._requests.clock

    @property
    def _kept(self) -> timedelta:
        return timedelta(days=self._requests.profile.retention.draft_days)

    async def warn_owners(self) -> int:
        """Queue a warning, once, for each draft that has two weeks left; return how many."""
        now = self._clock.now()
        async with self._requests.database.transaction() as connection:
            ids = await self._repository.list_to_warn(connection, now - self._kept + NOTICE, BATCH)
            await self._repository.update_warned(connection, ids, now)
            for request_id in ids:
                await enqueue_job(connection, WARN_DRAFT, {"request_id": str(request_id)})
        return len(ids)

    async def send_warning(self, request_id: UUID, mailer: Mailer) -> None:
        """Mail the warning when the draft is still untouched and has an address."""
        async with self._requests.database.connection() as connection:
            request = await self._requests.repository.find_request(connection, request_id)
            if request is None or not request.is_draft:
                return
            link = await self._resumptions.find_live(connection, request)
        if self._clock.now() - request.updated_at < self._kept - NOTICE:
            return
        mail = await self._warning(request, link)
        if mail is not None:
            await mailer.send(mail)

    async def delete_expired(self) -> int:
        """Destroy the drafts whose day has come, two weeks at least after the warning."""
        now = self._clock.now()
        async with self._requests.database.transaction() as connection:
            ids = await self._repository.list_expired(
                connection, now - self._kept, now - NOTICE, BATCH
            )
            blob_keys = await self._repository.delete_drafts(connection, ids)
        await self._delete_blobs(blob_keys)
        return len(ids)

    async def delete_of_account(self, account_id: UUID) -> int:
        """Destroy every draft of an account at once (DAT-03)."""
        async with self._requests.database.transaction() as connection:
            ids = await self._repository.list_of_account(connection, account_id)
            blob_keys = await self._repository.delete_drafts(connection, ids)
        await self._delete_blobs(blob_keys)
        return len(ids)

    async def tidy_until(self, stopped: asyncio.Event) -> None:
        """Do all of it every hour; several processes may."""
        while not stopped.is_set():
            try:
                warned, deleted = await self.warn_owners(), await self.delete_expired()
                orphans = await self._upkeep.remove_orphans()
                await self._resumptions.forget_ended()
                log.info("drafts tidied", warned=warned, deleted=deleted, orphans=orphans)
            except Exception:
                log.exception("drafts not tidied")
            try:
                async with asyncio.timeout(TIDY_SECONDS):
                    await stopped.wait()
            except TimeoutError:
                continue

    async def _delete_blobs(self, blob_keys: list[str]) -> None:
        # their key is destroyed: a crash here leaves unreadable bytes, which the cleaner removes
        for blob_key in blob_keys:
            await self._blobs.delete(blob_key)

    async def _warning(self, request: Request, link: ResumeLink | None) -> Mail | None:
        definition = await self._requests.definition_of(request)
        address = link.address if link is not None else mail_address(request, definition)
        if address is None:
            return None
        profile, language = self._requests.profile, request.language
        service = profile.service(definition.service)
        procedure = f"{self._public_url}/demarches/{definition.id}"
        way = wording.WAYS["account" if request.account_id else "link" if link else "none"]
        where = self._resumptions.address_of(link) if link is not None else procedure
        ends = (request.updated_at + self._kept).astimezone(profile.zone).date()
        day = long_date(ends, language)
        return Mail(
            to=address,
            subject=wording.SUBJECT.in_language(language).format(day=day),
            text=wording.BODY.in_language(language).format(
                title=definition.title.in_language(language),
                day=day,
                way=way.in_language(language).format(address=where),
                service=service.name.in_language(language),
                telephone=service.telephone,
                authority=profile.name.in_language(language),
            ),
            message_id=f"<{request.id}.expiry.{request.revision}@parvis.invalid>",
            language=language,
        )
