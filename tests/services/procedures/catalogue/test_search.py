"""Finding a procedure by words."""

import unicodedata

import pytest

from services.procedures.catalogue.definition_files import SourceFolder
from services.procedures.catalogue.search_index import Found, SearchIndex

pytestmark = pytest.mark.promise("CAT-02")


@pytest.fixture(scope="module")
def french(shipped: SourceFolder) -> SearchIndex:
    return _index("fr", shipped)


@pytest.fixture(scope="module")
def english(shipped: SourceFolder) -> SearchIndex:
    return _index("en", shipped)


def plain_letters(text: str) -> str:
    return unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()


def _index(language: str, shipped: SourceFolder) -> SearchIndex:
    definitions = [found.definition for found in shipped.definitions]
    return SearchIndex(language, definitions, shipped.vocabulary)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("déchèterie", "carte-decheterie"),
        ("DECHETERIES", "carte-decheterie"),
        ("dechettrie", "carte-decheterie"),
        ("déchets verts", "carte-decheterie"),
        ("encombrant", "collecte-encombrants"),
        ("poubelle", "composteur-bac"),
        ("ma poubelle est cassée", "composteur-bac"),
        ("composter", "composteur-bac"),
        ("mediateque", "carte-bibliotheque"),
        ("bibliotheques", "carte-bibliotheque"),
        ("école", "transport-scolaire"),
        ("car scolaire", "transport-scolaire"),
        ("préinscription crêche", "preinscription-creche"),
        ("garderie", "preinscription-creche"),
        ("HLM", "demande-logement-social"),
        ("comment payer ma facture d’eau ?", "paiement-facture-eau"),
        ("tipi", "paiement-facture-eau"),
        ("trou dans la rue", "signalement-voirie"),
        ("lampadaires", "signalement-voirie"),
        ("tout-à-l'égout", "branchement-eau-assainissement"),
        ("subventions club", "subvention-association-sportive"),
        ("start-up", "aide-creation-entreprise"),
        ("étal", "emplacement-marche"),
        ("CADA", "communication-document-administratif"),
        ("décheter", "carte-decheterie"),
    ],
)
def test_it_finds_in_french(french: SearchIndex, query: str, first: str) -> None:
    assert french.search(query).ids[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("bins", "composteur-bac"),
        ("librairy", "carte-bibliotheque"),
        ("pay a water bill", "paiement-facture-eau"),
        ("council housing", "demande-logement-social"),
        ("potholes", "signalement-voirie"),
    ],
)
def test_it_finds_in_english(english: SearchIndex, query: str, first: str) -> None:
    assert english.search(query).ids[0] == first


def test_it_suggests_the_word_that_a_misspelling_was_taken_for(french: SearchIndex) -> None:
    assert french.search("dechettrie").suggestion == "déchèterie"
    assert french.search("carte de dechettrie").suggestion == "carte déchèterie"
    assert french.search("déchèterie").suggestion is None
    assert french.search("dechet").suggestion is None


@pytest.mark.parametrize("query", ["", "  ", "le la les", "???", "xyzzyplugh", "\x00", "😀" * 500])
def test_it_finds_nothing_without_failing(french: SearchIndex, query: str) -> None:
    assert french.search(query) == Found(())


def test_a_very_long_query_is_cut(french: SearchIndex) -> None:
    assert french.search("poubelle " * 10_000).ids[0] == "composteur-bac"


def test_a_title_weighs_more_than_a_keyword(french: SearchIndex) -> None:
    found = french.search("carte").ids
    assert found[0] == "carte-decheterie"
    assert len(found) > 1


def test_the_order_is_the_same_each_time(shipped: SourceFolder) -> None:
    definitions = [found.definition for found in shipped.definitions]
    forward = SearchIndex("fr", definitions, shipped.vocabulary)
    backward = SearchIndex("fr", reversed(definitions), shipped.vocabulary)
    for query in ("demande", "eau", "carte", "gratuit", "entreprise", "associatoin"):
        assert forward.search(query) == backward.search(query)


def test_without_words_the_order_is_alphabetical(
    french: SearchIndex, shipped: SourceFolder
) -> None:
    titles = {found.definition.id: found.definition.title.fr for found in shipped.definitions}
    ids = french.all_ids()
    assert set(ids) == set(titles)
    # neither accents nor apostrophes count
    plain = [plain_letters(titles[name]).lower() for name in ids]
    assert plain == sorted(plain)
