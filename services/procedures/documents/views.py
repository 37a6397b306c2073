"""A supporting document as JSON."""

from typing import Any

from services.procedures.documents.model import SupportingDocument


def document_view(document: SupportingDocument) -> dict[str, Any]:
    """Return the JSON shape of a document joined."""
    return {
        "id": str(document.id),
        "document": document.document_id,
        "name": document.name,
        "size": document.size,
        "media_type": document.media_type,
        "pages": document.pages,
        "scan": document.scan,
        "uploaded_at": document.uploaded_at.isoformat(),
    }
