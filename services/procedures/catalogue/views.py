"""A procedure as JSON, in one language: the summary of a list, and the whole page."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt

from authority.profile import AuthorityProfile
from authority.text import Text
from services.procedures.catalogue import wording
from services.procedures.catalogue.availability_view import availability_view
from services.procedures.catalogue.contact_views import service_view, traditional_view
from services.procedures.catalogue.model import (
    DocumentSpec,
    ImplicitDecision,
    PartnerSpec,
    PaymentSpec,
    ProcedureDefinition,
    Vocabulary,
)
from services.procedures.catalogue.periods import Duration
from services.procedures.forms.model import Form
from services.procedures.forms.views import page_view

__all__ = ["Reader", "delay_label", "detail_view", "service_view", "summary_view"]

# definitions are ours, and yet no HTML of theirs passes
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Reader:
    """For whom a view is made: the language, and the day at the authority."""

    language: str
    today: date


def delay_label(definition: ProcedureDefinition, language: str) -> str:
    """Return the usual delay, e.g. `3 semaines`."""
    return duration_label(definition.delay, language)


def duration_label(duration: Duration, language: str) -> str:
    """Return a delay in words, e.g. `2 mois`."""
    one, several = wording.UNITS[duration.unit]
    text = one if duration.value == 1 else several
    return text.in_language(language).format(n=duration.value)


def summary_view(
    definition: ProcedureDefinition, vocabulary: Vocabulary, reader: Reader
) -> dict[str, Any]:
    """Return what a list shows of a procedure."""
    language = reader.language
    themes = [
        {"id": term.id, "label": term.label.in_language(language)}
        for name in definition.themes
        for term in vocabulary.themes
        if term.id == name
    ]
    return {
        "id": definition.id,
        "kind": definition.kind.value,
        "title": definition.title.in_language(language),
        "purpose": definition.purpose.in_language(language),
        "theme": themes[0] if themes else None,
        "themes": themes,
        "audiences": [
            {"id": term.id, "label": term.label.in_language(language)}
            for term in vocabulary.audiences
            if term.id in definition.audiences
        ],
        "cost": definition.cost.in_language(language),
        "delay": delay_label(definition, language),
        "availability": availability_view(definition, reader.today, language),
    }


def detail_view(
    definition: ProcedureDefinition,
    vocabulary: Vocabulary,
    profile: AuthorityProfile,
    reader: Reader,
) -> dict[str, Any]:
    """Return the whole page of a procedure, its form included."""
    language = reader.language
    notice = definition.personal_data
    return {
        **summary_view(definition, vocabulary, reader),
        "version": definition.version,
        "content_hash": definition.content_hash,
        "description_html": _html(_optional(definition.description, language)),
        "documents": [_document_view(spec, language) for spec in definition.documents],
        "service": service_view(profile.service(definition.service), language),
        "implicit_decision": _implicit_view(definition.implicit_decision, language),
        "traditional": traditional_view(definition, profile, language),
        "personal_data": {
            "purpose": notice.purpose.in_language(language),
            "legal_basis": notice.legal_basis.in_language(language),
            "recipients": notice.recipients.in_language(language),
            "retention": notice.retention.in_language(language),
            "rights_contact": profile.data_protection.email,
        },
        "partner": _partner_view(definition.partner, language),
        "payment": _payment_view(definition.payment, language),
        "fee": {"amount_cents": definition.fee.amount_cents} if definition.fee else None,
        "form": _form_view(definition.form, profile, language),
    }


def _document_view(spec: DocumentSpec, language: str) -> dict[str, Any]:
    return {
        "id": spec.id,
        "label": spec.label.in_language(language),
        "help": _optional(spec.help, language),
        "required": spec.required,
        "types": list(spec.types),
        "max_megabytes": spec.max_megabytes,
    }


def _implicit_view(decision: ImplicitDecision | None, language: str) -> dict[str, Any] | None:
    if decision is None:
        return None
    label = wording.IMPLICIT[decision.outcome].in_language(language)
    delay = duration_label(decision.after, language)
    basis = decision.legal_basis.in_language(language).rstrip(".")
    return {
        "after": {"value": decision.after.value, "unit": decision.after.unit.value},
        "outcome": decision.outcome.value,
        "label": label.format(delay=delay, basis=basis),
    }


def _partner_view(partner: PartnerSpec | None, language: str) -> dict[str, Any] | None:
    return None if partner is None else _handoff_view(partner, language)


def _payment_view(payment: PaymentSpec | None, language: str) -> dict[str, Any] | None:
    if payment is None:
        return None
    return {
        "provider": payment.provider,
        **_handoff_view(payment, language),
        "reference_help": payment.reference_help.in_language(language),
    }


def _handoff_view(part: PartnerSpec | PaymentSpec, language: str) -> dict[str, Any]:
    """Who takes over, where, under which terms, and what travels (PAY-05)."""
    return {
        "name": part.name.in_language(language),
        "url": part.url,
        "terms_note": part.terms_note.in_language(language),
        "data_shared": [text.in_language(language) for text in part.data_shared],
    }


def _form_view(
    form: Form | None, profile: AuthorityProfile, language: str
) -> dict[str, Any] | None:
    if form is None:
        return None
    communes = {commune.insee: commune.name for commune in profile.communes}
    return {"pages": [page_view(page, communes, language) for page in form.pages]}


@lru_cache(maxsize=500)
def _html(markdown: str | None) -> str | None:
    return None if markdown is None else MARKDOWN.render(markdown)


def _optional(text: Text | None, language: str) -> str | None:
    return None if text is None else text.in_language(language)
