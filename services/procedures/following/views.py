"""The life of a request as JSON, for its owner and for the desk."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from authority.text import Text
from services.procedures.acknowledgements.content import implicit_sentence
from services.procedures.catalogue.model import ImplicitDecision, ProcedureDefinition
from services.procedures.corrections.model import Correction
from services.procedures.documents.model import SupportingDocument
from services.procedures.documents.views import document_view
from services.procedures.following.wording import moved_sentence
from services.procedures.lifecycle.implicit_decision import ImplicitDay
from services.procedures.lifecycle.model import FINAL_STATES, Case, Step
from services.procedures.lifecycle.steps import DECISION_KINDS, STEP_LABELS
from services.procedures.messages.model import Message
from services.procedures.readings.model import Reading
from services.procedures.requests.model import Request

READING_LABELS = {
    "opened": Text(fr="Un agent a ouvert votre demande", en="An agent opened your request"),
    "file": Text(fr="Un agent a ouvert un document joint", en="An agent opened a document"),
    "export": Text(
        fr="Votre demande figure dans une liste extraite par le service",
        en="Your request is part of a list drawn up by the service",
    ),
    "application": Text(
        fr="L’application du service a lu votre demande",
        en="The service’s application read your request",
    ),
}
# what of a step's detail is told
TOLD = ("reason", "deadline_on", "fields", "documents")


def step_view(step: Step, language: str) -> dict[str, Any]:
    """Return the JSON shape of a step, with what was said of it."""
    return {
        "position": step.position,
        "at": step.at.isoformat(),
        "kind": step.kind,
        "label": STEP_LABELS[step.kind].in_language(language),
        "by": step.actor,
        "letter": step.kind in DECISION_KINDS,
        **{name: step.detail[name] for name in TOLD if name in step.detail},
    }


def reading_view(reading: Reading, language: str) -> dict[str, Any]:
    """Return the JSON shape of a reading: who read is told by quality, never by name."""
    return {
        "at": reading.at.isoformat(),
        "by": reading.reader_kind,
        "purpose": reading.purpose,
        "label": READING_LABELS[reading.purpose].in_language(language),
    }


def message_views(
    messages: Sequence[Message], documents: Iterable[SupportingDocument]
) -> list[dict[str, Any]]:
    """Return the JSON shape of messages, with their files that are still there."""
    files = {document.id: document for document in documents}
    return [
        {
            "id": str(message.id),
            "at": message.sent_at.isoformat(),
            "author": message.author,
            "text": message.text,
            "files": [document_view(files[one]) for one in message.files if one in files],
        }
        for message in messages
    ]


def correction_view(
    correction: Correction, definition: ProcedureDefinition, reason: str, language: str
) -> dict[str, Any]:
    """Return what the person is asked, field by field."""
    asked = definition.form.questions() if definition.form else ()
    return {
        "asked_at": correction.asked_at.isoformat(),
        "deadline_on": correction.deadline_on.isoformat(),
        "reason": reason,
        "fields": [
            {"field": field.id, "page": page.id, "label": field.label.in_language(language)}
            for page, field in asked
            if field.id in correction.fields
        ],
        "documents": [
            {"document": spec.id, "label": spec.label.in_language(language)}
            for spec in definition.documents
            if spec.id in correction.documents
        ],
    }


def delay_view(case: Case, today: date, zone: ZoneInfo) -> dict[str, Any]:
    """Return the promised delay beside the real one, in days (REQ-11)."""
    filed_on = case.filed_at.astimezone(zone).date()
    ended = case.decided_at if case.state in FINAL_STATES else None
    last = ended.astimezone(zone).date() if ended else today
    return {
        "promised_on": case.due_on.isoformat() if case.due_on else None,
        "promised_days": (case.due_on - filed_on).days if case.due_on else None,
        "days": (last - filed_on).days,
        "decided_on": last.isoformat() if ended else None,
        "late": case.due_on is not None and last > case.due_on,
    }


def implicit_view(
    day: ImplicitDay, request: Request, rule: ImplicitDecision, language: str
) -> dict[str, Any]:
    """Return when silence decides now, and how missing papers moved the day (CRPA L114-5)."""
    announced = request.filing.implicit_decision_on if request.filing else None
    return {
        "on": day.on.isoformat() if day.on else None,
        "outcome": str(rule.outcome),
        "announced_on": announced.isoformat() if announced else None,
        "awaited_since": day.awaited_since.isoformat() if day.awaited_since else None,
        "label": implicit_sentence(day.on, str(rule.outcome), language),
        "moved": moved_sentence(day, announced, language),
    }
