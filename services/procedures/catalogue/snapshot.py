"""The catalogue in memory: immutable, built at once from the database, shared by all requests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.procedures.catalogue.definition_schema import SuspensionPart, load_definition
from services.procedures.catalogue.model import (
    ProcedureDefinition,
    ProcedureNotFound,
    State,
    Vocabulary,
)
from services.procedures.catalogue.repository import StoredProcedure
from services.procedures.catalogue.search_index import SearchIndex
from services.procedures.catalogue.vocabulary import load_vocabulary


@dataclass(frozen=True)
class Catalogue:
    """Every current definition by id, withdrawn ones too, and the indexes of those shown."""

    revision: int
    definitions: Mapping[str, ProcedureDefinition]
    vocabulary: Vocabulary
    indexes: Mapping[str, SearchIndex]

    @property
    def shown(self) -> tuple[ProcedureDefinition, ...]:
        """Return the definitions that the public sees, in the order of their ids."""
        return tuple(found for found in self.definitions.values() if found.is_shown)

    def find_current(self, procedure_id: str) -> ProcedureDefinition | None:
        """Return a definition that the public sees, or None."""
        found = self.definitions.get(procedure_id)
        return found if found is not None and found.is_shown else None

    def find_shown(self, procedure_id: str) -> ProcedureDefinition:
        """Return a definition that the public sees, or raise `ProcedureNotFound`."""
        found = self.find_current(procedure_id)
        if found is None:
            raise ProcedureNotFound
        return found

    def with_present_state(self, definition: ProcedureDefinition) -> ProcedureDefinition:
        """Return any version of a procedure with the state that the procedure has now."""
        present = self.definitions.get(definition.id)
        if present is None:
            return replace(definition, state=State.WITHDRAWN, suspension=None)
        return replace(definition, state=present.state, suspension=present.suspension)


def build_catalogue(
    revision: int, vocabulary_document: Mapping[str, Any], stored: Iterable[StoredProcedure]
) -> Catalogue:
    """Build the catalogue from what the database holds; before any loading it is empty."""
    vocabulary = (
        load_vocabulary(vocabulary_document) if vocabulary_document else Vocabulary((), (), (), ())
    )
    definitions = {found.id: _definition(found) for found in stored}
    shown = [found for found in definitions.values() if found.is_shown]
    indexes = {language: SearchIndex(language, shown, vocabulary) for language in ("fr", "en")}
    return Catalogue(revision, definitions, vocabulary, indexes)


def _definition(stored: StoredProcedure) -> ProcedureDefinition:
    suspension = SuspensionPart().load(dict(stored.suspension)) if stored.suspension else None
    definition = load_definition(stored.document, stored.version)
    return replace(definition, state=stored.state, suspension=suspension, held_by=stored.held_by)
