"""Outgoing mail over SMTP."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlparse

import aiosmtplib

from chassis.clock import Clock

SEND_SECONDS = 15.0


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A message in plain text. A stable `message_id` lets the receiver drop a repeated sending.

    `reply_to` is the address that an answer goes to, when it is not the sender's.
    """

    to: str
    subject: str
    text: str
    message_id: str
    language: str = "fr"
    attachments: list[Attachment] = field(default_factory=list)
    reply_to: str | None = None


class Mailer:
    """Sends through `smtp://[user:password@]host:port` or `smtps://`."""

    def __init__(self, url: str, sender: str, clock: Clock) -> None:
        self._server = urlparse(url)
        self._sender = sender
        self._clock = clock

    async def send(self, mail: Mail) -> None:
        """Hand the message to the server; raise `aiosmtplib.SMTPException` or OSError otherwise."""
        server = self._server
        await aiosmtplib.send(
            self._compose(mail),
            hostname=server.hostname or "127.0.0.1",
            port=server.port,
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            timeout=SEND_SECONDS,
        )

    def _compose(self, mail: Mail) -> EmailMessage:
        # EmailMessage refuses line breaks in headers: nobody can add a header through a name
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        if mail.reply_to is not None:
            message["Reply-To"] = mail.reply_to
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = mail.message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        for attachment in mail.attachments:
            kind, _, subtype = attachment.media_type.partition("/")
            message.add_attachment(
                attachment.content, maintype=kind, subtype=subtype, filename=attachment.name
            )
        # last: whatever sets the content takes the headers of the former one away
        message["Content-Language"] = mail.language
        return message
