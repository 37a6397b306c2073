"""What an acknowledgement of filing says (CRPA L112-11, R112-5, R112-11-1)."""

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Section:
    """A titled part: paragraphs, label-and-text facts, then list items."""

    title: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Acknowledgement:
    """The whole text, in one language, ready for the PDF and the mail."""

    language: str
    authority: str
    authority_lines: tuple[str, ...]
    title: str
    number: str
    introduction: str
    sections: tuple[Section, ...] = field(default=())

    def with_section(self, section: Section) -> "Acknowledgement":
        """Return the same text with one part more, put first."""
        return replace(self, sections=(section, *self.sections))

    def as_document(self) -> dict[str, Any]:
        """Return the shape that the PDF's template reads."""
        return {
            "language": self.language,
            "authority": self.authority,
            "authority_lines": list(self.authority_lines),
            "title": self.title,
            "number": self.number,
            "introduction": self.introduction,
            "sections": [
                {
                    "title": section.title,
                    "paragraphs": list(section.paragraphs),
                    "facts": [{"label": label, "text": text} for label, text in section.facts],
                    "items": list(section.items),
                }
                for section in self.sections
            ],
        }

    def as_text(self) -> str:
        """Return the same content as the plain text of a mail."""
        parts = [self.introduction]
        for section in self.sections:
            lines = [section.title.upper()]
            lines += section.paragraphs
            lines += [f"{label} : {text}" for label, text in section.facts]
            lines += [f"- {item}" for item in section.items]
            parts.append("\n".join(lines))
        parts.append("\n".join([self.authority, *self.authority_lines]))
        return "\n\n".join(parts) + "\n"
