"""A received mail, read from its raw bytes whatever their state."""

import email
import email.errors
import email.header
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart

# added in front of the mail when it is kept: what the SMTP dialogue said, and when
RECIPIENT_HEADER = "X-Mailbox-Recipient"
RECEIVED_HEADER = "X-Mailbox-Received"


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Summary:
    """What the list shows. `recipients` are those of the SMTP dialogue; times are ISO 8601, UTC."""

    id: int
    received_at: str
    sender: str
    recipients: list[str]
    subject: str


@dataclass(frozen=True)
class Message:
    """A whole mail; `text` and `html` are None when it has no such part."""

    summary: Summary
    text: str | None
    html: str | None
    attachments: list[Attachment]


def read_summary(number: int, raw: bytes) -> Summary:
    """Read the headers of a kept mail."""
    # the lenient policy: hostile or broken headers are shown, never fatal
    head = raw.partition(b"\r\n\r\n")[0].decode("utf-8", errors="replace")
    headers = email.message_from_string(head)
    return Summary(
        id=number,
        received_at=str(headers.get(RECEIVED_HEADER, "")),
        sender=_decoded(str(headers.get("From", ""))),
        recipients=[str(value) for value in headers.get_all(RECIPIENT_HEADER, [])],
        subject=_decoded(str(headers.get("Subject", ""))) or "(no subject)",
    )


def read_message(number: int, raw: bytes) -> Message:
    """Read a kept mail whole."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    attachments = [part for part in mail.walk() if part.get_content_disposition() == "attachment"]
    return Message(
        summary=read_summary(number, raw),
        text=_body(mail, "plain"),
        html=_body(mail, "html"),
        attachments=[_attachment(part) for part in attachments],
    )


def _body(mail: EmailMessage, kind: str) -> str | None:
    part = mail.get_body((kind,))
    return None if part is None else _text(part)


def _text(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        text = content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a charset that nobody knows
        text = content.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n")


def _attachment(part: EmailMessage) -> Attachment:
    payload = part.get_payload(decode=True)
    return Attachment(
        name=part.get_filename() or "attachment",
        media_type=part.get_content_type(),
        content=payload if isinstance(payload, bytes) else b"",
    )


def _decoded(value: str) -> str:
    """Decode the encoded words of a header (RFC 2047) and unfold its lines."""
    try:
        parts = email.header.decode_header(value)
        text = str(email.header.make_header(parts))
    except (LookupError, ValueError, email.errors.HeaderParseError):
        text = value
    return " ".join(text.split())
