"""Full-text search in memory, in one language (CAT-02)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from services.procedures.catalogue.model import ProcedureDefinition, Vocabulary
from services.procedures.catalogue.search_words import (
    fold,
    meaningful,
    stem,
    stems,
    surface_words,
)

TITLE, KEYWORDS, PURPOSE, SYNONYM, REST = 8.0, 5.0, 3.0, 2.0, 1.0
EXACT, PREFIX, MISSPELT = 1.0, 0.7, 0.5
PREFIX_LENGTH = 3
QUERY_CHARACTERS = 200
QUERY_WORDS = 10


@dataclass(frozen=True)
class Found:
    """Ids of the procedures, best first, and the query as it was perhaps meant."""

    ids: tuple[str, ...]
    suggestion: str | None = None


class SearchIndex:
    """Weights of stems by procedure, and the words that the procedures use."""

    def __init__(
        self, language: str, definitions: Iterable[ProcedureDefinition], vocabulary: Vocabulary
    ) -> None:
        self._language = language
        self._weights: dict[str, dict[str, float]] = {}
        self._surfaces: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        groups = vocabulary.synonyms_en if language == "en" else vocabulary.synonyms_fr
        synonyms = [[(phrase, stems(phrase, language)) for phrase in group] for group in groups]
        for definition in definitions:
            title = surface_words(definition.title.in_language(language))
            self._titles[definition.id] = fold(" ".join(title))
            own = self._add_texts(definition, vocabulary)
            self._add_synonyms(definition.id, own, synonyms)

    def all_ids(self) -> tuple[str, ...]:
        """Return every id in the alphabetical order of the titles."""
        return tuple(sorted(self._titles, key=lambda found: (self._titles[found], found)))

    def search(self, query: str) -> Found:
        """Return the procedures that match the most words of the query, best first.

        The order is the same each time: weight, then title, then id.
        """
        words = [fold(word) for word in surface_words(query[:QUERY_CHARACTERS])]
        words = [word for word in words if meaningful(word, self._language)][:QUERY_WORDS]
        matches = [self._match(word) for word in words]
        scores: dict[str, list[float]] = {}
        for match in matches:
            for procedure_id, score in match.scores.items():
                scores.setdefault(procedure_id, []).append(score)
        most = max(map(len, scores.values()), default=0)
        ids = [found for found, parts in scores.items() if len(parts) == most]
        ids.sort(key=lambda found: (-sum(scores[found]), self._titles[found], found))
        corrected = any(match.correction for match in matches)
        meant = " ".join(
            match.correction or word for match, word in zip(matches, words, strict=True)
        )
        return Found(tuple(ids), meant if corrected else None)

    def _add_texts(self, definition: ProcedureDefinition, vocabulary: Vocabulary) -> set[str]:
        """Index a procedure; return the stems of what it is about, to find its synonyms by."""
        subject: set[str] = set()
        for weight, text in _texts(definition, self._language, vocabulary):
            found = self._add_text(definition.id, weight, text)
            if weight > REST:
                subject.update(found)
        return subject

    def _add_text(self, procedure_id: str, weight: float, text: str) -> list[str]:
        found = []
        for surface in surface_words(text):
            word = fold(surface)
            if not meaningful(word, self._language):
                continue
            self._surfaces.setdefault(word, surface)
            found.append(stem(word, self._language))
            weights = self._weights.setdefault(found[-1], {})
            weights[procedure_id] = max(weight, weights.get(procedure_id, 0.0))
        return found

    def _add_synonyms(
        self, procedure_id: str, own: set[str], groups: list[list[tuple[str, list[str]]]]
    ) -> None:
        """Give a procedure that uses one phrase of a group the words of the others."""
        for group in groups:
            if any(own.issuperset(found) for _, found in group):
                for phrase, _ in group:
                    self._add_text(procedure_id, SYNONYM, phrase)

    def _match(self, word: str) -> "_Match":
        """Match as it stands or as the beginning of a word, otherwise as a misspelling."""
        scores: dict[str, float] = {}
        self._lift(scores, stem(word, self._language), EXACT)
        if len(word) >= PREFIX_LENGTH:
            for known in self._surfaces:
                if known.startswith(word):
                    self._lift(scores, stem(known, self._language), PREFIX)
        return _Match(scores) if scores else self._match_misspelt(word)

    def _match_misspelt(self, word: str) -> "_Match":
        scores: dict[str, float] = {}
        near = self._near_words(word)
        for known in near:
            self._lift(scores, stem(known, self._language), MISSPELT)
        return _Match(scores, self._surfaces[near[0]] if near else None)

    def _near_words(self, word: str) -> list[str]:
        """Return the nearest known words: one mistake in a short word, two in a long one."""
        mistakes = 0 if len(word) < 4 else 1 if len(word) < 6 else 2
        if not mistakes:
            return []
        near = extract(
            word, sorted(self._surfaces), scorer=OSA.distance, score_cutoff=mistakes, limit=None
        )
        least = min((distance for _, distance, _ in near), default=0)
        return [known for known, distance, _ in near if distance == least]

    def _lift(self, scores: dict[str, float], found: str, factor: float) -> None:
        for procedure_id, weight in self._weights.get(found, {}).items():
            scores[procedure_id] = max(scores.get(procedure_id, 0.0), weight * factor)


@dataclass(frozen=True)
class _Match:
    """Where a word of the query was found, and the word that it was taken for."""

    scores: Mapping[str, float]
    correction: str | None = None


def _texts(
    definition: ProcedureDefinition, language: str, vocabulary: Vocabulary
) -> Iterator[tuple[float, str]]:
    """Yield the texts of a procedure with their weights."""
    yield TITLE, definition.title.in_language(language)
    yield KEYWORDS, definition.keywords.in_language(language)
    yield PURPOSE, definition.purpose.in_language(language)
    rest = [definition.description, *(document.label for document in definition.documents)]
    rest += [term.label for term in vocabulary.themes if term.id in definition.themes]
    rest += [term.label for term in vocabulary.audiences if term.id in definition.audiences]
    rest += [part.name for part in (definition.partner, definition.payment) if part is not None]
    for text in rest:
        if text is not None:
            yield REST, text.in_language(language)
