"""A copy of the published heads kept elsewhere: the JSON that `GET /evidence/heads` answered."""

import json
from datetime import date, datetime
from pathlib import Path

from services.legal.heads.model import PublishedHead, TrailHead


class CopyUnreadable(Exception):
    """The file is not a copy of published heads."""


def read_kept_heads(file: Path) -> list[PublishedHead]:
    """Return the heads of a copy, oldest first; raise `CopyUnreadable`."""
    try:
        found = [
            PublishedHead(
                day=date.fromisoformat(one["day"]),
                head=TrailHead(int(one["position"]), bytes.fromhex(one["hash"])),
                published_at=datetime.fromisoformat(one["published_at"]),
                proof=str(one["proof"]),
            )
            for one in json.loads(file.read_text(encoding="utf-8"))["heads"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CopyUnreadable(f"{file}: {type(error).__name__}") from None
    return sorted(found, key=lambda one: one.day)
