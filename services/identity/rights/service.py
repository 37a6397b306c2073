"""Use cases of rights: ask online, record a written request, answer within the month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.identity.accounts.lifecycle_service import LifecycleService
from services.identity.accounts.model import Account, AccountNotFound
from services.identity.accounts.service import AccountService
from services.identity.erasures.model import Reason
from services.identity.erasures.service import ErasureService
from services.identity.events.model import BY_OWNER, Actor
from services.identity.events.service import EventService
from services.identity.moderation.authority import StaffAuthority
from services.identity.moderation.model import RIGHTS_KEEPERS
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.rights.model import (
    ReceivedLater,
    RequestNotFound,
    Right,
    RightsRequest,
    due_date,
)
from services.identity.rights.repository import RightsRepository
from services.identity.session_ends import SessionEnds

PAGE = 50
FIRST = (date.min, UUID(int=0))


@dataclass(frozen=True)
class Written:
    """A request that came by post or e-mail, quoting an identifier."""

    identifier: str = field(repr=False)
    right: Right
    channel: str
    received_on: date
    text: str = field(repr=False)


class RightsService:
    """The register and its clock."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        lifecycle: LifecycleService,
        erasures: ErasureService,
        staff: StaffAuthority,
        events: EventService,
        notices: NoticeService,
        ends: SessionEnds,
        zone: ZoneInfo,
        clock: Clock,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._lifecycle = lifecycle
        self._erasures = erasures
        self._staff = staff
        self._events = events
        self._notices = notices
        self._ends = ends
        self._zone = zone
        self._clock = clock
        self._ids = IdSource()
        self._rights = RightsRepository()

    async def ask(self, account_id: UUID, right: Right, text: str) -> RightsRequest:
        """Record a request made online."""
        today = self._clock.today(self._zone)
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_active(connection, account_id)
            request = self._request(account.id, right, "online", text, today)
            await self._record(connection, account, request, BY_OWNER)
        return request

    async def record_written(
        self, staff_id: UUID, claimed: Iterable[str], written: Written
    ) -> RightsRequest:
        """Record a request that came by post or e-mail: its month runs from the receipt."""
        if written.received_on > self._clock.today(self._zone):
            raise ReceivedLater
        async with self._database.transaction() as connection:
            actor = await self._staff.authorise(connection, staff_id, claimed, RIGHTS_KEEPERS)
            account = await self._accounts.find_by_identifier(connection, written.identifier)
            if account is None:
                raise AccountNotFound
            request = self._request(
                account.id, written.right, written.channel, written.text, written.received_on
            )
            request = replace(request, recorded_by=staff_id)
            await self._record(connection, account, request, actor)
        return request

    async def list_own(self, account_id: UUID) -> Sequence[RightsRequest]:
        """Return one's own requests; raise `AccountNotFound`."""
        async with self._database.connection() as connection:
            key = await self._accounts.key_of(connection, account_id)
            return await self._rights.list_own(connection, account_id, key)

    async def list_open(
        self, staff_id: UUID, claimed: Iterable[str], after: tuple[date, UUID] | None
    ) -> Sequence[RightsRequest]:
        """Return open requests, the most urgent first."""
        async with self._database.connection() as connection:
            await self._staff.authorise(connection, staff_id, claimed, RIGHTS_KEEPERS)
            found = await self._rights.list_open(connection, after or FIRST, PAGE)
            return [
                one.open(await self._accounts.key_of(connection, one.account_id)) for one in found
            ]

    async def answer(
        self,
        staff_id: UUID,
        claimed: Iterable[str],
        request_id: UUID,
        *,
        granted: bool,
        text: str,
    ) -> None:
        """Answer a request and do what is granted: limitation and erasure take effect here.

        Raises `RequestNotFound` when it is not open any more: of two answers, one is kept.
        """
        epoch = None
        async with self._database.transaction() as connection:
            actor = await self._staff.authorise(connection, staff_id, claimed, RIGHTS_KEEPERS)
            stored = await self._rights.lock_open(connection, request_id)
            if stored is None:
                raise RequestNotFound
            account = await self._accounts.lock_account(connection, stored.account_id)
            key = await self._accounts.key_of(connection, account.id)
            state = "granted" if granted else "refused"
            request = replace(stored.open(key), state=state, answer=text)
            now = self._clock.now()
            await self._rights.update_answered(connection, key, request, now, staff_id)
            detail = {"right": request.right, "state": state}
            await self._events.record(connection, account.id, "right-answered", actor, detail)
            values = {"right": request.right}
            await self._notices.tell(connection, account, Kind.RIGHT_ANSWERED, values)
            if granted and request.right == Right.LIMITATION:
                await self._lifecycle.limit(connection, account.id, now)
            if granted and request.right == Right.ERASURE:
                epoch = await self._erasures.erase(connection, account, Reason.STAFF)
        if epoch is not None:
            await self._ends.announce(account.id, epoch)

    def _request(
        self, account_id: UUID, right: Right, channel: str, text: str, received_on: date
    ) -> RightsRequest:
        due = due_date(received_on)
        return RightsRequest(
            self._ids.new_id(), account_id, right, channel, "open", text, received_on, due
        )

    async def _record(
        self, connection: Connection, account: Account, request: RightsRequest, actor: Actor
    ) -> None:
        key = await self._accounts.key_of(connection, account.id)
        await self._rights.insert_request(connection, key, request)
        detail = {"right": request.right, "channel": request.channel}
        await self._events.record(connection, account.id, "right-exercised", actor, detail)
        values = {"right": request.right, "day": request.due_on.strftime("%d/%m/%Y")}
        await self._notices.tell(connection, account, Kind.RIGHT_RECORDED, values)
