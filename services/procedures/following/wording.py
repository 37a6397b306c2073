"""How the day of an implicit decision moved, in words (CRPA L114-5)."""

from datetime import date

from authority.text import Text
from services.procedures.forms.display import long_date
from services.procedures.lifecycle.implicit_decision import ImplicitDay

NOT_RUNNING = Text(
    fr="Le délai ne court pas tant que ce qui vous est demandé depuis le {since} n’est pas reçu.",
    en="The delay does not run until what you have been asked for since {since} is received.",
)
SUSPENDED = Text(
    fr="Le délai est suspendu depuis le {since}, en attendant ce qui vous est demandé. "
    "Répondre plus tôt avance cette date.",
    en="The delay has stood still since {since}, until what you are asked for is received. "
    "Answering sooner brings this date forward.",
)
MOVED = Text(
    fr="L’accusé de réception annonçait le {announced}\u00a0: la date a changé parce que la "
    "demande a été complétée.",
    en="The acknowledgement said {announced}: the date changed because the request was completed.",
)


def moved_sentence(day: ImplicitDay, announced: date | None, language: str) -> str | None:
    """Return why the day is not the one announced, None when it is."""
    if day.awaited_since is not None:
        text = NOT_RUNNING if day.on is None else SUSPENDED
        since = long_date(day.awaited_since, language)
        return text.in_language(language).format(since=since)
    if announced is None or day.on == announced:
        return None
    return MOVED.in_language(language).format(announced=long_date(announced, language))
