"""What keeps a draft from being filed, and what filing fixes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chassis.errors import DomainError
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.documents.model import SupportingDocument
from services.procedures.forms.reading import FormReading


class RequestIncomplete(DomainError):
    """Answers or documents are missing or faulty; `missing` lists them."""

    code = "request-incomplete"


class NotCertified(DomainError):
    """The person did not certify that the information is exact, current and complete."""

    code = "not-certified"


class VersionReplaced(DomainError):
    """The form was amended and drafts must follow: this one still follows an earlier version."""

    code = "version-replaced"


@dataclass(frozen=True)
class Missing:
    """What still lacks: a field of a page, or a document, with a sentence for the person."""

    message: str
    page: str | None = None
    field: str | None = None
    document: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON shape, without what does not apply."""
        return {name: value for name, value in vars(self).items() if value is not None}


def find_missing(
    reading: FormReading,
    definition: ProcedureDefinition,
    documents: Iterable[SupportingDocument],
    language: str,
) -> list[Missing]:
    """Return everything that keeps a request from being complete, in the form's order."""
    return [
        *_missing_answers(reading, definition),
        *missing_documents(reading, definition, documents, language),
    ]


def missing_documents(
    reading: FormReading,
    definition: ProcedureDefinition,
    documents: Iterable[SupportingDocument],
    language: str,
) -> list[Missing]:
    """Return the required documents that were not joined (CRPA L114-5)."""
    joined = {document.document_id for document in documents if document.counts}
    return [
        Missing(spec.label.in_language(language), document=spec.id)
        for spec in definition.documents
        if spec.required and spec.id not in joined and reading.document_asked(spec.id)
    ]


def _missing_answers(reading: FormReading, definition: ProcedureDefinition) -> list[Missing]:
    return [
        Missing(error.message, page.id, error.field)
        for page in (definition.form.pages if definition.form else ())
        for error in reading.clean(page).errors
    ]
