"""An error or a death between any two lines of an acknowledgement: one PDF, one mail (REQ-04).

Mail is sent at least once: who dies after the server took it, and before that is written down,
sends the very same message again, with the same Message-ID.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest

from chassis.database import Database
from chassis.mailer import Mailer
from services.procedures.parts import ACKNOWLEDGEMENTS
from tests.services.procedures.accidents.killing import mortal
from tests.services.procedures.accidents.lines import Crash, Point, Strikes, raise_there
from tests.services.procedures.acknowledgements.smtp import Inbox
from tests.services.procedures.portal import Draft, Portal

pytestmark = [pytest.mark.promise("REQ-04", "REQ-05"), pytest.mark.timeout(300)]
PUBLIC_URL = "https://demarches.example"
SELECT_ISSUED = """
SELECT
    content_hash,
    mailed_at IS NOT NULL AS mailed
FROM acknowledgements
WHERE request_id = $1
"""


@dataclass
class Acknowledging:
    """A filed request whose acknowledgement is being sent."""

    portal: Portal
    database: Database
    inbox: Inbox
    draft: Draft
    issued: bytes | None = None
    repeated: list[Point] = field(default_factory=list)

    async def send(self) -> None:
        """Do the job as the worker does it when nothing happens to it."""
        mailer = Mailer(
            f"smtp://127.0.0.1:{self.inbox.port}", "n@parvis.example", self.portal.clock
        )
        await self.portal.client.app[ACKNOWLEDGEMENTS].send(self.draft.id, mailer, PUBLIC_URL)

    async def check(self, point: Point) -> None:
        """After a strike: nothing, a PDF, a PDF and its mail. Once mailed, begin another."""
        row = await self._row()
        mails = list(self.inbox.messages)
        assert len(mails) <= 1, point
        assert not row.get("mailed") or mails, point
        if self.issued is not None:
            assert row["content_hash"] == self.issued, (point, "the first one issued is the one")
        self.issued = row.get("content_hash")
        if mails:
            await self._finish(point, mailed=row["mailed"])

    async def _finish(self, point: Point, *, mailed: bool) -> None:
        await self.send()
        mails = list(self.inbox.messages)
        if not mailed:
            self.repeated.append(point)
        assert len(mails) == (1 if mailed else 2), point
        assert len({mail["Message-ID"] for mail in mails}) == 1, point
        assert len({attached(mail) for mail in mails}) == 1, point
        assert await self._row() == {"content_hash": self.issued, "mailed": True}, point
        self.inbox.messages.clear()
        self.draft, _ = await self.portal.filed()
        self.issued = None

    async def _row(self) -> dict[str, Any]:
        async with self.database.connection() as connection:
            return dict(await connection.fetchrow(SELECT_ISSUED, self.draft.id) or {})


def attached(mail: EmailMessage) -> bytes:
    [part] = mail.iter_attachments()
    content: bytes = part.get_content()
    return content


@pytest.fixture
async def acknowledging(portal: Portal, seeded: Database, inbox: Inbox) -> Acknowledging:
    draft, _ = await portal.filed()
    return Acknowledging(portal, seeded, inbox, draft)


async def test_an_error_on_any_line_is_mended_by_the_next_attempt(
    acknowledging: Acknowledging,
) -> None:
    strikes = Strikes(raise_there)
    while True:
        met = set(strikes.struck)
        # the driver opens connections beside: an error there is its own affair
        with suppress(Crash), strikes.armed():
            await acknowledging.send()
        if strikes.struck == met:
            break
        [point] = strikes.struck - met
        await acknowledging.check(point)
    assert acknowledging.repeated, "between the sending and its note"


@pytest.mark.faults
async def test_a_death_on_any_line_is_mended_by_the_next_attempt(
    acknowledging: Acknowledging, procedures_environment: Mapping[str, str]
) -> None:
    smtp = f"smtp://127.0.0.1:{acknowledging.inbox.port}"
    environment = {
        **procedures_environment,
        "PARVIS_SMTP_URL": smtp,
        "PARVIS_PUBLIC_URL": PUBLIC_URL,
    }
    async with mortal("acknowledge", environment) as kill:
        while (point := await kill(acknowledging.portal, acknowledging.draft)) is not None:
            await acknowledging.check(point)
    assert acknowledging.repeated, "between the sending and its note"
