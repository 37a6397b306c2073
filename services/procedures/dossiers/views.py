"""A request as JSON, for its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from authority.profile import AuthorityProfile
from services.procedures.acknowledgements.content import implicit_decision_label, remedies
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.catalogue.views import service_view
from services.procedures.documents.model import SupportingDocument
from services.procedures.documents.views import document_view
from services.procedures.dossiers.recap import form_state_view, recap_view
from services.procedures.filing.model import Missing
from services.procedures.forms.reading import FormReading
from services.procedures.lifecycle.model import State
from services.procedures.lifecycle.steps import INTERNAL_KINDS, STATE_LABELS, STEP_LABELS
from services.procedures.requests.model import Event, Request


@dataclass(frozen=True)
class NewerVersion:
    """A version published since a draft was begun; `required` when it must be followed."""

    version: int
    required: bool


@dataclass(frozen=True)
class Dossier:
    """Everything about a request that its owner may see."""

    request: Request
    definition: ProcedureDefinition
    reading: FormReading
    documents: Sequence[SupportingDocument]
    missing: Sequence[Missing]
    tracking_code: str | None
    newer_version: NewerVersion | None = None


def request_view(
    dossier: Dossier, profile: AuthorityProfile, communes: dict[str, str], language: str
) -> dict[str, Any]:
    """Return the JSON shape of a request."""
    request, definition = dossier.request, dossier.definition
    view: dict[str, Any] = {
        "id": str(request.id),
        "state": request.state,
        "state_label": STATE_LABELS[State(request.state)].in_language(language),
        "procedure": {"id": definition.id, "title": definition.title.in_language(language)},
        "version": request.version,
        "newer_version": vars(dossier.newer_version) if dossier.newer_version else None,
        "language": request.language,
        "of_account": request.account_id is not None,
        "answers": {
            name: raw for page in request.pages.values() for name, raw in page.typed.items()
        },
        "recap": recap_view(request, definition.form, dossier.reading, communes, language),
        "form_state": form_state_view(
            definition.form, dossier.reading, request.typed(), communes, language
        ),
        "documents": [document_view(document) for document in dossier.documents],
        "missing": [lack.as_dict() for lack in dossier.missing],
        "revision": request.revision,
        "updated_at": request.updated_at.isoformat(),
        "events": [
            event_view(event, language)
            for event in request.events
            if event.kind not in INTERNAL_KINDS
        ],
        "service": service_view(profile.service(definition.service), language),
    }
    return view | _filing_view(dossier, profile, language)


def event_view(event: Event, language: str) -> dict[str, Any]:
    """Return the JSON shape of a step."""
    label = STEP_LABELS[event.kind].in_language(language)
    return {"at": event.at.isoformat(), "kind": event.kind, "label": label}


def _filing_view(dossier: Dossier, profile: AuthorityProfile, language: str) -> dict[str, Any]:
    filing = dossier.request.filing
    if filing is None:
        return {}
    decided = filing.implicit_decision_on
    lacking = [lack.message for lack in dossier.missing if lack.document]
    return {
        "number": filing.number,
        "filed_at": filing.filed_at.isoformat(),
        "tracking_code": dossier.tracking_code,
        "acknowledgement": {
            "reception_date": filing.filed_at.astimezone(profile.zone).date().isoformat(),
            "implicit_decision_date": decided.isoformat() if decided else None,
            "implicit_outcome": filing.implicit_outcome,
            "implicit_outcome_label": implicit_decision_label(filing, language),
            "missing_documents": lacking,
            "remedies": list(remedies(profile, language)),
        },
    }
