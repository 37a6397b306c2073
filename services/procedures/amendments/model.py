"""One difference between two versions of a procedure, as its owner is told of it (CAT-07)."""

from dataclasses import dataclass
from enum import StrEnum

from authority.text import Text
from chassis.errors import DomainError


class ChangeKind(StrEnum):
    """What changed."""

    PAGE_ADDED = "page_added"
    PAGE_REMOVED = "page_removed"
    PAGE_CONDITION = "page_condition"
    FIELD_ADDED = "field_added"
    FIELD_REMOVED = "field_removed"
    FIELD_MOVED = "field_moved"
    FIELD_RENAMED = "field_renamed"
    FIELD_EXPLAINED = "field_explained"
    TYPE_CHANGED = "type_changed"
    NOW_REQUIRED = "now_required"
    NO_LONGER_REQUIRED = "no_longer_required"
    CHOICES_ADDED = "choices_added"
    CHOICES_REMOVED = "choices_removed"
    CHOICES_REWORDED = "choices_reworded"
    LIMITS_CHANGED = "limits_changed"
    CONDITION_CHANGED = "condition_changed"
    CALCULATION_CHANGED = "calculation_changed"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_REMOVED = "document_removed"
    DOCUMENT_NOW_REQUIRED = "document_now_required"
    DOCUMENT_NO_LONGER_REQUIRED = "document_no_longer_required"
    DOCUMENT_LIMITS = "document_limits"
    FEE_CHANGED = "fee_changed"
    COST_CHANGED = "cost_changed"
    DELAY_CHANGED = "delay_changed"
    SILENCE_CHANGED = "silence_changed"
    NOTICE_CHANGED = "notice_changed"


@dataclass(frozen=True)
class Change:
    """A difference. `field` and `document` are ids; `before` and `after` what is compared."""

    kind: ChangeKind
    label: Text
    field: str | None = None
    document: str | None = None
    before: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()


class AmendmentChanged(DomainError):
    """The version that the person accepts is not the current one, or no longer."""

    code = "amendment-changed"
