"""A link by mail brings a person without account back to a draft, and nobody else (SES-03)."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from aiohttp import ClientResponse

from chassis.caller import Person
from chassis.clock import IdSource
from chassis.database import Database
from chassis.mailer import Mail
from services.procedures.parts import RESUMPTIONS
from tests.services.procedures.notices.test_notices import Outbox
from tests.services.procedures.portal import Draft, Portal

pytestmark = pytest.mark.promise("SES-03")

ADDRESS = "manon@example.org"
SECRET = re.compile(r"/reprendre-un-brouillon\?lien=([A-Za-z0-9_-]{43})\n")
SELECT_JOB = """
SELECT convert_from(payload, 'UTF8')::jsonb AS payload
FROM pgqueuer
WHERE entrypoint = 'send_resume_link'
ORDER BY id DESC
LIMIT 1
"""


async def ask(portal: Portal, draft: Draft, email: str = ADDRESS) -> ClientResponse:
    path, person = f"{draft.path}/resume-link", draft.person
    return await portal.call("POST", path, key=draft.key, person=person, json={"email": email})


async def mails(portal: Portal, database: Database) -> list[Mail]:
    """Run the job that was queued last."""
    outbox = Outbox()
    async with database.connection() as connection:
        job = await connection.fetchval(SELECT_JOB)
    ids = (UUID(job["request_id"]), UUID(job["link_id"]))
    await portal.client.app[RESUMPTIONS].mail_link(*ids, outbox)  # type: ignore[arg-type]
    return outbox.mails


async def secret_sent(portal: Portal, draft: Draft, database: Database) -> str:
    response = await ask(portal, draft)
    assert response.status == 201, await response.text()
    (mail,) = await mails(portal, database)
    assert mail.to == ADDRESS
    found = SECRET.search(mail.text)
    assert found is not None, mail.text
    return found[1]


async def opened(portal: Portal, secret: str) -> ClientResponse:
    return await portal.call("POST", "/resumptions", json={"secret": secret})


async def test_it_opens_the_draft_as_often_as_needed(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    secret = await secret_sent(portal, draft, seeded)
    for _ in range(3):
        found = await (await opened(portal, secret)).json()
        assert found == {"id": str(draft.id), "access_key": draft.key}
        portal.clock.instant += timedelta(days=29)


async def test_nothing_stored_tells_the_secret_the_address_or_the_key(
    portal: Portal, seeded: Database
) -> None:
    draft = await portal.start()
    secret = await secret_sent(portal, draft, seeded)
    async with seeded.connection() as connection:
        rows = await connection.fetch("SELECT l::text AS all_of_it FROM resume_links AS l")
        jobs = await connection.fetch("SELECT convert_from(payload, 'UTF8') AS it FROM pgqueuer")
    stored = " ".join([*(row["all_of_it"] for row in rows), *(job["it"] for job in jobs)])
    for told in (secret, ADDRESS, draft.key):
        assert told not in stored
        assert told.encode().hex() not in stored


async def test_it_expires(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    secret = await secret_sent(portal, draft, seeded)
    portal.clock.instant += timedelta(days=90)
    response = await opened(portal, secret)
    assert (response.status, (await response.json())["code"]) == (404, "link-unknown")


async def test_a_new_link_ends_the_one_before(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    first = await secret_sent(portal, draft, seeded)
    second = await secret_sent(portal, draft, seeded)
    assert first != second
    assert [(await opened(portal, one)).status for one in (first, second)] == [404, 200]


async def test_its_owner_cancels_it_once_or_twice(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    secret = await secret_sent(portal, draft, seeded)
    path = f"{draft.path}/resume-link"
    assert (await (await portal.call("GET", path, key=draft.key)).json())["sent_at"]
    for _ in range(2):
        assert (await portal.call("DELETE", path, key=draft.key)).status == 204
    assert (await opened(portal, secret)).status == 404
    shown = await (await portal.call("GET", path, key=draft.key)).json()
    assert shown == {"sent_at": None, "expires_at": None}


async def test_a_link_cancelled_before_it_was_mailed_is_not_mailed(
    portal: Portal, seeded: Database
) -> None:
    draft = await portal.start()
    await ask(portal, draft)
    await portal.call("DELETE", f"{draft.path}/resume-link", key=draft.key)
    assert await mails(portal, seeded) == []


async def test_a_filed_request_is_not_opened_by_it(portal: Portal, seeded: Database) -> None:
    draft = await portal.complete()
    secret = await secret_sent(portal, draft, seeded)
    assert (await portal.file(draft)).status == 200
    assert (await opened(portal, secret)).status == 404
    assert (await ask(portal, draft)).status == 409
    portal.clock.instant += timedelta(days=2)
    await portal.client.app[RESUMPTIONS].forget_ended()
    async with seeded.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM resume_links") == 0


async def test_only_the_holder_of_the_key_has_one_sent(portal: Portal) -> None:
    draft = await portal.start()
    stranger = Draft(draft.id, portal.ids.new_secret())
    for method, body in (("GET", None), ("POST", {"email": ADDRESS}), ("DELETE", None)):
        path = f"{draft.path}/resume-link"
        response = await portal.call(method, path, key=stranger.key, json=body)
        assert response.status == 404, method
    assert (await opened(portal, "x" * 43)).status == 404


async def test_an_account_s_draft_needs_none(portal: Portal) -> None:
    draft = await portal.start(person=Person(str(IdSource().new_id())))
    assert (await ask(portal, draft)).status == 409


async def test_few_are_sent_in_a_day_for_a_draft(portal: Portal) -> None:
    draft = await portal.start()
    statuses = [(await ask(portal, draft, f"m{n}@example.org")).status for n in range(6)]
    assert statuses == [201] * 5 + [429]
    portal.clock.instant += timedelta(days=1, seconds=1)
    assert (await ask(portal, draft)).status == 201


async def test_few_are_sent_in_a_day_to_an_address(portal: Portal) -> None:
    drafts = [await portal.start() for _ in range(3)]
    asked = [draft for draft in drafts for _ in range(4)]
    written = (ADDRESS, ADDRESS.upper())
    statuses = [(await ask(portal, one, written[n % 2])).status for n, one in enumerate(asked)]
    assert statuses == [201] * 10 + [429] * 2


@pytest.mark.parametrize("email", ["", "manon", "a@b\r\nBcc: x@example.org", "é" * 300 + "@x.fr"])
async def test_what_is_no_address_is_refused(portal: Portal, email: str) -> None:
    draft = await portal.start()
    response = await ask(portal, draft, email)
    assert (response.status, (await response.json())["code"]) == (422, "invalid-input")
