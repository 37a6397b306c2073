"""The command line: faults in clear lines with exit code 2, Ctrl-C, reset."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.local.ports import HOST
from deploy.local.settings import REPOSITORY, on_free_ports, port_setting


def _environment(folder: Path) -> dict[str, str]:
    ports = on_free_ports(folder).ports
    settings = {port_setting(name): str(port) for name, port in ports.items()}
    return {**os.environ, **settings, "PARVIS_LOCAL_FOLDER": str(folder)}


def _run(
    command: str, environment: dict[str, str], *python: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *python, "-m", "deploy.local", command],
        env=environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_it_ends_with_one_line_and_code_2_when_a_port_is_taken(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    with socket.create_server((HOST, int(environment["PARVIS_PORT_GATEWAY"]))):
        done = _run("run", environment)
    assert done.returncode == 2
    assert "PARVIS_PORT_GATEWAY" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_it_ends_with_code_2_when_the_folder_cannot_be_written() -> None:
    done = _run("run", _environment(Path("/proc/parvis")))
    assert done.returncode == 2
    assert "Cannot write in /proc/parvis" in done.stderr


def test_it_names_the_packages_that_are_missing(tmp_path: Path) -> None:
    # -S: no package folder at all
    done = _run("run", _environment(tmp_path), "-S")
    assert done.returncode == 2
    assert "aiosmtpd" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_resets_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "local"
    folder.mkdir()
    (folder / "lock").touch()
    (folder / "blobs").mkdir()
    assert _run("reset", _environment(folder)).stdout == f"Removed {folder}.\n"
    assert not folder.exists()
    assert _run("reset", _environment(folder)).stdout == f"Nothing to remove in {folder}.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_in_the_middle_of_a_start_when_asked(
    tmp_path: Path, number: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "deploy.local", "run"],
        env=_environment(tmp_path),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    ) as launcher:
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == "Starting Parvis...\n"
        while not (tmp_path / "logs" / "mailbox.log").exists():
            time.sleep(0.02)
        launcher.send_signal(number)
        assert "Stopped." in launcher.stdout.read()
    assert launcher.returncode == 0
    assert (tmp_path / "lock").read_text() == ""
