"""The procedure and each step of its form as people would see them; nothing is stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from authority.profile import AuthorityProfile
from chassis.clock import Clock
from services.procedures.catalogue.model import ProcedureDefinition, State, Vocabulary
from services.procedures.catalogue.views import Reader, detail_view
from services.procedures.dossiers.recap import form_state_view
from services.procedures.editing.checking import DEFINITION
from services.procedures.editing.keeping import ReadDraft
from services.procedures.editing.model import DefinitionFaulty
from services.procedures.forms.cleaning import Setting
from services.procedures.forms.model import NO_FORM
from services.procedures.forms.reading import read_pages
from services.procedures.requests.answers import typing_of

Typed = Mapping[str, Mapping[str, Any]]


class Previewer:
    """Shows drafts as if they were published today."""

    def __init__(self, profile: AuthorityProfile, clock: Clock) -> None:
        self._profile = profile
        self._clock = clock
        self._communes = {commune.insee: commune.name for commune in profile.communes}

    def preview(
        self, known: ReadDraft, vocabulary: Vocabulary, typed: Typed, language: str
    ) -> dict[str, Any]:
        """Return the procedure's page, what its form shows after `typed` (by page), and the
        faults of each page. Raise `DefinitionFaulty` while the draft cannot be loaded.
        """
        definition = _loadable(known)
        today = self._clock.today(self._profile.zone)
        form = definition.form or NO_FORM
        kept = {page.id: typing_of(page, typed.get(page.id, {})) for page in form.pages}
        reading = read_pages(form, kept, Setting(language, self._communes, today))
        errors = {
            page.id: [
                {"pointer": "/answers/" + one.field.replace(".", "/"), "message": one.message}
                for one in reading.clean(page).errors
            ]
            for page in form.pages
        }
        reader = Reader(language, today)
        return {
            "procedure": detail_view(definition, vocabulary, self._profile, reader),
            "form_state": form_state_view(form, reading, kept, self._communes, language),
            "errors": errors,
        }


def _loadable(known: ReadDraft) -> ProcedureDefinition:
    definition = known.checked.definition
    faults = [found for found in known.checked.findings if found.check == DEFINITION]
    if definition is None or faults:
        raise DefinitionFaulty(faults=[one.view(known.checked.document, "fr") for one in faults])
    version = known.draft.version or known.draft.based_on + 1
    return replace(definition, version=version, state=State.PUBLISHED, suspension=None)
