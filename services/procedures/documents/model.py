"""What a supporting document is and why one is refused (REQ-02, security 5.2.1-5.2.2)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authority.text import Text
from chassis.errors import DomainError
from services.procedures.catalogue.model import DOCUMENT_TYPES, DocumentSpec

MAX_NAME = 120
MAX_FILES_PER_DOCUMENT = 5
# to one request, for each document asked and for all the messages
MAX_FILES_AFTER_FILING = 40
MESSAGE_FILES = "message"
# what goes with a message, from either side
MESSAGE_SPEC = DocumentSpec(
    id=MESSAGE_FILES,
    label=Text(fr="Fichier joint à un message", en="File sent with a message"),
    help=None,
    required=False,
    types=("pdf", "jpeg", "png", "odt", "docx"),
    max_megabytes=10,
)

# kind accepted by a definition -> extensions a name may bear, media type
FILE_KINDS: dict[str, tuple[frozenset[str], str]] = {
    "pdf": (frozenset({"pdf"}), "application/pdf"),
    "jpeg": (frozenset({"jpg", "jpeg"}), "image/jpeg"),
    "png": (frozenset({"png"}), "image/png"),
    "odt": (frozenset({"odt"}), DOCUMENT_TYPES["odt"]),
    "docx": (frozenset({"docx"}), DOCUMENT_TYPES["docx"]),
}


class DocumentRefused(DomainError):
    """The file cannot be taken; `errors` says why in the person's words."""

    code = "document-refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, errors=[{"pointer": "/file", "code": reason, "message": message}])


class DocumentUnknown(DomainError):
    """The procedure asks for no such document, or no such file was joined."""

    code = "document-not-found"


class DocumentQuarantined(DomainError):
    """The antivirus has not said yet whether the file is safe: it is not given out."""

    code = "document-quarantined"


# what the antivirus said
UNSCANNED, PENDING, CLEAN, INFECTED = "unscanned", "pending", "clean", "infected"


@dataclass(frozen=True)
class SupportingDocument:
    """A file joined to a request; `size` in bytes, `pages` for a PDF."""

    id: UUID
    request_id: UUID
    document_id: str
    name: str
    media_type: str
    size: int
    content_hash: bytes
    blob_key: str
    uploaded_at: datetime
    pages: int | None = None
    scan: str = UNSCANNED

    @property
    def counts(self) -> bool:
        """Say whether it serves as the document asked for: an infected one does not."""
        return self.scan != INFECTED


def clean_name(name: str, kind: str) -> str:
    """Return a name safe to show and to give back: no path, no control, a fitting extension."""
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        letter
        for letter in base
        if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*'
    ).strip(" .")
    stem, _, extension = kept.rpartition(".")
    extensions, _ = FILE_KINDS[kind]
    if extension.lower() not in extensions:
        stem, extension = kept, sorted(extensions)[0]
    return f"{(stem or 'document')[:MAX_NAME]}.{extension.lower()}"


def refuse_infected(language: str) -> DocumentRefused:
    """Build the refusal of a file in which a virus was found."""
    message = (
        "A virus was found in this file: it was not kept. Check your device, then send another."
        if language == "en"
        else "Un virus a été trouvé dans ce fichier : il n’a pas été conservé. "
        "Vérifiez votre appareil, puis envoyez un autre fichier."
    )
    return DocumentRefused("infected", message)


def refuse_too_many(language: str, limit: int = MAX_FILES_PER_DOCUMENT) -> DocumentRefused:
    """Build the refusal of one file more than a document may have."""
    message = (
        f"No more than {limit} files for one document. Remove one first."
        if language == "en"
        else f"Pas plus de {limit} fichiers par pièce. Retirez-en un d’abord."
    )
    return DocumentRefused("too-many", message)
