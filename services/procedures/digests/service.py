"""Use cases of digests: choose, plan the day's, send one. Each is sent once a day and person."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from chassis.jobs import enqueue_job
from chassis.mailer import Mail, Mailer
from services.procedures.desk.model import QueueFilter, Staff
from services.procedures.desk.service import DeskService
from services.procedures.digests import wording
from services.procedures.digests.identity import FindAddress, StaffAddress
from services.procedures.digests.model import FROM_HOUR, KEPT_DAYS, Every, Waiting, wanted_on
from services.procedures.digests.repository import DigestRepository
from services.procedures.forms.display import long_date
from services.procedures.lifecycle.service import LifecycleService

SEND_DIGEST = "send_digest"
NUMBERS = 10
FULL = 1000


class DigestService:
    """Tells members of staff what waits for them."""

    def __init__(
        self,
        lifecycle: LifecycleService,
        desk: DeskService,
        find_address: FindAddress,
        public_url: str,
    ) -> None:
        self._lifecycle = lifecycle
        self._desk = desk
        self._find_address = find_address
        self._database = lifecycle.requests.database
        self._clock = lifecycle.requests.clock
        self._profile = lifecycle.requests.profile
        self._public_url = public_url.rstrip("/")
        self._repository = DigestRepository()

    async def read_choice(self, staff_id: UUID) -> Every:
        """Return how often a member of staff wants a digest."""
        async with self._database.connection() as connection:
            return await self._repository.find_choice(connection, staff_id)

    async def choose(self, staff_id: UUID, every: Every) -> None:
        """Keep how often a member of staff wants a digest, `NEVER` included."""
        async with self._database.transaction() as connection:
            await self._repository.update_choice(connection, staff_id, every, self._clock.now())

    async def plan(self) -> int:
        """Enqueue the digests of today that nobody enqueued; return how many.

        The claim and the job are one transaction: two workers never plan the same one, and a
        crash plans all or nothing.
        """
        now, today = self._clock.now(), self._lifecycle.today
        wanted = wanted_on(today)
        if not wanted or now.astimezone(self._profile.zone).hour < FROM_HOUR:
            return 0
        async with self._database.transaction() as connection:
            planned = await self._repository.plan(connection, today, now, wanted)
            for staff_id in planned:
                payload = {"staff_id": str(staff_id), "day": today.isoformat()}
                await enqueue_job(connection, SEND_DIGEST, payload)
            await self._repository.forget_before(connection, today - timedelta(days=KEPT_DAYS))
        return len(planned)

    async def send(self, staff_id: UUID, day: date, mailer: Mailer) -> None:
        """Send a digest that waits; sent again, or by two at once, it leaves once.

        Only a crash between the sending and its note sends it again, with the same Message-ID.
        Whoever left, or no longer wants it, gets none.
        """
        async with self._database.transaction() as connection:
            if not await self._repository.lock_planned(connection, staff_id, day):
                return
            if await self._repository.find_choice(connection, staff_id) is not Every.NEVER:
                to = await self._find_address(staff_id)
                if to is None:
                    now = self._clock.now()
                    await self._repository.update_choice(connection, staff_id, Every.NEVER, now)
                elif (mail := await self._mail(staff_id, to, day)) is not None:
                    await mailer.send(mail)
            await self._repository.update_ended(connection, staff_id, day, self._clock.now())

    async def _mail(self, staff_id: UUID, to: StaffAddress, day: date) -> Mail | None:
        waiting = await self._waiting(Staff.with_roles(staff_id, to.roles))
        if not waiting:
            return None
        language = to.language
        foot = wording.FOOT.in_language(language).format(
            address=f"{self._public_url}/agents/dossiers",
            choice=f"{self._public_url}/agents/resume",
        )
        parts = [wording.HELLO.in_language(language)]
        parts += [self._part(one, language) for one in waiting]
        return Mail(
            to=to.email,
            subject=wording.SUBJECT.in_language(language).format(day=long_date(day, language)),
            text="\n\n".join([*parts, foot]),
            message_id=f"<{staff_id}.digest.{day.isoformat()}@parvis.invalid>",
            language=language,
        )

    async def _waiting(self, staff: Staff) -> Sequence[Waiting]:
        known = set(self._profile.services)
        found = []
        for size in await self._desk.queue_sizes(staff):
            if size.service_id not in known:
                continue
            late = QueueFilter(size.service_id, late=True, count=NUMBERS)
            numbers = [row.number for row in await self._desk.list_queue(late)]
            found.append(Waiting(size.service_id, size.filed, size.late, size.mine, numbers))
        return [one for one in found if not one.is_quiet]

    def _part(self, one: Waiting, language: str) -> str:
        numbers = f" ({', '.join(one.late_numbers)})" if one.late_numbers else ""
        told = (
            (wording.FILED, one.filed, ""),
            (wording.LATE, one.late, numbers),
            (wording.MINE, one.mine, ""),
        )
        lines = [
            sentence.in_language(language).format(count=_count(count, language), numbers=numbers)
            for sentence, count, numbers in told
            if count
        ]
        return "\n".join([self._profile.service(one.service_id).name.in_language(language), *lines])


def _count(count: int, language: str) -> str:
    return wording.MANY.in_language(language) if count >= FULL else str(count)
