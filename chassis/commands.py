"""The command line of a process: `python -m <package> <command>`."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import uvloop

from chassis.settings import SettingsFault

Command = Callable[[], Coroutine[Any, Any, int | None]]

USAGE_EXIT = 2


def run_command(program: str, commands: Mapping[str, Command]) -> int:
    """Run the command named on the command line and return the exit code.

    Faulty settings end with one line each on stderr and exit code 2.
    """
    arguments = argparse.ArgumentParser(prog=f"python -m {program}")
    arguments.add_argument("command", choices=sorted(commands))
    chosen = commands[arguments.parse_args().command]
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(chosen()) or 0
    except SettingsFault as error:
        for fault in error.faults:
            print(f"{program}: setting {fault}", file=sys.stderr)
        return USAGE_EXIT
    except KeyboardInterrupt:
        return 130
