"""Which of the packages that Parvis declares are not installed. Standard library only."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def missing_packages() -> list[str]:
    """Return the names in pyproject.toml (its dependencies and the extra "local") not installed."""
    project = tomllib.loads(_PROJECT.read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["local"]]
    names = [match[0] for match in map(_NAME.match, wanted) if match]
    return [name for name in names if not _is_installed(name)]


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
