"""Queues and requests as JSON, for the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.desk.model import Note, QueueRow, Staff
from services.procedures.lifecycle.model import OPEN_STATES, Case, Step, possible_actions
from services.procedures.lifecycle.steps import STATE_LABELS


def row_view(
    row: QueueRow, titles: Mapping[str, str], today: date, language: str
) -> dict[str, Any]:
    """Return the JSON shape of a request in a queue."""
    late = row.due_on is not None and row.state in OPEN_STATES and row.due_on < today
    return {
        "id": str(row.id),
        "number": row.number,
        "service": row.service_id,
        "procedure": {"id": row.procedure_id, "title": titles[row.procedure_id]},
        "state": str(row.state),
        "state_label": STATE_LABELS[row.state].in_language(language),
        "revision": row.revision,
        "assigned_to": str(row.assigned_to) if row.assigned_to else None,
        "filed_at": row.filed_at.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "late": late,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
    }


def case_view(case: Case, staff: Staff) -> dict[str, Any]:
    """Return what the desk needs to act: state, revision, what this agent may do."""
    actor = staff.author(case.service_id).actor
    return {
        "service_id": case.service_id,
        "revision": case.revision,
        "assigned_to": str(case.assigned_to) if case.assigned_to else None,
        "entered_at_counter": case.entered_by is not None,
        "has_account": case.account_id is not None,
        "quality": str(actor),
        "actions": [str(action) for action in possible_actions(case.state, actor)],
    }


def staff_of_steps(steps: Sequence[Step]) -> dict[int, str]:
    """Return who made each step of the desk, by its position."""
    return {step.position: str(step.staff_id) for step in steps if step.staff_id is not None}


def note_view(note: Note) -> dict[str, Any]:
    """Return the JSON shape of a private note."""
    return {
        "id": str(note.id),
        "at": note.at.isoformat(),
        "staff_id": str(note.staff_id),
        "text": note.text,
    }


def askable_documents(definition: ProcedureDefinition, language: str) -> list[dict[str, str]]:
    """Return the documents that the person may be asked for, joined already or not."""
    return [
        {"document": one.id, "label": one.label.in_language(language)}
        for one in definition.documents
    ]
