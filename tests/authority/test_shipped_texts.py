"""The shipped texts: both languages alike, every fact that must be stated, French set as French."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from authority.legal_texts import LegalText, load_legal_texts
from authority.profile import default_folder, load_profile
from authority.text import LANGUAGES, Text

NOTICE, TERMS, PRIVACY = "mentions-legales", "conditions-generales", "confidentialite"
COOKIES, ACCESS = "cookies", "accessibilite"
PROPERTY, HONOUR = "propriete-intellectuelle", "declaration-honneur"
PARTNERS = "partenaires"
SLUGS = {NOTICE, TERMS, PRIVACY, COOKIES, ACCESS, PROPERTY, HONOUR, PARTNERS}

SEAT = "3 rue du Colisée, 30947 Nîmes Cedex 9"
PENALTIES = ("441-1", "3 ans d’emprisonnement et 45 000 €", "226-4-1")
OPINION = "28 mars 2013"

# what each text must state, in French (spaces of every kind are alike)
FACTS: Mapping[str, tuple[str, ...]] = {
    NOTICE: (
        *("Communauté d’Agglomération Nîmes Métropole", SEAT, "04 66 02 55 55", "243000643"),
        *("www.nimes-metropole.fr", "direction de la publication", "Direction de la communication"),
        *("webmaster@nimes-metropole.fr", "Hôtel communautaire", "Le Colisée", "suggestions"),
        *("OVH SAS, 2 rue Kellermann, 59100 Roubaix", "09 72 10 10 07", "EUPL 1.2"),
        *("Archriss", "TYPO3 (licence GNU GPL)", "Claude Corbier", "Terraluna", "Ville de Nîmes"),
        *("L112-8", "article 4 de l’ordonnance n° 2005-1516 du 8 décembre 2005"),
        *("erreur, d’omission ou de défaut", "Dans les limites de la loi"),
    ),
    TERMS: (
        *("facultatives et gratuites", "Seule votre connexion", "sans jamais les remplacer"),
        *("L112-8", "L112-9", "L112-11", "n° 2005-1516 du 8 décembre 2005", OPINION),
        *("avant toute utilisation d’une démarche ou la création d’un compte", "chaque demande"),
        *("guichet, courrier, téléphone, télécopie", "Aucun compte n’est nécessaire"),
        *(
            "DGFiP",
            "TIPI",
            "DGME",
            "qui lui ont succédé",
            "convention",
            "sous votre responsabilité",
        ),
        *("la référence, le montant, l’objet et votre adresse électronique", "numéro de carte"),
        *("nom, adresse, date de naissance", "préremplir", "L’identifiant ne change plus"),
        *("au moins 12 caractères", "aucun lien avec vous", "différent pour chaque service"),
        *("ne répond pas des dommages", "mot de passe ou de votre numéro de demande"),
        *("webmaster@nimes-metropole.fr", f"CANM, Direction des Systèmes d’Information, {SEAT}"),
        *("sans préavis ni indemnité", "illicite ou frauduleuse", "exactes, à jour et complètes"),
        *(*PENALTIES, "1 an d’emprisonnement et 15 000 €", "actions civiles et pénales"),
        *("Internet Explorer 7", "Firefox 3", "Safari et Chrome, sur Mac et sur PC", "à jour"),
        *("7 jours sur 7 et 24 heures sur 24", "plan de reprise", "période annoncée"),
        *("suspendre une démarche sans préavis", "utiliser les autres moyens", "aucune indemnité"),
        *("ni déformées, ni endommagées", "aucun usage commercial", "peuvent être modifiées"),
        *("78-17 du 6 janvier 1978", "RGPD", "cil@nimes-metropole.fr", "Secrétariat général"),
        *("identifiant de votre compte", "deux mois", "16 avenue Feuchères, 30000 Nîmes"),
        *("Retirer votre accord", "la page et la langue", "formulaire de contact"),
    ),
    PRIVACY: (
        *("78-17 du 6 janvier 1978", "RGPD", OPINION, "cil@nimes-metropole.fr", "CIL"),
        *(
            f"Secrétariat général, {SEAT}",
            "identifiant de votre compte",
            "toutes sauf l’identifiant",
        ),
        *("accéder à vos données", "rectifier", "vous opposer", "effacer", "limiter", "emporter"),
        *("un mois", "deux mois", "CNIL", "72 heures", "ni vendues", "fins commerciales"),
        *("dans les cas prévus par la loi", "10 ans", "24 mois sans connexion", "12 mois au plus"),
        *("quelles réponses sont obligatoires", "L113-12", "L114-8", "ni déformées"),
        *("modifier ou les supprimer à tout moment", "FranceConnect", "webmestre", "180 jours"),
    ),
    COOKIES: (
        "cookies de session",
        "`langue`",
        "`__Host-parvis`",
        "formulaires",
        "article 82",
        "78-17",
    ),
    ACCESS: (
        *("Accessibilité : non conforme", "pas encore été audité", "RGAA", "4.1.2", "WCAG 2.1"),
        *("2005-102", "webmaster@nimes-metropole.fr", "Défenseur des droits", "trois ans"),
        *("09 69 39 00 00", "schéma pluriannuel"),
    ),
    PROPERTY: (
        *("L111-1", "L122-5", "accord écrit", "usage privé", "tiers", "webmaster@"),
        *("omission ou défaut", "suggestions"),
    ),
    PARTNERS: (
        *("DGFiP", "TIPI", "PayFiP", "DGME", "succédé", "convention", "FranceConnect"),
        *("la référence, le montant, l’objet et votre adresse électronique", "numéro de carte"),
        *("ses conditions", "chaque partenaire répond de son service", "sous votre responsabilité"),
        *("jamais le formulaire d’un partenaire", "webmaster@", "aucune indemnité"),
    ),
    HONOUR: (
        *("certifie sur l’honneur", "exacts, à jour et complets", "autres personnes"),
        *(*PENALTIES, "1 an d’emprisonnement et 15 000 €", "y compris en ligne"),
        *("suspendre la demande ou y mettre fin", "conservés comme preuve"),
    ),
}

STATED = [(slug, fact) for slug, facts in FACTS.items() for fact in facts]

# what a fact has in common in both languages: numbers, articles, addresses of every kind
COMMON = re.compile(r"https?://[^\s>)]+|[\w.-]+@[\w.-]+|\(/[a-z-]+\)|\b[LR]?\d{2,}(?:[.-]\d+)*")
NOT_PROSE = re.compile(r"\]\([^)]*\)|<[^>]*>|`[^`]*`|https?://\S+")
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
WRONG_FRENCH = re.compile(r"['\"]| [;:!?»€]|[^\s\u202f\u00a0][;:!?»](?!\w)|«(?!\u00a0)|\d h\b")


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, str], LegalText]:
    return {(text.slug, text.language): text for text in load_legal_texts(default_folder())}


def prose(text: str) -> str:
    """The words without addresses and code."""
    return NOT_PROSE.sub("]", text)


def plain(text: str) -> str:
    """The text with every kind of space alike."""
    return " ".join(text.split())


def words(part: Any) -> Iterator[Text]:
    """Every bilingual text of the profile."""
    if isinstance(part, Text):
        yield part
    elif is_dataclass(part):
        for one in fields(part):
            yield from words(getattr(part, one.name))
    elif isinstance(part, tuple | Mapping):
        for one in part.values() if isinstance(part, Mapping) else part:
            yield from words(one)


@pytest.mark.promise("LEG-01")
def test_every_text_has_both_languages(texts: dict[tuple[str, str], LegalText]) -> None:
    assert set(texts) == {(slug, language) for slug in SLUGS for language in LANGUAGES}


@pytest.mark.promise("LEG-01", "LEG-06")
@pytest.mark.parametrize(("slug", "fact"), STATED)
def test_a_text_states(texts: dict[tuple[str, str], LegalText], slug: str, fact: str) -> None:
    assert fact in plain(texts[slug, "fr"].markdown)


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_the_translation_has_the_same_parts_and_the_same_facts(
    texts: dict[tuple[str, str], LegalText], slug: str
) -> None:
    french, english = (texts[slug, language].markdown for language in LANGUAGES)
    assert HEADING.findall(french) == HEADING.findall(english)
    assert [line[:2] for line in french.splitlines() if line[:2] in ("- ", "| ")] == [
        line[:2] for line in english.splitlines() if line[:2] in ("- ", "| ")
    ]
    assert french.count("\n\n") == english.count("\n\n")
    assert figures(french) == figures(english)


def figures(text: str) -> list[str]:
    """Numbers, articles of law and addresses: what a translation leaves as it is."""
    # « 24 heures sur 24 » is "24 hours a day"
    text = re.sub(r"(\d+)\s(heures|jours)\ssur\s\1\b", r"\1 \2", text)
    return sorted(COMMON.findall(re.sub(r"(?<=\d)[ ,\u00a0](?=\d{3}\b)", "", text)))


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_headings_begin_at_the_second_level_and_skip_none(
    texts: dict[tuple[str, str], LegalText], slug: str
) -> None:
    previous = 1
    for marks in HEADING.findall(texts[slug, "fr"].markdown):
        assert 2 <= len(marks) <= previous + 1
        previous = len(marks)


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_french_is_set_as_french(texts: dict[tuple[str, str], LegalText], slug: str) -> None:
    french, english = texts[slug, "fr"], texts[slug, "en"]
    for line in (french.title, french.summary, *french.markdown.splitlines()):
        assert not WRONG_FRENCH.search(prose(line)), line
    for line in (english.title, english.summary, *english.markdown.splitlines()):
        assert not re.search(r"['\"]| [;:!?]|«|»", prose(line)), line


def test_the_profile_is_set_as_french() -> None:
    found = list(words(load_profile(default_folder())))
    assert len(found) > 30
    for text in found:
        assert not WRONG_FRENCH.search(prose(text.fr)), text.fr
        assert not re.search(r"['\"]| [;:!?]", prose(text.en)), text.en


def test_no_text_claims_more_accessibility_than_the_profile(
    texts: dict[tuple[str, str], LegalText],
) -> None:
    assert load_profile(default_folder()).accessibility.level == "none"
    assert "Accessibility: not compliant." in texts[ACCESS, "en"].markdown
