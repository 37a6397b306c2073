"""A sentence in the two languages of the portal."""

from dataclasses import dataclass

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads: French, and its complete English translation."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English for `en`, the French for anything else."""
        return self.en if language == "en" else self.fr
