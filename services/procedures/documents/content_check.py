"""A file's real kind, read from its bytes: the name and the declared type are not believed."""

import io
import struct
import zipfile
from collections.abc import Collection

import puremagic

from services.procedures.documents.model import FILE_KINDS, DocumentRefused

SIGNATURES = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
ENDINGS = {"pdf": b"%%EOF", "jpeg": b"\xff\xd9", "png": b"IEND\xaeB`\x82"}
TAIL_BYTES = 2048
# a PDF reader looks for its mark this far: what bears it there is a PDF too
PDF_MARK_BYTES = 1024
ARCHIVE = b"PK\x03\x04"
ARCHIVE_ENTRIES = 2000
ARCHIVE_BYTES = 100_000_000
MACRO_ENDS = ("vbaproject.bin", "vbadata.xml", ".exe", ".js", ".vbs")
MACRO_FOLDERS = ("Basic/", "Scripts/")
LABELS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG", "odt": "ODT", "docx": "DOCX"}


def file_kind(content: bytes, accepted: Collection[str], language: str) -> str:
    """Return which accepted kind `content` is.

    A file of another kind, cut short, or of two kinds at once raises `DocumentRefused`.
    """
    if not content:
        raise DocumentRefused("empty", _say(language, "Le fichier est vide.", "The file is empty."))
    kind = _archive_kind(content) if content.startswith(ARCHIVE) else _plain_kind(content)
    if kind is None or kind not in accepted:
        kinds = ", ".join(LABELS[name] for name in sorted(accepted))
        raise DocumentRefused(
            "wrong-type",
            _say(
                language,
                f"Ce fichier n’est pas d’un type accepté. Envoyez un fichier {kinds}.",
                f"This type of file is not accepted. Send a {kinds} file.",
            ),
        )
    if kind in ENDINGS and ENDINGS[kind] not in content[-TAIL_BYTES:]:
        raise DocumentRefused(
            "truncated",
            _say(
                language,
                "Le fichier est incomplet ou abîmé. Ouvrez-le pour le vérifier, puis renvoyez-le.",
                "The file is incomplete or damaged. Open it to check, then send it again.",
            ),
        )
    if _is_another_too(content, kind):
        raise refuse(
            "two-files",
            language,
            "Ce fichier en cache un autre. Enregistrez-le de nouveau, puis renvoyez-le.",
            "This file hides another one. Save it again, then send it.",
        )
    return kind


def refuse(reason: str, language: str, french: str, english: str) -> DocumentRefused:
    """Build a refusal in the person's language."""
    return DocumentRefused(reason, _say(language, french, english))


def refuse_too_large(limit_megabytes: int, language: str) -> DocumentRefused:
    """Build the refusal of a file above the limit."""
    return DocumentRefused(
        "too-large",
        _say(
            language,
            f"Le fichier dépasse {limit_megabytes} Mo. "
            "Réduisez-le, ou apportez le document au guichet.",
            f"The file is larger than {limit_megabytes} MB. "
            "Make it smaller, or bring the document in.",
        ),
    )


def _plain_kind(content: bytes) -> str | None:
    kind = next((name for name, start in SIGNATURES.items() if content.startswith(start)), None)
    try:
        found = str(puremagic.from_string(content, mime=True))
    except (puremagic.PureError, ValueError):
        return None
    return kind if kind is not None and found == FILE_KINDS[kind][1] else None


def _archive_kind(content: bytes) -> str | None:
    """Tell an office document by its table of contents; a bomb or a macro is none (5.2.3)."""
    entries = _entries(content)
    if entries is None:
        return None
    names = {entry.filename for entry in entries}
    too_large = sum(entry.file_size for entry in entries) > ARCHIVE_BYTES
    if len(entries) > ARCHIVE_ENTRIES or too_large or any(map(_is_macro, names)):
        return None
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return "docx"
    opendocument = FILE_KINDS["odt"][1].encode()
    declared = content[38 : 38 + len(opendocument)]
    return "odt" if "content.xml" in names and declared == opendocument else None


def _is_another_too(content: bytes, kind: str) -> bool:
    """Say whether other programs would find an archive or a PDF in it (polyglot files)."""
    if kind != "pdf" and SIGNATURES["pdf"] in content[:PDF_MARK_BYTES]:
        return True
    return kind in SIGNATURES and bool(_entries(content))


def _entries(content: bytes) -> list[zipfile.ZipInfo] | None:
    """Return an archive's table of contents; None when it is no archive."""
    try:
        return zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        return None


def _is_macro(name: str) -> bool:
    """Say whether an entry holds code: a person's document needs none."""
    return name.lower().endswith(MACRO_ENDS) or name.startswith(MACRO_FOLDERS)


def _say(language: str, french: str, english: str) -> str:
    return english if language == "en" else french
