"""Which procedures a list shows, in which order, and how many each filter would leave."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.procedures.catalogue.model import ProcedureDefinition, Term
from services.procedures.catalogue.snapshot import Catalogue


@dataclass(frozen=True)
class Filter:
    """What is asked of the list; an empty string asks for everything."""

    language: str
    query: str = ""
    theme: str = ""
    audience: str = ""


@dataclass(frozen=True)
class Listing:
    """The procedures, best first; each theme and audience with its count under the other filters.

    `suggestion` is the query as it was perhaps meant, when a word of it was unknown.
    """

    procedures: tuple[ProcedureDefinition, ...]
    themes: tuple[tuple[Term, int], ...]
    audiences: tuple[tuple[Term, int], ...]
    suggestion: str | None


def list_shown(catalogue: Catalogue, wanted: Filter) -> Listing:
    """Return the list for a filter; an unknown theme or audience leaves nothing."""
    index = catalogue.indexes[wanted.language]
    suggestion = None
    if wanted.query.strip():
        found = index.search(wanted.query)
        ids, suggestion = found.ids, found.suggestion
    else:
        ids = index.all_ids()
    matching = [catalogue.definitions[procedure_id] for procedure_id in ids]
    return Listing(
        procedures=tuple(_kept(matching, wanted)),
        themes=tuple(
            (term, sum(1 for _ in _kept(matching, replace(wanted, theme=term.id))))
            for term in catalogue.vocabulary.themes
        ),
        audiences=tuple(
            (term, sum(1 for _ in _kept(matching, replace(wanted, audience=term.id))))
            for term in catalogue.vocabulary.audiences
        ),
        suggestion=suggestion,
    )


def _kept(
    definitions: Iterable[ProcedureDefinition], wanted: Filter
) -> Iterable[ProcedureDefinition]:
    for definition in definitions:
        in_theme = not wanted.theme or wanted.theme in definition.themes
        if in_theme and (not wanted.audience or wanted.audience in definition.audiences):
            yield definition
