"""The authority's legal texts: one file for each document, version and language.

`legal/<slug>/v<version>.<language>.md` is a front matter between two lines of `---`, then
Markdown (CommonMark and tables) whose headings begin at `##`. See docs/authority-profile.md.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields

from authority.placeholders import fill_placeholders, find_unknown
from authority.profile import AuthorityProfile, load_profile
from authority.profile_fields import one_line, one_of, whole_number
from authority.yaml_source import Fault, YamlSource
from chassis.settings import SettingsFault

LEGAL_FOLDER = "legal"
FENCE, FENCES = "---", 2
FILE_NAME = re.compile(r"legal/([a-z][a-z-]*)/v([1-9]\d*)\.(fr|en)\.md", re.ASCII)


class LegalTextFault(SettingsFault):
    """Texts that cannot be published; `faults` has one line each: `file:line: field: message`."""


@dataclass(frozen=True, slots=True)
class LegalText:
    """A version of a document in one language, its placeholders filled.

    `change` is `material` (to be accepted again) or `editorial`; `path` is relative to the
    authority's folder: `legal/cookies/v1.fr.md`.
    """

    slug: str
    language: str
    version: int
    title: str
    effective_from: datetime
    change: str
    summary: str
    markdown: str
    path: Path


class FrontMatterSchema(Schema):
    """What a text says of itself."""

    title = one_line()
    version = whole_number()
    effective_from = fields.AwareDateTime(required=True, format="iso")
    change = one_of("material", "editorial")
    summary = one_line()


def load_legal_texts(folder: Path) -> list[LegalText]:
    """Read every text of an authority's folder, by slug, version and language.

    Raises `ProfileFault`, or `LegalTextFault` with the faults of all the texts.
    """
    reader = _Reader(folder, load_profile(folder))
    paths = sorted((folder / LEGAL_FOLDER).glob("*/*.md"))
    found = [text for path in paths if (text := reader.read(path.relative_to(folder))) is not None]
    if not paths:
        reader.refuse(LEGAL_FOLDER, 1, "holds no text")
    if reader.faults:
        raise LegalTextFault([str(fault) for fault in sorted(reader.faults)])
    return sorted(found, key=lambda text: (text.slug, text.version, text.language))


class _Reader:
    """Reads texts and gathers their faults."""

    def __init__(self, folder: Path, profile: AuthorityProfile) -> None:
        self.faults: list[Fault] = []
        self._folder = folder
        self._profile = profile

    def refuse(self, file: str, line: int, message: str) -> None:
        """Note a fault of a whole line."""
        self.faults.append(Fault(file, line, "", message))

    def read(self, path: Path) -> LegalText | None:
        """Return the text, or None after noting what is wrong with it."""
        before = len(self.faults)
        file = path.as_posix()
        name = FILE_NAME.fullmatch(file)
        if name is None:
            self.refuse(file, 1, "must be named legal/<slug>/v<number>.<fr or en>.md")
            return None
        slug, version, language = name.groups()
        text = self._text(file)
        if text is None:
            return None
        front, markdown = self._parts(file, text, language)
        facts = self._facts(front, int(version)) if front is not None else {}
        if len(self.faults) > before:
            return None
        words = {"title": facts["title"], "summary": facts["summary"], "markdown": markdown}
        filled = {
            key: fill_placeholders(value, self._profile, language) for key, value in words.items()
        }
        return LegalText(slug=slug, language=language, path=path, **{**facts, **filled})

    def _text(self, file: str) -> str | None:
        try:
            return (self._folder / file).read_text(encoding="utf-8")
        except OSError as error:
            self.refuse(file, 1, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError:
            self.refuse(file, 1, "is not UTF-8 text")
        return None

    def _parts(self, file: str, text: str, language: str) -> tuple[YamlSource | None, str]:
        """Return the front matter and the Markdown, after looking for unknown placeholders."""
        for line, message in find_unknown(text, self._profile, language):
            self.refuse(file, line + 1, message)
        lines = text.splitlines()
        if lines.count(FENCE) < FENCES or lines[0] != FENCE:
            self.refuse(file, 1, f"must begin with a front matter between two lines of {FENCE}")
            return None, ""
        end = lines.index(FENCE, 1)
        markdown = "\n".join(lines[end + 1 :]).strip()
        if not markdown:
            self.refuse(file, end + 1, "has no text after its front matter")
        return YamlSource(file, "\n".join(lines[1:end]), first_line=2), markdown

    def _facts(self, front: YamlSource, version: int) -> dict[str, Any]:
        self.faults += front.faults
        if front.faults:
            return {}
        try:
            facts = dict(FrontMatterSchema().load(front.plain))
        except ValidationError as error:
            self.faults += front.describe(error.messages)
            return {}
        if facts["version"] != version:
            self.faults += front.describe(
                {"version": [f"must be {version}, as in the file's name"]}
            )
        return facts
