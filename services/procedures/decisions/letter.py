"""From a decision's step to the text of its letter: reasons (CRPA L211-5) and remedies."""

from authority.profile import AuthorityProfile
from services.procedures.acknowledgements.content import remedies
from services.procedures.acknowledgements.model import Acknowledgement, Section
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.decisions import wording
from services.procedures.forms.display import long_date
from services.procedures.lifecycle.model import Case, Step


def build_letter(
    case: Case, step: Step, definition: ProcedureDefinition, profile: AuthorityProfile
) -> Acknowledgement:
    """Return the whole letter, in the language in which the request was filed."""
    language = case.language
    filed_on = case.filed_at.astimezone(profile.zone).date()
    introduction = wording.INTRODUCTION.in_language(language).format(
        filed_on=long_date(filed_on, language),
        title=definition.title.in_language(language),
        day=long_date(step.at.astimezone(profile.zone).date(), language),
    )
    service = profile.service(case.service_id)
    reasons = tuple(
        line.strip() for line in str(step.detail["reason"]).splitlines() if line.strip()
    )
    coordinates = (*service.address_lines, service.telephone, service.email)
    return Acknowledgement(
        language=language,
        authority=profile.name.in_language(language),
        authority_lines=tuple(profile.seat.lines),
        title=wording.TITLES[step.kind].in_language(language),
        number=case.number,
        introduction=introduction,
        sections=(
            Section(wording.REASONS.in_language(language), reasons),
            Section(
                wording.SERVICE.in_language(language),
                (service.name.in_language(language), *(line for line in coordinates if line)),
            ),
            Section(wording.REMEDIES.in_language(language), items=remedies(profile, language)),
        ),
    )
