"""What changed, as JSON, for the owner of a draft."""

from typing import Any

from services.procedures.amendments.model import Change
from services.procedures.amendments.service import Amendment
from services.procedures.amendments.wording import consequence, told
from services.procedures.forms.typing_kept import is_blank


def amendment_view(amendment: Amendment | None, language: str) -> dict[str, Any]:
    """Return `{version, revision, required, changes}`; version is null when nothing changed."""
    if amendment is None:
        return {"version": None, "revision": None, "required": False, "changes": []}
    return {
        "version": amendment.definition.version,
        "revision": amendment.request.revision,
        "required": amendment.required,
        "changes": [_change_view(change, amendment, language) for change in amendment.changes],
    }


def _change_view(change: Change, amendment: Amendment, language: str) -> dict[str, Any]:
    form = amendment.definition.form
    required = {field.id for _, field in form.questions() if field.required} if form else set()
    typed = amendment.request.typed().values()
    answered = any(not is_blank(page.get(change.field)) for page in typed if change.field)
    return {
        "kind": str(change.kind),
        "field": change.field,
        "document": change.document,
        "label": change.label.in_language(language),
        "told": told(change, language),
        "consequence": consequence(
            change, answered=answered, required=change.field in required, language=language
        ),
    }
