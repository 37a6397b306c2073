"""What differs between two versions of one field. Standard library."""

from collections.abc import Iterator, Mapping

from authority.text import Text
from services.procedures.amendments.model import Change, ChangeKind
from services.procedures.forms.model import FormField, Option

LIMITS = ("min", "max", "length_limit", "decimals", "local")
CONDITIONS = ("show", "require", "follows")
CALCULATION = ("value", "result")
EXPLANATIONS = ("help", "text")


def field_changes(before: FormField, after: FormField, within: Text | None) -> Iterator[Change]:
    """Yield the differences of a field that both versions have; `within` is its group's label."""

    def change(kind: ChangeKind, old: tuple[Text, ...] = (), new: tuple[Text, ...] = ()) -> Change:
        return Change(kind, named(after, within), after.id, before=old, after=new)

    if before.label != after.label:
        yield change(ChangeKind.FIELD_RENAMED, (before.label,), (after.label,))
    if before.type is not after.type:
        yield change(ChangeKind.TYPE_CHANGED)
        return
    if before.required != after.required:
        more = after.required
        yield change(ChangeKind.NOW_REQUIRED if more else ChangeKind.NO_LONGER_REQUIRED)
    yield from _option_changes(before, after, within)
    if _differ(before, after, LIMITS):
        yield change(ChangeKind.LIMITS_CHANGED)
    if _differ(before, after, CONDITIONS):
        yield change(ChangeKind.CONDITION_CHANGED)
    if _differ(before, after, CALCULATION):
        yield change(ChangeKind.CALCULATION_CHANGED)
    if _differ(before, after, EXPLANATIONS):
        yield change(ChangeKind.FIELD_EXPLAINED)
    yield from _inner_changes(before, after)


def named(field: FormField, within: Text | None) -> Text:
    """Return how a field is called, with its group."""
    if within is None:
        return field.label
    return Text(f"{within.fr} – {field.label.fr}", f"{within.en} – {field.label.en}")


def _differ(before: FormField, after: FormField, names: tuple[str, ...]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _option_changes(before: FormField, after: FormField, within: Text | None) -> Iterator[Change]:
    old, new = _by_value(before.options), _by_value(after.options)
    label = named(after, within)
    removed = tuple(old[value].label for value in old if value not in new)
    added = tuple(new[value].label for value in new if value not in old)
    if added:
        yield Change(ChangeKind.CHOICES_ADDED, label, after.id, after=added)
    if removed:
        yield Change(ChangeKind.CHOICES_REMOVED, label, after.id, before=removed)
    kept = [(old[value], new[value]) for value in old if value in new]
    reworded = [(one, other) for one, other in kept if one != other]
    if reworded:
        yield Change(
            ChangeKind.CHOICES_REWORDED,
            label,
            after.id,
            before=tuple(one.label for one, _ in reworded),
            after=tuple(other.label for _, other in reworded),
        )


def _by_value(options: tuple[Option, ...]) -> Mapping[str, Option]:
    return {option.value: option for option in options}


def _inner_changes(before: FormField, after: FormField) -> Iterator[Change]:
    """Yield the differences of the fields of a group's items."""
    old = {field.id: field for field in before.fields}
    new = {field.id: field for field in after.fields}
    for name, field in new.items():
        if name in old:
            yield from field_changes(old[name], field, after.label)
        else:
            yield Change(ChangeKind.FIELD_ADDED, named(field, after.label), after.id)
    for name, field in old.items():
        if name not in new:
            yield Change(ChangeKind.FIELD_REMOVED, named(field, after.label), after.id)
