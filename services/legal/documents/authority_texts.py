"""The authority's legal texts, as its folder holds them, seen from here."""

from pathlib import Path

from authority.legal_texts import LegalText, load_legal_texts
from authority.text import LANGUAGES
from services.legal.documents.model import DocumentText, DocumentVersion, PublicationRefused


def load_versions(folder: Path) -> list[DocumentVersion]:
    """Read every version in every language; raise `PublicationRefused` when they do not agree."""
    groups: dict[tuple[str, int], dict[str, LegalText]] = {}
    for text in load_legal_texts(folder):
        groups.setdefault((text.slug, text.version), {})[text.language] = text
    faults = [fault for texts in groups.values() for fault in _faults(texts)]
    if faults:
        raise PublicationRefused(faults)
    return [_version(texts) for texts in groups.values()]


def _faults(texts: dict[str, LegalText]) -> list[str]:
    first = next(iter(texts.values()))
    faults = [
        f"{first.path}: its translation '{language}' is missing."
        for language in LANGUAGES
        if language not in texts
    ]
    return faults + [
        f"{text.path}: its date and change must be those of {first.path.name}."
        for text in texts.values()
        if (text.effective_from, text.change) != (first.effective_from, first.change)
    ]


def _version(texts: dict[str, LegalText]) -> DocumentVersion:
    first = next(iter(texts.values()))
    return DocumentVersion(
        slug=first.slug,
        version=first.version,
        effective_from=first.effective_from,
        change=first.change,
        texts={
            text.language: DocumentText(
                text.language, text.title, text.summary, text.markdown, str(text.path)
            )
            for text in texts.values()
        },
    )
