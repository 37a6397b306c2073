"""A draft read and checked: by the same loader as the files, then for accessibility."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path as FilePath
from typing import Any

from authority.profile import AuthorityProfile
from authority.text import Text
from services.procedures.catalogue.definition_files import (
    PROCEDURES_FOLDER,
    check_file,
    known_names,
    read_shared,
)
from services.procedures.catalogue.definition_schema import STATE_KEYS, content_hash
from services.procedures.catalogue.model import ProcedureDefinition, Vocabulary
from services.procedures.catalogue.shared_parts import SharedParts
from services.procedures.catalogue.yaml_files import (
    Fault,
    UnreadableFile,
    YamlFile,
    read_yaml_text,
)
from services.procedures.editing.accessibility import Remark, remarks_of
from services.procedures.editing.fault_words import fault_text
from services.procedures.editing.model import SourceRefused
from services.procedures.editing.places import Path, place_in_words, read_path

DEFINITION = "definition"
SLUG_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 80
KEPT = 32


@dataclass(frozen=True)
class Finding:
    """Something to mend, or to think of. `check` is "definition" or one of accessibility's.

    `line` is that of the YAML, from 1; `stops` forbids the submission.
    """

    check: str
    line: int
    path: Path
    message: Text
    stops: bool = True

    def view(self, document: Any, language: str) -> dict[str, Any]:
        """Return it in words."""
        return {
            "check": self.check,
            "line": self.line,
            "path": list(self.path),
            "where": place_in_words(document, self.path, language),
            "message": self.message.in_language(language),
            "stops": self.stops,
        }


@dataclass(frozen=True)
class CheckedSource:
    """What a draft says. `definition` is None while its shape is wrong."""

    document: Mapping[str, Any]
    definition: ProcedureDefinition | None
    findings: tuple[Finding, ...]

    @property
    def content_hash(self) -> str:
        """Return the SHA-256 of the definition, whatever its faults."""
        return content_hash(self.document)

    @property
    def stopping(self) -> list[Finding]:
        """Return what forbids the submission."""
        return [found for found in self.findings if found.stops]


class SourceChecker:
    """Reads drafts as `make check-procedures` reads files."""

    def __init__(self, authority_folder: FilePath, profile: AuthorityProfile) -> None:
        self._folder = authority_folder / PROCEDURES_FOLDER
        self._profile = profile
        # a draft is read many times between two changes; what is found is never changed
        self.check = lru_cache(maxsize=KEPT)(self._check)

    @cached_property
    def _shared(self) -> SharedParts | None:
        return read_shared(self._folder)

    def _check(self, source: str, vocabulary: Vocabulary, procedure_id: str = "") -> CheckedSource:
        """Check a draft of that procedure, or of the one it names; raise `SourceRefused`.

        A refused one is no YAML, hostile, or not about one procedure that can be named.
        """
        file = self._read(source, procedure_id)
        names = known_names(self._profile, vocabulary)
        definition, faults = check_file(file, self._shared, names)
        document = {key: value for key, value in file.plain.items() if key not in STATE_KEYS}
        findings = [*map(_of_fault, sorted(faults))]
        findings += [_of_remark(file, remark) for remark in remarks_of(document)]
        return CheckedSource(document, definition, tuple(findings))

    def _read(self, source: str, procedure_id: str) -> YamlFile:
        try:
            file = read_yaml_text(f"{procedure_id}.yaml", source)
        except UnreadableFile as unreadable:
            raise _refused(unreadable.faults) from None
        found = file.plain.get("id")
        found = found if isinstance(found, str) and len(found) <= LONGEST_ID else ""
        if not SLUG_ID.fullmatch(found):
            raise _refused([file.fault(("id",), "must be lower-case-letters-like-this")])
        if procedure_id and found != procedure_id:
            raise _refused([file.fault(("id",), "must be the file's name without .yaml")])
        file.name = f"{found}.yaml"
        return file


def _refused(faults: list[Fault]) -> SourceRefused:
    told = [_of_fault(fault) for fault in faults]
    return SourceRefused(
        faults=[
            {
                "line": found.line,
                "where": {lang: place_in_words(None, found.path, lang) for lang in ("fr", "en")},
                "message": {"fr": found.message.fr, "en": found.message.en},
            }
            for found in told
        ]
    )


def _of_fault(fault: Fault) -> Finding:
    return Finding(DEFINITION, fault.line, read_path(fault.path), fault_text(fault.message))


def _of_remark(file: YamlFile, remark: Remark) -> Finding:
    line = file.fault(remark.path, "").line
    return Finding(remark.check, line, remark.path, remark.message, remark.stops)
