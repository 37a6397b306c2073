"""From a filed request to the text of its acknowledgement (law: CRPA R112-5, R112-11-1, L114-5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from authority.profile import AuthorityProfile
from authority.text import Text
from services.procedures.acknowledgements import wording
from services.procedures.acknowledgements.model import Acknowledgement, Section
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.catalogue.views import delay_label
from services.procedures.declarations.model import Declaration
from services.procedures.forms.display import long_date
from services.procedures.requests.model import Filing, Request


@dataclass(frozen=True)
class FiledRequest:
    """A filed request, its procedure's version, the documents it lacks, the text certified."""

    request: Request
    filing: Filing
    definition: ProcedureDefinition
    missing_documents: tuple[str, ...]
    declaration: Declaration


def build_acknowledgement(filed: FiledRequest, profile: AuthorityProfile) -> Acknowledgement:
    """Return the whole text, in the language in which the request was filed."""
    language = filed.request.language
    title = filed.definition.title.in_language(language)
    return Acknowledgement(
        language=language,
        authority=profile.name.in_language(language),
        authority_lines=tuple(profile.seat.lines),
        title=wording.TITLE.in_language(language),
        number=filed.filing.number,
        introduction=wording.INTRODUCTION.in_language(language).format(title=title),
        sections=(
            _request_section(filed, profile.zone, language),
            _service_section(filed, profile, language),
            _missing_section(filed.missing_documents, language),
            _decision_section(filed, language),
            _remedies_section(profile, language),
        ),
    )


def implicit_decision_label(filing: Filing, language: str) -> str:
    """Return what silence means and when, as the filing fixed it."""
    return implicit_sentence(filing.implicit_decision_on, filing.implicit_outcome, language)


def implicit_sentence(day: date | None, outcome: str | None, language: str) -> str:
    """Return what silence means and when, as a sentence."""
    if day is None or outcome is None:
        return wording.NO_IMPLICIT.in_language(language)
    label: Text = wording.IMPLICIT_LABELS[outcome]
    return label.in_language(language).format(day=long_date(day, language))


def remedies(profile: AuthorityProfile, language: str) -> tuple[str, ...]:
    """Return the remedies, one sentence each."""
    return tuple(text.in_language(language) for text in profile.remedies)


def follow_section(code: str, address: str, language: str) -> Section:
    """Return the part that only the mail has: how to follow, and the secret code."""
    how = wording.FOLLOW_HOW.in_language(language).format(address=address)
    keep = wording.KEEP_CODE.in_language(language)
    return Section(wording.FOLLOW.in_language(language), (how, code, keep))


def _request_section(filed: FiledRequest, zone: ZoneInfo, language: str) -> Section:
    local = filed.filing.filed_at.astimezone(zone)
    time = local.strftime("%H:%M" if language == "en" else "%H h %M")
    received = wording.RECEIVED_AT.in_language(language).format(
        day=long_date(local.date(), language), time=time
    )
    terms, declaration = filed.request.terms, filed.declaration
    return Section(
        wording.YOUR_REQUEST.in_language(language),
        facts=(
            (wording.NUMBER.in_language(language), filed.filing.number),
            (wording.RECEIVED.in_language(language), received),
            (
                wording.CERTIFIED.in_language(language),
                wording.CERTIFIED_TEXT.in_language(language).format(
                    title=declaration.title,
                    version=declaration.version,
                    hash=declaration.content_hash[:16],
                    at=received,
                ),
            ),
            (
                wording.TERMS.in_language(language),
                wording.TERMS_TEXT.in_language(language).format(
                    version=terms.version, hash=terms.content_hash[:16]
                ),
            ),
        ),
    )


def _service_section(filed: FiledRequest, profile: AuthorityProfile, language: str) -> Section:
    service = profile.service(filed.definition.service)
    facts = [
        (wording.ADDRESS.in_language(language), ", ".join(service.address_lines)),
        (wording.TELEPHONE.in_language(language), service.telephone),
        (wording.EMAIL.in_language(language), service.email),
    ]
    return Section(
        wording.SERVICE.in_language(language),
        paragraphs=(service.name.in_language(language),),
        facts=tuple((label, text) for label, text in facts if text),
    )


def _missing_section(missing: Iterable[str], language: str) -> Section:
    items = tuple(missing)
    nothing = () if items else (wording.NOTHING_MISSING.in_language(language),)
    return Section(wording.MISSING.in_language(language), paragraphs=nothing, items=items)


def _decision_section(filed: FiledRequest, language: str) -> Section:
    facts = [(wording.USUAL_DELAY.in_language(language), delay_label(filed.definition, language))]
    implicit = filed.definition.implicit_decision
    if implicit is not None:
        basis = implicit.legal_basis.in_language(language)
        facts.append((wording.LEGAL_BASIS.in_language(language), basis))
    return Section(
        wording.DECISION.in_language(language),
        paragraphs=(implicit_decision_label(filed.filing, language),),
        facts=tuple(facts),
    )


def _remedies_section(profile: AuthorityProfile, language: str) -> Section:
    return Section(wording.REMEDIES.in_language(language), items=remedies(profile, language))
