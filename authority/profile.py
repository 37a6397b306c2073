"""The profile of an authority: everything that names it, read from its folder.

`load_profile(default_folder())` gives the shipped one; docs/authority-profile.md has every field.
"""

from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from authority.profile_schema import CommunesSchema, ProfileSchema
from authority.records import (
    Accessibility,
    Address,
    AuthorityProfile,
    Commune,
    Contact,
    Counter,
    Court,
    Host,
    Hours,
    Publication,
    Retention,
    Service,
    Theme,
)
from authority.yaml_source import Fault, YamlSource
from chassis.settings import SettingsFault

__all__ = [
    "Accessibility",
    "Address",
    "AuthorityProfile",
    "Commune",
    "Contact",
    "Counter",
    "Court",
    "Host",
    "Hours",
    "ProfileFault",
    "Publication",
    "Retention",
    "Service",
    "Theme",
    "default_folder",
    "load_profile",
]

PROFILE_FILE = "profile.yaml"
COMMUNES_FILE = "communes.yaml"


class ProfileFault(SettingsFault):
    """The profile cannot be used; `faults` has one line each: `file:line: field: message`.

    A process that meets it ends as with faulty settings: each line on stderr, exit code 2.
    """


def default_folder() -> Path:
    """Return the folder of the authority that is shipped."""
    return Path(__file__).parent / "nimes-metropole"


def load_profile(folder: Path) -> AuthorityProfile:
    """Read and check `profile.yaml` and `communes.yaml`; raise `ProfileFault` with every fault."""
    faults: list[Fault] = []
    profile = _load(folder / PROFILE_FILE, ProfileSchema(), faults)
    communes = _load(folder / COMMUNES_FILE, CommunesSchema(), faults)
    if faults:
        raise ProfileFault([str(fault) for fault in sorted(faults)])
    return AuthorityProfile(**profile, communes=tuple(communes["communes"]))


def _load(path: Path, schema: Schema, faults: list[Fault]) -> dict[str, Any]:
    try:
        source = YamlSource(path.name, path.read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(Fault(path.name, 1, "", f"cannot be read: {error.strerror}"))
        return {}
    except UnicodeDecodeError:
        faults.append(Fault(path.name, 1, "", "is not UTF-8 text"))
        return {}
    faults += source.faults
    return {} if source.faults else _checked(source, schema, faults)


def _checked(source: YamlSource, schema: Schema, faults: list[Fault]) -> dict[str, Any]:
    try:
        return dict(schema.load(source.plain))
    except ValidationError as error:
        faults += source.describe(error.messages)
        return {}
