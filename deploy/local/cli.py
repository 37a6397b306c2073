"""The command line: `python -m deploy.local run`, `load` and `reset`."""

import argparse
import os
import signal
import sys
import time
from types import FrameType

from deploy.local.announcement import announcement
from deploy.local.errors import LocalError
from deploy.local.loading import load_procedures
from deploy.local.output import say
from deploy.local.reset import reset
from deploy.local.settings import local_folder, read_settings
from deploy.local.stack import Stack

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """The operator asked to stop, by Ctrl-C or a signal."""


def main(arguments: list[str]) -> int:
    """Carry out a command line; return the exit code (2: the operator has something to mend)."""
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except LocalError as error:
        print(f"Parvis cannot {options.command}:", file=sys.stderr)
        print("\n".join(f"  {line}" for line in str(error).splitlines()), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start the whole portal on this machine")
    run.add_argument("--verbose", action="store_true", help="show what every process prints")
    load = commands.add_parser("load", help="load the procedures into the portal that runs")
    for command in (run, load):
        command.add_argument(
            "--port-offset", type=int, default=0, metavar="N", help="add N to every port number"
        )
    commands.add_parser("reset", help="forget the local data, keys and logs")
    return parser


def _load(options: argparse.Namespace) -> int:
    return load_procedures(read_settings(os.environ, options.port_offset, verbose=False))


def _reset(_options: argparse.Namespace) -> int:
    folder = local_folder(os.environ)
    say(f"Removed {folder}." if reset(folder) else f"Nothing to remove in {folder}.")
    return 0


def _run(options: argparse.Namespace) -> int:
    started = time.monotonic()
    settings = read_settings(os.environ, options.port_offset, verbose=options.verbose)
    stack = Stack(settings)
    _on_signals(_request_stop)
    try:
        say("Starting Parvis...")
        stack.start()
        say(announcement(settings, time.monotonic() - started))
        while True:
            signal.pause()
    except StopRequested:
        say("Stopping...")
    finally:
        # whoever is in a hurry asks again
        _on_signals(lambda _number, _frame: stack.kill_all())
        stack.stop()
    say("Stopped.")
    return 0


def _request_stop(_number: int, _frame: FrameType | None) -> None:
    raise StopRequested


def _on_signals(handler: "signal._HANDLER") -> None:
    for number in _SIGNALS:
        signal.signal(number, handler)


_COMMANDS = {"run": _run, "load": _load, "reset": _reset}
