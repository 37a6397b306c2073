"""A reading of somebody's request by somebody else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

AGENT = "agent"
BUSINESS = "business"

OPENED = "opened"
FILE = "file"
EXPORT = "export"
APPLICATION = "application"


@dataclass(frozen=True)
class Reading:
    """Who read, when and why; `reader_id` is never shown to the person."""

    at: datetime
    reader_kind: str
    reader_id: UUID
    purpose: str
