"""From text to comparable words: case and accents folded, small words left out, stemmed."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

WORD = re.compile(r"[^\W_]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
STEMMERS = {"fr": "french", "en": "english"}
SMALL_WORDS = {
    "fr": (
        "a ai au aux avec ce ces cet cette chez comment dans de des du elle en est et etre eux il "
        "ils je la le les leur leurs lui ma mais me mes mon ne nos notre nous on ou par pas pour "
        "puis qu que qui sa se ses si son sont sur ta te tes ton tu un une vos votre vous y "
        "faire veux voudrais souhaite quel quelle quels quelles comme"
    ),
    "en": (
        "a an and are as at be by can do does for from get how i if in is it its me my need of on "
        "or our that the their them they this to want we what where which with you your"
    ),
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}


def fold(text: str) -> str:
    """Return the text without case, accents and ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def surface_words(text: str) -> list[str]:
    """Return the words as written, in small letters; an elided article is a word of its own."""
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def meaningful(word: str, language: str) -> bool:
    """Say whether a folded word is worth searching: small words and elided articles are not."""
    return len(word) > 1 and word not in STOP_WORDS[language]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word: plurals and feminines meet."""
    return str(snowballstemmer.stemmer(STEMMERS[language]).stemWord(word))


def stems(text: str, language: str) -> list[str]:
    """Return the stems of the meaningful words of a text, in order."""
    folded = [fold(word) for word in surface_words(text)]
    return [stem(word, language) for word in folded if meaningful(word, language)]
