"""The head of the audit trail as it is made public, and how the trail compares with it (LEG-04)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from chassis.audit import GENESIS, AuditFault

PROOF_KIND = "evidence-head"
PROOF_AUDIENCE = "evidence"


@dataclass(frozen=True)
class TrailHead:
    """The last entry of the trail at some time: its position (0: none yet) and its hash."""

    position: int
    hash: bytes


EMPTY_TRAIL = TrailHead(0, GENESIS)


@dataclass(frozen=True)
class PublishedHead:
    """The head of a day (UTC); `proof` says the same signed, and names the head before it."""

    day: date
    head: TrailHead
    published_at: datetime
    proof: str


def head_claims(
    head: TrailHead, published_at: datetime, previous: PublishedHead | None
) -> dict[str, Any]:
    """Return what is signed. `previous` is the SHA-256 of the proof before, "" for the first."""
    return {
        "iss": "legal",
        "aud": PROOF_AUDIENCE,
        "day": published_at.astimezone(UTC).date().isoformat(),
        "position": head.position,
        "hash": head.hash.hex(),
        "published_at": published_at.astimezone(UTC).isoformat(),
        "previous": hashlib.sha256(previous.proof.encode()).hexdigest() if previous else "",
    }


def proof_faults(
    heads: Sequence[PublishedHead], claims: Mapping[date, Mapping[str, Any] | None]
) -> Iterator[AuditFault]:
    """Yield a fault for each head that its signature does not confirm, or that follows a gap.

    `heads` from the oldest; `claims` what each proof says, None when its signature is wrong.
    """
    previous: PublishedHead | None = None
    for one in heads:
        told, expected = claims[one.day], head_claims(one.head, one.published_at, previous)
        if told is None or {**told, "previous": ""} != {**expected, "previous": ""}:
            yield AuditFault(one.head.position, f"the head of {one.day} is not the one signed")
        elif told["previous"] != expected["previous"]:
            yield AuditFault(one.head.position, f"a head published before {one.day} is missing")
        previous = one


def trail_faults(
    heads: Sequence[PublishedHead], hashes: Mapping[int, bytes], entries: int
) -> Iterator[AuditFault]:
    """Yield where the trail parts from the published heads, at its first entry not vouched for.

    `hashes` are those of the trail by position, `entries` its length.
    """
    vouched = 0
    for one in heads:
        position = one.head.position
        if position > entries:
            reason = (
                f"entries {entries + 1} to {position} are missing: the head of {one.day} had them"
            )
            yield AuditFault(entries + 1, reason)
        elif position and hashes.get(position) != one.head.hash:
            reason = f"entries {vouched + 1} to {position} are not those of the head of {one.day}"
            yield AuditFault(vouched + 1, reason)
        else:
            vouched = max(vouched, position)


def kept_faults(
    kept: Sequence[PublishedHead], stored: Sequence[PublishedHead]
) -> Iterator[AuditFault]:
    """Yield a fault for each head of a copy kept elsewhere that is no longer published as such."""
    published = {one.day: one.proof for one in stored}
    for one in kept:
        if published.get(one.day) != one.proof:
            yield AuditFault(one.head.position, f"the head of {one.day} is not the one kept")
