"""What differs between two versions of a procedure, in the order of the form (CAT-07).

Only what the owner of a draft meets: keywords, themes and the like are left out.
"""

from collections.abc import Iterator

from authority.text import Text
from services.procedures.amendments.fields import field_changes
from services.procedures.amendments.model import Change, ChangeKind
from services.procedures.catalogue.model import DocumentSpec, ProcedureDefinition
from services.procedures.forms.model import NO_FORM, Form, FormField, FormPage

DOCUMENT_LIMITS = ("types", "max_megabytes", "max_pages", "strip_metadata")
FEE = Text("Frais à payer en ligne", "Fee to pay online")
COST = Text("Coût de la démarche", "Cost of the procedure")
DELAY = Text("Délai habituel", "Usual time")
SILENCE = Text("Ce que vaut l’absence de réponse", "What the absence of an answer means")
NOTICE = Text("Vos données personnelles", "Your personal data")


def differences(before: ProcedureDefinition, after: ProcedureDefinition) -> list[Change]:
    """Return every change, field by field, then documents, then the rest of the procedure."""
    return [
        *_form_changes(before.form or NO_FORM, after.form or NO_FORM),
        *_document_changes(before, after),
        *_rest(before, after),
    ]


def _places(form: Form) -> dict[str, tuple[FormPage, FormField]]:
    return {field.id: (page, field) for page in form.pages for field in page.fields}


def _form_changes(before: Form, after: Form) -> Iterator[Change]:
    old, new = _places(before), _places(after)
    for page in after.pages:
        former = before.find_page(page.id)
        if former is None:
            yield Change(ChangeKind.PAGE_ADDED, page.title)
        elif former.show != page.show:
            yield Change(ChangeKind.PAGE_CONDITION, page.title)
        for field in page.fields:
            yield from _placed_changes(old.get(field.id), page, field)
    for page in before.pages:
        if after.find_page(page.id) is None:
            yield Change(ChangeKind.PAGE_REMOVED, page.title)
        for field in page.fields:
            if field.id not in new and field.asks:
                yield Change(ChangeKind.FIELD_REMOVED, field.label, field.id)


def _placed_changes(
    former: tuple[FormPage, FormField] | None, page: FormPage, field: FormField
) -> Iterator[Change]:
    if former is None:
        if field.asks:
            yield Change(ChangeKind.FIELD_ADDED, field.label, field.id)
        return
    former_page, former_field = former
    if former_page.id != page.id and field.asks:
        titles = ((former_page.title,), (page.title,))
        yield Change(ChangeKind.FIELD_MOVED, field.label, field.id, None, *titles)
    yield from field_changes(former_field, field, None)


def _document_changes(before: ProcedureDefinition, after: ProcedureDefinition) -> Iterator[Change]:
    for spec in after.documents:
        former = before.find_document(spec.id)
        if former is None:
            yield _of_document(ChangeKind.DOCUMENT_ADDED, spec)
            continue
        if former.required != spec.required:
            more = spec.required
            yield _of_document(
                ChangeKind.DOCUMENT_NOW_REQUIRED
                if more
                else ChangeKind.DOCUMENT_NO_LONGER_REQUIRED,
                spec,
            )
        if any(getattr(former, name) != getattr(spec, name) for name in DOCUMENT_LIMITS):
            yield _of_document(ChangeKind.DOCUMENT_LIMITS, spec)
    for spec in before.documents:
        if after.find_document(spec.id) is None:
            yield _of_document(ChangeKind.DOCUMENT_REMOVED, spec)


def _of_document(kind: ChangeKind, spec: DocumentSpec) -> Change:
    return Change(kind, spec.label, document=spec.id)


def _rest(before: ProcedureDefinition, after: ProcedureDefinition) -> Iterator[Change]:
    if before.fee != after.fee:
        yield Change(ChangeKind.FEE_CHANGED, FEE, before=_fee(before), after=_fee(after))
    if before.cost != after.cost:
        yield Change(ChangeKind.COST_CHANGED, COST, before=(before.cost,), after=(after.cost,))
    if before.delay != after.delay:
        yield Change(ChangeKind.DELAY_CHANGED, DELAY)
    if before.implicit_decision != after.implicit_decision:
        yield Change(ChangeKind.SILENCE_CHANGED, SILENCE)
    if before.personal_data != after.personal_data:
        yield Change(ChangeKind.NOTICE_CHANGED, NOTICE)


def _fee(definition: ProcedureDefinition) -> tuple[Text, ...]:
    cents = definition.fee.amount_cents if definition.fee else 0
    euros, rest = divmod(cents, 100)
    return (Text(f"{euros},{rest:02d}\u00a0€", f"€{euros}.{rest:02d}"),)
