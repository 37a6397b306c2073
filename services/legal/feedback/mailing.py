"""The jobs of a message: to the webmaster, and back to its sender."""

from uuid import UUID

from aiosmtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from authority.profile import AuthorityProfile
from chassis.mailer import Mail, Mailer
from services.legal.feedback.model import StoredFeedback
from services.legal.feedback.service import FeedbackService
from services.legal.feedback.wording import acknowledgement_mail, webmaster_mail

PERMANENT = 500


class MailNotTaken(Exception):
    """The mail server did not take the message: the job is tried again. Names no address."""


class FeedbackMailing:
    """Delivers and acknowledges; doing it again sends nothing more once it is noted.

    A crash between the sending and its note sends the same message again: its stable Message-ID
    lets the receiver tell.
    """

    def __init__(
        self, feedback: FeedbackService, mailer: Mailer, profile: AuthorityProfile
    ) -> None:
        self._feedback = feedback
        self._mailer = mailer
        self._profile = profile

    async def deliver(self, feedback_id: UUID) -> None:
        """Send the message to the webmaster."""
        stored = await self._feedback.find(feedback_id)
        if stored is None or stored.delivered_at is not None:
            return
        await self._send(webmaster_mail(stored, self._feedback.open(stored), self._profile))
        await self._feedback.note_delivered(feedback_id)

    async def acknowledge(self, feedback_id: UUID) -> None:
        """Tell the sender that the message arrived; an address finally refused is let go."""
        stored = await self._feedback.find(feedback_id)
        if stored is None or stored.acknowledged_at is not None or not stored.reply_wanted:
            return
        await self._send(self._acknowledgement(stored), let_go=True)
        await self._feedback.note_acknowledged(feedback_id)

    def _acknowledgement(self, stored: StoredFeedback) -> Mail:
        return acknowledgement_mail(stored, self._feedback.open(stored).email, self._profile)

    async def _send(self, mail: Mail, *, let_go: bool = False) -> None:
        # what the server says may hold the address: only the kind of failure is told
        try:
            await self._mailer.send(mail)
        except (SMTPException, OSError) as error:
            if let_go and _is_final(error):
                return
            raise MailNotTaken(type(error).__name__) from None


def _is_final(error: Exception) -> bool:
    """Say whether the server refused the address for good (5xx), not the moment."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(one.code >= PERMANENT for one in error.recipients)
    return isinstance(error, SMTPResponseException) and error.code >= PERMANENT
