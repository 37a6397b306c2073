"""Use cases: send a link back to an anonymous draft, open it, cancel it."""

from datetime import timedelta
from uuid import UUID

from chassis.clock import Clock, IdSource, hash_secret
from chassis.database import Connection
from chassis.jobs import enqueue_job
from chassis.mailer import Mail, Mailer
from services.procedures.forms.display import long_date
from services.procedures.requests.model import Access, Request, RequestNotFound
from services.procedures.requests.service import RequestService
from services.procedures.resumptions import wording
from services.procedures.resumptions.model import (
    LINKS_PER_ADDRESS,
    LINKS_PER_DRAFT,
    WINDOW,
    LinkNeedless,
    LinkUnknown,
    ResumeLink,
    TooManyLinks,
    address_digest,
    link_secret,
)
from services.procedures.resumptions.repository import ResumeLinkRepository

SEND_LINK = "send_resume_link"
PATH = "/reprendre-un-brouillon"


class ResumptionService:
    """One link at a time for each draft; it may be used again until it ends."""

    def __init__(
        self, requests: RequestService, ids: IdSource, key: bytes, public_url: str
    ) -> None:
        self._requests = requests
        self._ids = ids
        self._key = key
        self._public_url = public_url.rstrip("/")
        self._repository = ResumeLinkRepository()

    @property
    def _clock(self) -> Clock:
        return self._requests.clock

    async def send_link(
        self, request_id: UUID, access: Access, access_key: str, address: str, language: str
    ) -> ResumeLink:
        """Queue a new link by mail; the one sent before ends at once.

        `access_key` is the draft's own, which only its owner holds: the link will give it back.
        """
        now = self._clock.now()
        kept = timedelta(days=self._requests.profile.retention.draft_days)
        digest = address_digest(self._key, address)
        async with self._requests.locked_draft(request_id, access) as (connection, request):
            if request.account_id is not None:
                raise LinkNeedless
            if not Access(hash_secret(access_key)).allows(request):
                raise RequestNotFound
            of_draft, of_address = await self._repository.count_since(
                connection, request_id, digest, now - WINDOW
            )
            if of_draft >= LINKS_PER_DRAFT or of_address >= LINKS_PER_ADDRESS:
                raise TooManyLinks("Enough links were sent today.")
            link = ResumeLink(
                self._ids.new_id(), request_id, address, access_key, language, now, now + kept
            )
            await self._repository.revoke_links(connection, request_id, now)
            token_hash = hash_secret(link_secret(self._key, link.id))
            key = self._requests.seal.key(request.id, request.wrapped_key)
            await self._repository.insert_link(connection, link, key, token_hash, digest)
            names = {"request_id": str(request_id), "link_id": str(link.id)}
            await enqueue_job(connection, SEND_LINK, names)
        return link

    async def find_link(self, request_id: UUID, access: Access) -> ResumeLink | None:
        """Return the link of a draft that works now, for its owner."""
        request = await self._requests.open_request(request_id, access)
        async with self._requests.database.connection() as connection:
            return await self.find_live(connection, request)

    async def find_live(self, connection: Connection, request: Request) -> ResumeLink | None:
        """Return the link of a draft that works now; whose right it is was checked."""
        key = self._requests.seal.key(request.id, request.wrapped_key)
        return await self._repository.find_live(connection, request.id, key, self._clock.now())

    async def cancel_link(self, request_id: UUID, access: Access) -> None:
        """End the link of a draft; doing it twice is no error."""
        async with self._requests.locked_draft(request_id, access) as (connection, _):
            await self._repository.revoke_links(connection, request_id, self._clock.now())

    async def open_link(self, secret: str) -> ResumeLink:
        """Return the link of a secret, with the draft's key, or raise `LinkUnknown`."""
        now = self._clock.now()
        async with self._requests.database.connection() as connection:
            request_id = await self._repository.find_request_of(
                connection, hash_secret(secret), now
            )
            if request_id is None:
                raise LinkUnknown
            request = await self._requests.repository.find_request(connection, request_id)
            link = await self.find_live(connection, request) if request is not None else None
        if request is None or link is None or not request.is_draft:
            raise LinkUnknown
        return link

    async def mail_link(self, request_id: UUID, link_id: UUID, mailer: Mailer) -> None:
        """Mail a link that was queued, unless another one took its place or the draft was filed.

        A crash after the sending sends it again, with the same Message-ID.
        """
        async with self._requests.database.connection() as connection:
            request = await self._requests.repository.find_request(connection, request_id)
            if request is None or not request.is_draft:
                return
            link = await self.find_live(connection, request)
        if link is None or link.id != link_id:
            return
        definition = await self._requests.definition_of(request)
        language, profile = link.language, self._requests.profile
        title = definition.title.in_language(language)
        await mailer.send(
            Mail(
                to=link.address,
                subject=wording.SUBJECT.in_language(language).format(title=title),
                text=wording.BODY.in_language(language).format(
                    title=title,
                    address=self.address_of(link),
                    day=long_date(link.expires_at.astimezone(profile.zone).date(), language),
                    authority=profile.name.in_language(language),
                ),
                message_id=f"<{link.id}.resume@parvis.invalid>",
                language=language,
            )
        )

    def address_of(self, link: ResumeLink) -> str:
        """Return the link itself, as a mail holds it."""
        return f"{self._public_url}{PATH}?lien={link_secret(self._key, link.id)}"

    async def forget_ended(self) -> None:
        """Destroy the links that ended more than a day ago."""
        async with self._requests.database.transaction() as connection:
            await self._repository.delete_ended(connection, self._clock.now() - WINDOW)
