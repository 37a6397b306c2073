"""Copies: their life, and what goes into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.errors import DomainError

KEPT = timedelta(days=7)
TRIES = 5
MOST_WAITING = 3
FOLDER = "fichiers"
LONGEST_NAME = 120


class CopyNotFound(DomainError):
    """No such copy, or it was downloaded, or it is too old, or it is not ready."""

    code = "copy-not-found"


class TooManyCopies(DomainError):
    """Some copies of the same account are still to be made or downloaded."""

    code = "too-many-copies"


class PartMissing(Exception):
    """A service does not give its part now: the job is tried again."""


@dataclass(frozen=True)
class DataCopy:
    """A copy, without its content."""

    id: UUID
    state: str
    missing: Sequence[str]
    requested_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class CopiedFile:
    """A file of a request: where it is asked for, and its path in the archive."""

    request_id: str
    file_id: str
    path: str


def files_in(parts: Mapping[str, Any]) -> Sequence[CopiedFile]:
    """Return the files that the parts of a copy name, each with a path of its own."""
    requests = parts.get("procedures", {}).get("requests", [])
    found = [(one, file) for one in requests for file in one.get("documents", [])]
    return [
        CopiedFile(
            str(request["id"]),
            str(file["id"]),
            f"{FOLDER}/{safe_name(request.get('number') or str(request['id']))}"
            f"/{position:03}-{safe_name(str(file['name']))}",
        )
        for position, (request, file) in enumerate(found, 1)
    ]


def safe_name(name: str) -> str:
    """Return a name that leaves its folder on no system (ASVS 5.3.2)."""
    kept = "".join(one if one.isalnum() or one in " ._-’" else "_" for one in name)
    return kept.strip(" .")[:LONGEST_NAME] or "_"
