"""A tamper-evident, append-only trail: each entry's hash covers the one before it.

Anybody who can write to the database can still rewrite the whole chain; the head, published
elsewhere (`head`), is what shows it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.database import Connection

GENESIS = bytes(32)

AUDIT_TABLES = """
CREATE TABLE IF NOT EXISTS audit_entries (
    position bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);
COMMENT ON TABLE audit_entries IS 'Tamper-evident trail; written and verified by chassis.audit';
COMMENT ON COLUMN audit_entries.position IS 'From 1, without a gap';
COMMENT ON COLUMN audit_entries.recorded_at IS 'Instant given by who appended it';
COMMENT ON COLUMN audit_entries.actor IS 'Who acted: an account, a service, the system';
COMMENT ON COLUMN audit_entries.action IS 'What was done, kebab-case';
COMMENT ON COLUMN audit_entries.subject IS 'What it was done to';
COMMENT ON COLUMN audit_entries.detail IS 'Facts of the action, nothing personal';
COMMENT ON COLUMN audit_entries.previous_hash IS 'Hash of the entry before; zeros for the first';
COMMENT ON COLUMN audit_entries.hash IS 'SHA-256 of previous_hash and the canonical entry';
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_entries is append-only'; END $$;
CREATE OR REPLACE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
"""

LOCK_CHAIN = "SELECT pg_advisory_xact_lock(5784112398412)"
SELECT_HEAD = "SELECT position, hash FROM audit_entries ORDER BY position DESC LIMIT 1"
INSERT_ENTRY = """
INSERT INTO audit_entries
    (position, recorded_at, actor, action, subject, detail, previous_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
SELECT_AFTER = """
SELECT position, recorded_at, actor, action, subject, detail, previous_hash, hash
FROM audit_entries WHERE position > $1 ORDER BY position LIMIT 1000
"""


@dataclass(frozen=True)
class AuditFault:
    """Where the chain breaks and how."""

    position: int
    reason: str


@dataclass(frozen=True)
class AuditReport:
    """What a verification found: how many entries, the head's hash, the faults."""

    entries: int
    head: str
    faults: list[AuditFault]


async def append_audit(
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
) -> int:
    """Add one entry in the caller's transaction and return its position.

    Writers wait for one another until they commit: use it for evidence, not for traffic.
    """
    await connection.execute(LOCK_CHAIN)
    head = await connection.fetchrow(SELECT_HEAD)
    position = head["position"] + 1 if head else 1
    previous = head["hash"] if head else GENESIS
    digest = entry_hash(previous, position, at, actor, action, subject, detail)
    await connection.execute(
        INSERT_ENTRY, position, at, actor, action, subject, dict(detail), previous, digest
    )
    return int(position)


def entry_hash(
    previous: bytes,
    position: int,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
) -> bytes:
    """Return the SHA-256 of the previous hash and the entry's canonical JSON."""
    content = [position, at.timestamp().hex(), actor, action, subject, dict(detail)]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(previous + canonical.encode()).digest()


async def verify_audit(connection: Connection) -> AuditReport:
    """Walk the whole chain and report each altered, missing or reordered entry."""
    faults: list[AuditFault] = []
    previous, position = GENESIS, 0
    while rows := await connection.fetch(SELECT_AFTER, position):
        for row in rows:
            expected = position + 1
            if row["position"] != expected:
                gap = f"entries {expected} to {row['position'] - 1} are missing"
                faults.append(AuditFault(expected, gap))
            elif row["previous_hash"] != previous:
                faults.append(AuditFault(row["position"], "does not follow the entry before it"))
            if _hash_of(row) != row["hash"]:
                faults.append(AuditFault(row["position"], "content was altered"))
            previous, position = row["hash"], row["position"]
    return AuditReport(position, previous.hex(), faults)


def _hash_of(row: Any) -> bytes:
    return entry_hash(
        row["previous_hash"],
        row["position"],
        row["recorded_at"],
        row["actor"],
        row["action"],
        row["subject"],
        row["detail"],
    )
