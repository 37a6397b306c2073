"""Use cases of copies: ask for one, make it (a job), download it once (DAT-02)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from chassis.http_client import ServiceUnavailable
from chassis.jobs import enqueue_job
from services.identity.accounts.model import AccountNotFound
from services.identity.accounts.service import AccountService
from services.identity.copies.contributors import Contributors
from services.identity.copies.model import (
    KEPT,
    MOST_WAITING,
    TRIES,
    CopyNotFound,
    DataCopy,
    PartMissing,
    TooManyCopies,
    files_in,
)
from services.identity.copies.own_part import OwnPart
from services.identity.copies.repository import CopyRepository
from services.identity.events.model import BY_OWNER
from services.identity.events.service import EventService
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService

MAKE_COPY = "make-copy"


class CopyService:
    """The copies."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        own: OwnPart,
        contributors: Contributors,
        events: EventService,
        notices: NoticeService,
        zone: ZoneInfo,
        clock: Clock,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._own = own
        self._contributors = contributors
        self._events = events
        self._notices = notices
        self._zone = zone
        self._clock = clock
        self._ids = IdSource()
        self._copies = CopyRepository()

    async def ask(self, account_id: UUID) -> DataCopy:
        """Promise a copy; it is made by a job. Raises `TooManyCopies`."""
        now = self._clock.now()
        copy = DataCopy(self._ids.new_id(), "preparing", (), now, now + KEPT)
        async with self._database.transaction() as connection:
            await self._accounts.lock_active(connection, account_id)
            waiting = await self._copies.count_waiting(connection, account_id, now)
            if waiting >= MOST_WAITING:
                raise TooManyCopies
            await self._copies.insert_copy(connection, account_id, copy)
            await self._events.record(connection, account_id, "copy-asked", BY_OWNER)
            payload = {"copy_id": str(copy.id), "account_id": str(account_id)}
            await enqueue_job(connection, MAKE_COPY, payload)
        return copy

    async def list_copies(self, account_id: UUID) -> Sequence[DataCopy]:
        """Return one's own copies, the newest first."""
        async with self._database.connection() as connection:
            await self._accounts.find_account(connection, account_id)
            return await self._copies.list_copies(connection, account_id)

    async def make(self, payload: Mapping[str, Any]) -> None:
        """Gather everything (a job); after TRIES, what could not be had is named in the copy."""
        copy_id, account_id = UUID(payload["copy_id"]), UUID(payload["account_id"])
        async with self._database.transaction() as connection:
            attempt = await self._copies.note_attempt(connection, copy_id)
        if attempt is None:
            return
        parts, missing = await self._contributors.gather(account_id)
        if missing and attempt < TRIES:
            raise PartMissing(", ".join(missing))
        try:
            files = await self._keep_files(copy_id, account_id, parts, last=attempt >= TRIES)
            await self._finish(copy_id, account_id, {**parts, "files": files}, missing)
        except AccountNotFound:
            return

    async def _keep_files(
        self, copy_id: UUID, account_id: UUID, parts: Mapping[str, Any], *, last: bool
    ) -> list[dict[str, Any]]:
        """Fetch and keep the files one at a time: only one is in memory, however many they are.

        Return the list of them; at the last attempt one that cannot be had is listed without bytes.
        """
        async with self._database.transaction() as connection:
            await self._copies.delete_files(connection, copy_id)
        kept = []
        for position, file in enumerate(files_in(parts)):
            try:
                content = await self._contributors.read_file(account_id, file)
            except ServiceUnavailable:
                if not last:
                    raise PartMissing(file.file_id) from None
                content = None
            if content is not None:
                async with self._database.transaction() as connection:
                    key = await self._accounts.key_of(connection, account_id)
                    await self._copies.insert_file(connection, copy_id, key, position, content)
            kept.append({"path": file.path, "present": content is not None})
        return kept

    async def download(self, account_id: UUID, copy_id: UUID) -> Any:
        """Return a copy's content and forget it, or raise `CopyNotFound`."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            key = await self._accounts.key_of(connection, account_id)
            content = await self._copies.take_content(connection, account_id, copy_id, key, now)
            if content is None:
                raise CopyNotFound
            await self._events.record(connection, account_id, "copy-downloaded", BY_OWNER)
        return content

    async def read_files(
        self, account_id: UUID, copy_id: UUID, content: Mapping[str, Any]
    ) -> AsyncIterator[tuple[str, bytes]]:
        """Give path and bytes of each file of a copy just taken, then forget them all."""
        for position, file in enumerate(content.get("files", [])):
            async with self._database.connection() as connection:
                key = await self._accounts.key_of(connection, account_id)
                found = await self._copies.find_file(connection, copy_id, key, position)
            if found is not None:
                yield file["path"], found
        async with self._database.transaction() as connection:
            await self._copies.delete_files(connection, copy_id)

    async def expire(self) -> None:
        """Forget what was not downloaded in time."""
        async with self._database.transaction() as connection:
            await self._copies.expire_copies(connection, self._clock.now())

    async def _finish(
        self, copy_id: UUID, account_id: UUID, parts: Mapping[str, Any], missing: Sequence[str]
    ) -> None:
        own = await self._own.gather(account_id)
        now = self._clock.now()
        content = {
            "made_at": now.isoformat(),
            "missing": list(missing),
            "identity": own,
            **parts,
        }
        async with self._database.transaction() as connection:
            key = await self._accounts.key_of(connection, account_id)
            await self._copies.store_content(connection, copy_id, key, content, missing)
            await self._tell(connection, account_id)

    async def _tell(self, connection: Connection, account_id: UUID) -> None:
        account = await self._accounts.find_account(connection, account_id)
        day = (self._clock.now() + KEPT).astimezone(self._zone).strftime("%d/%m/%Y")
        await self._notices.tell(connection, account, Kind.COPY_READY, {"day": day})
