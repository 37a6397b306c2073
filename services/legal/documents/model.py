"""Legal documents: texts, versions, which one is in force, and what may still change."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from chassis.errors import DomainError

MATERIAL = "material"
EDITORIAL = "editorial"
SLUG = re.compile(r"[a-z][a-z-]{0,63}", re.ASCII)


class DocumentNotFound(DomainError):
    """No such document, or no such version of it in force or before."""

    code = "document-not-found"


class PublicationRefused(Exception):
    """Texts that cannot be published; `faults` holds one line for each, naming its file."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class DocumentText:
    """A version in one language. `source` is the file that it came from, for messages."""

    language: str
    title: str
    summary: str
    markdown: str
    source: str = field(default="", compare=False)

    @property
    def content_hash(self) -> str:
        """Return the SHA-256 (hexadecimal) of title, line feed, Markdown: what is accepted."""
        return sha256_of(f"{self.title}\n{self.markdown}")


@dataclass(frozen=True)
class DocumentVersion:
    """A dated version in every language, by language; `change` is material or editorial."""

    slug: str
    version: int
    effective_from: datetime
    change: str
    texts: Mapping[str, DocumentText]

    @property
    def subject(self) -> str:
        """Return the name of the version in the audit trail."""
        return f"{self.slug}/v{self.version}"


@dataclass(frozen=True)
class DocumentSummary:
    """A version as lists show it, in one language."""

    slug: str
    version: int
    effective_from: datetime
    change: str
    title: str
    summary: str
    content_hash: str
    languages: Sequence[str] = ()


@dataclass(frozen=True)
class DocumentPage:
    """A version to read, and every version in force until now, newest first."""

    shown: DocumentSummary
    language: str
    html: str
    versions: Sequence[DocumentSummary]


@dataclass(frozen=True)
class StoredVersion:
    """A version as the database holds it: hashes and HTML by language, witness in the trail."""

    content: DocumentVersion
    hashes: Mapping[str, str]
    html: Mapping[str, str]
    audit_position: int


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def publication_detail(content: DocumentVersion, html: Mapping[str, str]) -> dict[str, Any]:
    """Return what the audit trail keeps of a publication: enough to see any later change.

    `shown_hash` covers the summary and the HTML, which `content_hash` does not.
    """
    return {
        "effective_from": content.effective_from.astimezone(UTC).isoformat(),
        "change": content.change,
        "texts": {
            language: {
                "content_hash": text.content_hash,
                "shown_hash": sha256_of(f"{text.summary}\n{html[language]}"),
            }
            for language, text in sorted(content.texts.items())
        },
    }


def is_intact(stored: StoredVersion, witnessed: Mapping[str, Any]) -> bool:
    """Say whether a version is still what the audit trail witnessed."""
    hashes = {language: text.content_hash for language, text in stored.content.texts.items()}
    return stored.hashes == hashes and witnessed == publication_detail(stored.content, stored.html)


def may_replace(stored: StoredVersion, now: datetime) -> bool:
    """Say whether a version may still be corrected: only before it is in force."""
    return stored.content.effective_from > now


def change_fault(stored: DocumentVersion, offered: DocumentVersion) -> str:
    """Return the line that refuses a change of a version in force, naming the first file."""
    changed = [
        text
        for language, text in sorted(offered.texts.items())
        if text != stored.texts.get(language)
    ]
    texts = changed or list(offered.texts.values())
    place = texts[0].source if texts else offered.subject
    return (
        f"{place}: version {stored.version} is in force since {stored.effective_from.isoformat()} "
        f"and can no longer change (values taken from the profile included): "
        f"publish the new text as a higher version."
    )


def order_faults(versions: Sequence[DocumentVersion]) -> list[str]:
    """Return a line for each version that would be in force before a lower one."""
    faults = []
    ordered = sorted(versions, key=lambda one: (one.slug, one.version))
    for lower, higher in pairwise(ordered):
        if lower.slug == higher.slug and higher.effective_from < lower.effective_from:
            faults.append(
                f"{higher.subject}: in force from {higher.effective_from.isoformat()}, "
                f"before the lower version {lower.version}."
            )
    return faults
