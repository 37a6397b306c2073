"""Use cases of feedback: receive once, deliver at least once, acknowledge, forget in time."""

import json
from datetime import timedelta
from uuid import UUID

from authority.profile import AuthorityProfile
from chassis.caller import SignatureChecker
from chassis.clock import Clock
from chassis.database import Connection, Database
from chassis.errors import NotAuthenticated
from chassis.jobs import enqueue_job
from chassis.keyring import Keyring
from services.legal.feedback.model import (
    FORM_KIND,
    Feedback,
    FormAlreadyUsed,
    FormRefused,
    StoredFeedback,
    form_id,
)
from services.legal.feedback.repository import FeedbackRepository

DELIVER, ACKNOWLEDGE = "deliver-feedback", "acknowledge-feedback"
CONTEXT = "feedback"
# the jobs try for half a day by themselves; an outage longer than that begins them anew
FORGOTTEN = timedelta(days=1)


class FeedbackService:
    """Messages about the portal, sealed until they are erased."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        checker: SignatureChecker,
        profile: AuthorityProfile,
        clock: Clock,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._checker = checker
        self._profile = profile
        self._clock = clock
        self._feedback = FeedbackRepository()

    async def receive(self, form_token: str, feedback: Feedback, language: str) -> StoredFeedback:
        """Keep a message and its jobs together; the same message of the same form is kept once.

        Raises `FormRefused`, and `FormAlreadyUsed` for another message.
        """
        now = self._clock.now()
        number = self._form_id(form_token)
        wrapped = self._keyring.new_wrapped_key(_subject(number))
        words = json.dumps(feedback.as_dict(), ensure_ascii=False).encode()
        sealed = self._keyring.unwrap(wrapped, _subject(number)).seal(words, CONTEXT)
        wished = StoredFeedback(number, now, language, wrapped, sealed, bool(feedback.email), now)
        async with self._database.transaction() as connection:
            if await self._feedback.insert_feedback(connection, wished):
                await self._enqueue(connection, number, reply=wished.reply_wanted)
                return wished
            known = await self._feedback.find_feedback(connection, number)
        if known is None or self.open(known) != feedback:
            raise FormAlreadyUsed
        return known

    def open(self, stored: StoredFeedback) -> Feedback:
        """Return the words of a message."""
        key = self._keyring.unwrap(stored.wrapped_key, _subject(stored.id))
        return Feedback(**json.loads(key.open(stored.content, CONTEXT)))

    async def find(self, feedback_id: UUID) -> StoredFeedback | None:
        """Return a message, or None once it was erased."""
        async with self._database.connection() as connection:
            return await self._feedback.find_feedback(connection, feedback_id)

    async def note_delivered(self, feedback_id: UUID) -> None:
        """Note that the mail server took the message for the webmaster."""
        async with self._database.transaction() as connection:
            now = self._clock.now()
            await self._feedback.update_delivered(connection, feedback_id, now)

    async def note_acknowledged(self, feedback_id: UUID) -> None:
        """Note that the mail server took, or finally refused, the acknowledgement."""
        async with self._database.transaction() as connection:
            now = self._clock.now()
            await self._feedback.update_acknowledged(connection, feedback_id, now)

    async def enqueue_forgotten(self) -> int:
        """Begin anew the jobs of messages still undelivered after a day, and count them."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            found = await self._feedback.take_forgotten(connection, now - FORGOTTEN, now)
            for number in found:
                await self._enqueue(connection, number, reply=True)
        return len(found)

    async def erase_old(self) -> int:
        """Erase what the webmaster has and whose time is over, and count it."""
        kept = timedelta(days=self._profile.retention.feedback_days)
        async with self._database.transaction() as connection:
            return await self._feedback.delete_old(connection, self._clock.now() - kept)

    def _form_id(self, token: str) -> UUID:
        try:
            claims = self._checker.claims(token, FORM_KIND)
        except NotAuthenticated:
            raise FormRefused(reason="invalid") from None
        return form_id(claims, self._clock.now())

    async def _enqueue(self, connection: Connection, number: UUID, *, reply: bool) -> None:
        payload = {"feedback_id": str(number)}
        await enqueue_job(connection, DELIVER, payload)
        if reply:
            await enqueue_job(connection, ACKNOWLEDGE, payload)


def _subject(number: UUID) -> str:
    return f"feedback:{number}"
