"""A PDF that staff can open: readable, without a password, of a reasonable length."""

import io

from pypdf import PdfReader

from services.procedures.documents.content_check import refuse

MAX_COUNTED = 100_000


def count_pages(content: bytes, limit: int, language: str) -> int:
    """Return how many pages the PDF has; raise `DocumentRefused` when it cannot be kept."""
    try:
        reader = PdfReader(io.BytesIO(content))
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else reader.get_num_pages()
    except Exception:  # pypdf raises anything on a hostile file; all mean the same to a person
        raise refuse(
            "unreadable",
            language,
            "Le PDF est abîmé et ne s’ouvre pas. Enregistrez-le de nouveau, puis renvoyez-le.",
            "The PDF is damaged and does not open. Save it again, then send it.",
        ) from None
    if encrypted:
        raise refuse(
            "protected",
            language,
            "Le PDF est protégé par un mot de passe. Enregistrez-le sans protection.",
            "The PDF is protected by a password. Save it without protection.",
        )
    if not 0 < pages <= MAX_COUNTED or pages > limit:
        raise refuse(
            "too-many-pages",
            language,
            f"Le PDF compte {pages} pages : {limit} au maximum. Gardez les pages utiles.",
            f"The PDF has {pages} pages: {limit} at most. Keep the useful pages.",
        )
    return pages
