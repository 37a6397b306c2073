"""Every step is told by mail, once, without what was written (REQ-07)."""

from typing import Any

import pytest

from chassis.database import Database
from chassis.mailer import Mail
from tests.services.procedures.office import Desk, agent, office_of
from tests.services.procedures.portal import Portal

pytestmark = pytest.mark.promise("REQ-07")

SELECT_JOBS = """
SELECT entrypoint, convert_from(payload, 'UTF8')::jsonb AS payload FROM pgqueuer
WHERE entrypoint IN ('notify_person', 'notify_service') ORDER BY id
"""


class Outbox:
    """Takes mails where a server would; fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.mails: list[Mail] = []
        self._failures = failures

    async def send(self, mail: Mail) -> None:
        if self._failures:
            self._failures -= 1
            raise OSError("the mail server is away")
        self.mails.append(mail)


async def run_jobs(portal: Portal, database: Database, outbox: Any) -> None:
    handlers = office_of(portal).job_handlers(outbox)
    async with database.connection() as connection:
        jobs = await connection.fetch(SELECT_JOBS)
    for job in jobs:
        await handlers[job["entrypoint"]](job["payload"])


async def test_each_step_is_told_once_and_a_decision_comes_with_its_letter(
    portal: Portal, seeded: Database
) -> None:
    desk, outbox = Desk(portal, agent()), Outbox()
    draft, view = await portal.filed()
    await desk.take(draft)
    await desk.must(draft, "refuse", reason="Le logement est hors du territoire.")
    for _ in range(2):
        await run_jobs(portal, seeded, outbox)
    yours = f"Votre demande {view['number']}"
    assert [mail.subject for mail in outbox.mails] == [
        f"{yours}\N{NO-BREAK SPACE}: Un agent a pris votre demande en charge",
        f"{yours}\N{NO-BREAK SPACE}: Votre demande est refusée",
    ]
    assert {mail.to for mail in outbox.mails} == {"manon.pagnol@example.org"}
    assert len({mail.message_id for mail in outbox.mails}) == 2
    letter = outbox.mails[1].attachments[0]
    assert (letter.media_type, letter.content[:5]) == ("application/pdf", b"%PDF-")
    assert not any("territoire" in mail.text for mail in outbox.mails), "the letter says why"


async def test_a_mail_that_fails_is_sent_when_it_is_tried_again(
    portal: Portal, seeded: Database
) -> None:
    desk, outbox = Desk(portal, agent()), Outbox(failures=1)
    draft, _ = await portal.filed()
    await desk.take(draft)
    with pytest.raises(OSError, match="away"):
        await run_jobs(portal, seeded, outbox)
    await run_jobs(portal, seeded, outbox)
    assert len(outbox.mails) == 1


async def test_a_message_is_announced_but_not_repeated_in_the_mail(
    portal: Portal, seeded: Database
) -> None:
    desk, outbox = Desk(portal, agent()), Outbox()
    draft, _ = await portal.filed()
    await desk.write(draft, "Votre numéro fiscal est attendu.")
    await run_jobs(portal, seeded, outbox)
    (mail,) = outbox.mails
    assert "Le service vous a écrit un message" in mail.text
    assert "fiscal" not in mail.text
