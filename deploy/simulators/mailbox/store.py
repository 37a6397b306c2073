"""Received mails, kept as .eml files so that a restart finds them again."""

from pathlib import Path

from chassis.clock import Clock
from deploy.simulators.mailbox.message import (
    RECEIVED_HEADER,
    RECIPIENT_HEADER,
    Message,
    Summary,
    read_message,
    read_summary,
)

KEPT = 1000


class MailStore:
    """The last `kept` mails, numbered in order of arrival, in `folder` (made when missing)."""

    def __init__(self, folder: Path, clock: Clock, kept: int = KEPT) -> None:
        self._folder = folder
        self._clock = clock
        self._kept = kept
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        numbers = sorted(int(path.stem) for path in folder.glob("*.eml") if path.stem.isdigit())
        self._summaries = {
            number: read_summary(number, self._path(number).read_bytes()) for number in numbers
        }
        self._last = max(numbers, default=0)

    def add(self, recipients: list[str], content: bytes) -> int:
        """Keep a mail for the recipients of its SMTP dialogue and return its number."""
        number = self._last + 1
        headers = [
            f"{RECEIVED_HEADER}: {self._clock.now().isoformat(timespec='seconds')}",
            *(f"{RECIPIENT_HEADER}: {recipient}" for recipient in recipients),
        ]
        raw = "".join(f"{header}\r\n" for header in headers).encode() + content
        unfinished = self._path(number).with_suffix(".unfinished")
        unfinished.write_bytes(raw)
        unfinished.replace(self._path(number))
        self._last = number
        self._summaries[number] = read_summary(number, raw)
        self._forget_oldest()
        return number

    def list_newest(self, to: str | None = None) -> list[Summary]:
        """Return the mails, the newest first; those for the address `to` only when it is given."""
        newest = [self._summaries[number] for number in sorted(self._summaries, reverse=True)]
        if to is None:
            return newest
        return [mail for mail in newest if to.lower() in map(str.lower, mail.recipients)]

    def find(self, number: int) -> Message | None:
        """Return a whole mail, None when there is none of that number."""
        if number not in self._summaries:
            return None
        return read_message(number, self._path(number).read_bytes())

    def clear(self) -> None:
        """Forget every mail."""
        for number in list(self._summaries):
            self._forget(number)

    def _forget_oldest(self) -> None:
        for number in sorted(self._summaries)[: -self._kept]:
            self._forget(number)

    def _forget(self, number: int) -> None:
        del self._summaries[number]
        self._path(number).unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:08d}.eml"
