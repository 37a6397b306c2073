"""Digests: chosen, planned once a day and person, sent once, nothing personal in them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.caller import Person
from chassis.database import Database
from chassis.mailer import Mail
from services.procedures.digests.identity import StaffAddress
from services.procedures.digests.service import DigestService
from tests.services.procedures.office import Desk, agent, office_of
from tests.services.procedures.portal import Portal

pytestmark = pytest.mark.promise("REQ-07", "REQ-09")

SELECT_JOBS = """
SELECT convert_from(payload, 'UTF8') FROM pgqueuer WHERE entrypoint = 'send_digest' ORDER BY id
"""
TODAY = date(2026, 11, 24)  # a Tuesday, ten o'clock in Nîmes
FINE = "\N{NO-BREAK SPACE}"


class Post:
    """Takes mails where a server would, slowly, failing as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.mails: list[Mail] = []
        self.failures = failures

    async def send(self, mail: Mail) -> None:
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise OSError("the mail server is away")
        self.mails.append(mail)


Build = Callable[..., DigestService]


@pytest.fixture
def build(portal: Portal) -> Build:
    """Another worker's use cases; identity knows these people."""
    office = office_of(portal)

    def build_one(*people: Person, language: str = "fr") -> DigestService:
        known = {UUID(one.account_id): one for one in people}

        async def find(staff_id: UUID) -> StaffAddress | None:
            person = known.get(staff_id)
            if person is None:
                return None
            return StaffAddress(f"{staff_id}@mairie.example", language, person.roles)

        return DigestService(office.lifecycle, office.desk, find, "https://portail.example/")

    return build_one


async def choose(desk: Desk, every: str) -> None:
    response = await desk.call("PUT", "/digest", json={"every": every})
    assert response.status == 204, await response.text()


async def planned(database: Database) -> list[dict[str, Any]]:
    async with database.connection() as connection:
        return [json.loads(row[0]) for row in await connection.fetch(SELECT_JOBS)]


async def test_it_tells_figures_and_numbers_and_nobodys_name(
    portal: Portal, desk: Desk, build: Build, seeded: Database
) -> None:
    await choose(desk, "daily")
    new, _ = await portal.filed()
    late, seen = await portal.filed()
    await desk.take(late)
    portal.clock.instant += timedelta(days=70)
    while portal.clock.instant.weekday() != 1:
        portal.clock.instant += timedelta(days=1)
    worker, post = build(desk.person), Post()
    assert await worker.plan() == 1
    (job,) = await planned(seeded)
    day = date.fromisoformat(job["day"])
    await worker.send(UUID(job["staff_id"]), day, post)  # type: ignore[arg-type]
    (mail,) = post.mails
    assert mail.to == f"{desk.person.account_id}@mairie.example"
    assert f"À prendre en charge{FINE}: 1" in mail.text
    assert f"En retard{FINE}: 2 (" in mail.text
    assert f"Affectés à vous{FINE}: 1" in mail.text
    assert seen["number"] in mail.text
    assert "https://portail.example/agents/resume" in mail.text
    for secret in ("Pagnol", "Manon", "République", str(new.id)):
        assert secret not in mail.text + mail.subject


async def test_it_is_planned_once_a_day_and_person_whatever_the_number_of_workers(
    portal: Portal, desk: Desk, build: Build, seeded: Database
) -> None:
    people = [desk, *(Desk(portal, agent()) for _ in range(4))]
    for one in people:
        await choose(one, "daily")
    workers = [build() for _ in range(4)]
    counts = await asyncio.gather(*(worker.plan() for worker in workers))
    assert sum(counts) == len(people)
    assert await workers[0].plan() == 0
    jobs = await planned(seeded)
    assert len({job["staff_id"] for job in jobs}) == len(jobs) == len(people)


async def test_two_workers_send_it_once_and_a_failure_sends_it_later(
    portal: Portal, desk: Desk, build: Build
) -> None:
    await choose(desk, "daily")
    await portal.filed()
    worker, post = build(desk.person), Post(failures=1)
    await worker.plan()
    staff_id = UUID(desk.person.account_id)

    def send() -> Awaitable[None]:
        return build(desk.person).send(staff_id, TODAY, post)  # type: ignore[arg-type]

    with pytest.raises(OSError, match="away"):
        await send()
    await asyncio.gather(*(send() for _ in range(5)))
    await send()
    assert len(post.mails) == 1


async def test_a_crash_while_planning_plans_all_or_nothing(
    portal: Portal, desk: Desk, build: Build, seeded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (desk, Desk(portal, agent())):
        await choose(one, "daily")

    async def crash(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr("services.procedures.digests.service.enqueue_job", crash)
        with pytest.raises(RuntimeError):
            await build().plan()
    assert await planned(seeded) == []
    assert await build().plan() == 2


@pytest.mark.parametrize(
    ("at", "daily", "weekly"),
    [
        (datetime(2026, 11, 24, 5, 59, tzinfo=UTC), 0, 0),  # 06:59 in Nîmes
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), 1, 0),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), 1, 1),  # a Monday
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), 0, 0),  # a Saturday
        (datetime(2026, 11, 29, 9, 0, tzinfo=UTC), 0, 0),
    ],
)
async def test_it_comes_on_the_days_that_were_chosen(
    portal: Portal, desk: Desk, build: Build, at: datetime, daily: int, weekly: int
) -> None:
    portal.clock.instant = at
    await choose(desk, "daily")
    assert await build().plan() == daily
    await choose(Desk(portal, agent()), "weekly")
    assert await build().plan() == weekly


async def test_who_stopped_it_who_left_and_whom_nothing_awaits_get_none(
    portal: Portal, desk: Desk, build: Build
) -> None:
    quiet, gone = Desk(portal, agent("voirie")), Desk(portal, agent())
    for one in (desk, quiet, gone):
        await choose(one, "daily")
    await portal.filed()
    worker, post = build(desk.person, quiet.person), Post()
    assert await worker.plan() == 3
    await choose(desk, "never")
    for one in (desk, quiet, gone):
        await worker.send(UUID(one.person.account_id), TODAY, post)  # type: ignore[arg-type]
    assert post.mails == []
    # whoever left is not asked about again
    portal.clock.instant += timedelta(days=1)
    assert await worker.plan() == 1


async def test_it_is_written_in_the_language_of_the_account(
    portal: Portal, desk: Desk, build: Build
) -> None:
    await choose(desk, "daily")
    await portal.filed()
    worker, post = build(desk.person, language="en"), Post()
    await worker.plan()
    await worker.send(UUID(desk.person.account_id), TODAY, post)  # type: ignore[arg-type]
    assert "Waiting to be taken in hand: 1" in post.mails[0].text


@pytest.mark.promise("SEC-02")
async def test_each_chooses_for_himself_and_residents_do_not(portal: Portal, desk: Desk) -> None:
    other = Desk(portal, agent())
    await choose(desk, "weekly")
    assert await (await desk.call("GET", "/digest")).json() == {"every": "weekly"}
    assert await (await other.call("GET", "/digest")).json() == {"every": "never"}
    resident = Desk(portal, Person(str(portal.ids.new_id())))
    administrator = Desk(portal, agent("", role="administrator"))
    for one in (resident, administrator):
        assert (await one.call("GET", "/digest")).status == 403
    wrong = await desk.call("PUT", "/digest", json={"every": "hourly"})
    assert wrong.status == 422
