"""Bring a portal that runs here to what the authority's procedure files say now."""

import os
import subprocess

from deploy.local.environment import Surroundings
from deploy.local.errors import LocalError
from deploy.local.keys import keep_secrets
from deploy.local.servers import Servers
from deploy.local.settings import REPOSITORY, Settings
from deploy.local.table import parvis_table

TASK = "procedures-seed"


def load_procedures(settings: Settings) -> int:
    """Load the procedures as the start of the portal does; return the exit code.

    Faults in a file are told and load nothing. Raises LocalError when no portal was ever run in the
    folder.
    """
    folder = settings.folder
    if not (folder / "secrets.json").exists():
        raise LocalError(f"No portal was run in {folder}: start one with `make run`.")
    secrets = keep_secrets(folder)
    servers = Servers(settings, secrets)
    around = Surroundings(settings, secrets, servers.database_url, servers.redis_url)
    task = next(spec for spec in parvis_table(around) if spec.name == TASK)
    environment = {**os.environ, **task.environment}
    done = subprocess.run(task.command, cwd=REPOSITORY, env=environment, check=False)
    return done.returncode
