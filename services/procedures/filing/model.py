"""What keeps a draft from being filed, and what filing fixes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.errors import DomainError
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.documents.model import SupportingDocument
from services.procedures.forms.model import FormPage
from services.procedures.forms.validation import CleanedPage
from services.procedures.requests.model import Request


class RequestIncomplete(DomainError):
    """Answers or documents are missing or faulty; `missing` lists them."""

    code = "request-incomplete"


class NotCertified(DomainError):
    """The person did not certify that the information is exact, current and complete."""

    code = "not-certified"


Clean = Callable[[FormPage, Mapping[str, Any], str], CleanedPage]


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
    request: Request,
    definition: ProcedureDefinition,
    documents: Iterable[SupportingDocument],
    clean: Clean,
    language: str,
) -> list[Missing]:
    """Return everything that keeps the request from being complete, in the form's order."""
    return [
        *_missing_answers(request, definition, clean, language),
        *missing_documents(definition, documents, language),
    ]


def missing_documents(
    definition: ProcedureDefinition, documents: Iterable[SupportingDocument], language: str
) -> list[Missing]:
    """Return the required documents that were not joined (CRPA L114-5)."""
    joined = {document.document_id for document in documents if document.counts}
    return [
        Missing(spec.label.in_language(language), document=spec.id)
        for spec in definition.documents
        if spec.required and spec.id not in joined
    ]


def _missing_answers(
    request: Request, definition: ProcedureDefinition, clean: Clean, language: str
) -> list[Missing]:
    missing: list[Missing] = []
    for page in definition.form.pages if definition.form else ():
        answers = request.pages.get(page.id)
        cleaned = clean(page, answers.typed if answers else {}, language)
        missing += [Missing(error.message, page.id, error.field) for error in cleaned.errors]
    return missing
