"""Commands of the gateway: `python -m gateway <command>`."""

import sys

from chassis.application import serve
from chassis.commands import run_command
from chassis.logs import configure_logs
from chassis.settings import read_settings
from gateway.app import NAME, build_app
from gateway.settings import Settings


async def serve_command() -> None:
    """Show pages until told to stop."""
    settings = read_settings(Settings.read)
    configure_logs(NAME, settings.process.log_format, settings.process.log_level)
    await serve(build_app(settings), settings.process)


if __name__ == "__main__":
    sys.exit(run_command(NAME, {"serve": serve_command}))
