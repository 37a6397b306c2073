"""What a publication leaves in the audit trail, and what the authority's files may still change."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from services.legal.documents.model import DocumentVersion, Origin, StoredVersion, sha256_of


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


def is_intact(stored: StoredVersion, actor: str, witnessed: Mapping[str, Any]) -> bool:
    """Say whether a version is still what the audit trail witnessed, by whom it did."""
    hashes = {language: text.content_hash for language, text in stored.content.texts.items()}
    published = publication_detail(stored.content, stored.html)
    return stored.hashes == hashes and witnessed == published and actor == stored.origin.publisher


def may_replace(stored: StoredVersion, now: datetime) -> bool:
    """Say whether the files may still correct a version: theirs, standing, not in force yet."""
    return (
        stored.content.effective_from > now
        and stored.origin == Origin()
        and stored.cancelled_at is None
    )


def change_fault(former: StoredVersion, offered: DocumentVersion) -> str:
    """Return the line that refuses a change of a published version, naming the first file."""
    stored = former.content
    changed = [
        text
        for language, text in sorted(offered.texts.items())
        if text != stored.texts.get(language)
    ]
    texts = changed or list(offered.texts.values())
    place = texts[0].source if texts else offered.subject
    if former.cancelled_at is not None:
        standing = f"was cancelled on {former.cancelled_at.isoformat()}"
    elif former.origin != Origin():
        standing = "was published by staff"
    else:
        standing = f"is in force since {stored.effective_from.isoformat()}"
    return (
        f"{place}: version {stored.version} {standing} "
        f"and can no longer change (values taken from the profile included): "
        f"publish the new text as a higher version."
    )


def order_faults(versions: Sequence[DocumentVersion]) -> list[str]:
    """Return a line for each version that would not come into force after the lower ones."""
    faults = []
    ordered = sorted(versions, key=lambda one: (one.slug, one.version))
    for lower, higher in pairwise(ordered):
        if lower.slug == higher.slug and higher.effective_from <= lower.effective_from:
            faults.append(
                f"{higher.subject}: in force from {higher.effective_from.isoformat()}, "
                f"not after the lower version {lower.version}."
            )
    return faults
