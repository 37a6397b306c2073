"""The folder of procedure files: read, checked as a whole, every fault told at once."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from authority.profile import AuthorityProfile, load_profile
from services.procedures.catalogue.definition_checks import KnownNames, check_names
from services.procedures.catalogue.definition_schema import load_definition
from services.procedures.catalogue.model import ProcedureDefinition, Vocabulary
from services.procedures.catalogue.shared_parts import SHARED_FILE, SharedParts
from services.procedures.catalogue.vocabulary import VOCABULARY_FILE, load_vocabulary
from services.procedures.catalogue.yaml_files import Fault, UnreadableFile, YamlFile, read_yaml
from services.procedures.forms.form_checks import form_faults
from services.procedures.forms.model import NO_FORM

PROCEDURES_FOLDER = "procedures"
EMPTY_VOCABULARY = Vocabulary((), (), (), ())


@dataclass(frozen=True)
class SourceDefinition:
    """A definition, and the plain JSON document that is stored for it."""

    definition: ProcedureDefinition
    document: Mapping[str, Any]


@dataclass
class SourceFolder:
    """What a folder holds; with faults, only what could be read."""

    definitions: list[SourceDefinition] = field(default_factory=list)
    vocabulary: Vocabulary = EMPTY_VOCABULARY
    vocabulary_document: Mapping[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class FaultyDefinitions(Exception):
    """The folder cannot be loaded; `faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_definitions(folder: Path, profile: AuthorityProfile) -> SourceFolder:
    """Read every `*.yaml` of a folder of procedures, sorted by name, and check it."""
    found = SourceFolder()
    _read_vocabulary(folder, found)
    shared = _read_shared(folder, found)
    known = known_names(profile, found.vocabulary)
    paths = sorted(folder.glob("[!_]*.yaml"))
    for path in paths:
        try:
            _read_definition(read_yaml(path), shared, known, found)
        except UnreadableFile as unreadable:
            found.faults += unreadable.faults
    if not paths:
        found.faults.append(Fault(folder.name, 0, "", "holds no procedure file"))
    found.faults.sort()
    return found


def check_definitions(folder: Path, profile: AuthorityProfile) -> list[Fault]:
    """Return every fault of a folder of procedures."""
    return read_definitions(folder, profile).faults


def check_command(folder: Path) -> int:
    """Check the procedures of an authority's folder: faults on stderr, exit code 1 when any."""
    found = read_definitions(folder / PROCEDURES_FOLDER, load_profile(folder))
    for fault in found.faults:
        sys.stderr.write(f"{fault}\n")
    if found.faults:
        sys.stderr.write(f"{len(found.faults)} fault(s) in the procedure files\n")
        return 1
    sys.stdout.write(f"{len(found.definitions)} procedure files, no fault\n")
    return 0


def _read_vocabulary(folder: Path, found: SourceFolder) -> None:
    try:
        file = read_yaml(folder / VOCABULARY_FILE)
    except UnreadableFile as unreadable:
        found.faults += unreadable.faults
        return
    found.vocabulary_document = file.plain
    try:
        found.vocabulary = load_vocabulary(file.plain)
    except ValidationError as error:
        found.faults += file.faults(error.messages)


def read_shared(folder: Path) -> SharedParts | None:
    """Return the parts that procedures share, None where there are none, or `UnreadableFile`."""
    file = folder / SHARED_FILE
    return SharedParts(read_yaml(file)) if file.exists() else None


def _read_shared(folder: Path, found: SourceFolder) -> SharedParts | None:
    try:
        shared = read_shared(folder)
    except UnreadableFile as unreadable:
        found.faults += unreadable.faults
        return None
    if shared is not None:
        found.faults += shared.faults()
    return shared


def _read_definition(
    file: YamlFile, shared: SharedParts | None, known: KnownNames, found: SourceFolder
) -> None:
    definition, faults = check_file(file, shared, known)
    if definition is not None:
        found.definitions.append(SourceDefinition(definition, file.plain))
    found.faults += faults


def check_file(
    file: YamlFile, shared: SharedParts | None, known: KnownNames
) -> tuple[ProcedureDefinition | None, list[Fault]]:
    """Write the shared parts out in `file`; return its definition, None with a wrong shape, and
    every fault.
    """
    faults = shared.write_out(file) if shared is not None else []
    faults += check_names(file, known)
    try:
        definition = load_definition(file.plain)
    except ValidationError as error:
        return None, faults + list(file.faults(error.messages))
    form = definition.form or NO_FORM
    faults += [file.fault(place, message) for place, message in form_faults(form)]
    return definition, faults


def known_names(profile: AuthorityProfile, vocabulary: Vocabulary) -> KnownNames:
    """Return what a definition of this authority may name."""
    return KnownNames(
        services=frozenset(profile.services),
        counters=frozenset(profile.counters),
        themes=frozenset(theme.id for theme in vocabulary.themes),
        audiences=frozenset(audience.id for audience in vocabulary.audiences),
    )
