"""Drafts as JSON, in the language of who edits, and what a form of the editor may offer."""

from typing import Any

from authority.profile import AuthorityProfile
from services.procedures.catalogue.model import DOCUMENT_TYPES, Kind, Outcome, Vocabulary, Way
from services.procedures.catalogue.periods import Unit
from services.procedures.editing.keeping import ReadDraft
from services.procedures.editing.model import Draft, TrailEntry
from services.procedures.editing.places import part_at
from services.procedures.editing.words_checked import CHECKS
from services.procedures.forms.model import AUTOCOMPLETE_NAMES, PREFILL_NAMES, FieldType


def summary_view(draft: Draft) -> dict[str, Any]:
    """Return what a list shows of a draft."""
    return {
        "id": str(draft.id),
        "procedure": draft.procedure_id,
        "state": draft.state.value,
        "based_on": draft.based_on,
        "writers": [str(one) for one in draft.writers],
        "approver": str(draft.approver) if draft.approver else None,
        "version": draft.version,
        "refusal": draft.refusal,
        "revision": draft.revision,
        "created_at": draft.created_at.isoformat(),
        "updated_at": draft.updated_at.isoformat(),
    }


def draft_view(known: ReadDraft, language: str) -> dict[str, Any]:
    """Return a draft whole: its YAML, its data, everything to mend and every check."""
    document = known.checked.document
    findings = [found.view(document, language) for found in known.checked.findings]
    wrong = {found["check"] for found in findings}
    title = part_at(document, ("title", language))
    return {
        **summary_view(known.draft),
        "title": title if isinstance(title, str) and title else known.draft.procedure_id,
        "in_force": known.in_force,
        "source": known.draft.source,
        "document": document,
        "content_hash": known.checked.content_hash,
        "findings": findings,
        "checks": [
            {"id": name, "label": label.in_language(language), "good": name not in wrong}
            for name, label in CHECKS.items()
        ],
    }


def entry_view(entry: TrailEntry) -> dict[str, Any]:
    """Return an entry of the history."""
    return {
        "position": entry.position,
        "at": entry.recorded_at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }


def choices_view(
    profile: AuthorityProfile, vocabulary: Vocabulary, language: str
) -> dict[str, Any]:
    """Return what a definition may name: `{id, label}` where people read it, else ids."""
    return {
        "services": [
            {"id": found.id, "label": found.name.in_language(language)}
            for found in profile.services.values()
        ],
        "counters": [
            {"id": found.id, "label": found.name.in_language(language)}
            for found in profile.counters.values()
        ],
        "themes": [
            {"id": term.id, "label": term.label.in_language(language)} for term in vocabulary.themes
        ],
        "audiences": [
            {"id": term.id, "label": term.label.in_language(language)}
            for term in vocabulary.audiences
        ],
        "kinds": [kind.value for kind in Kind],
        "units": [unit.value for unit in Unit],
        "outcomes": [outcome.value for outcome in Outcome],
        "ways": [way.value for way in Way],
        "field_types": [kind.value for kind in FieldType],
        "document_types": list(DOCUMENT_TYPES),
        "prefill": list(PREFILL_NAMES),
        "autocomplete": list(AUTOCOMPLETE_NAMES),
    }
