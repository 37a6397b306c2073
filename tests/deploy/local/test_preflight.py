"""What stops a start is said in one clear line."""

import os
import socket
from pathlib import Path

import pytest

from deploy.local.errors import LocalError
from deploy.local.ports import HOST, free_ports
from deploy.local.preflight import check_disk, check_ports, make_folder
from deploy.local.settings import PORTS, on_free_ports, read_settings


def test_it_names_who_holds_a_taken_port_and_the_setting_to_change(tmp_path: Path) -> None:
    settings = on_free_ports(tmp_path)
    with socket.create_server((HOST, settings.ports["mailbox"])):
        with pytest.raises(LocalError) as caught:
            check_ports(settings)
    line = str(caught.value)
    assert f"Port {settings.ports['mailbox']} (mailbox)" in line
    assert f"process {os.getpid()} (" in line
    assert "PARVIS_PORT_MAILBOX" in line
    assert "\n" not in line


def test_it_waits_a_little_for_ports_that_a_former_run_is_leaving(tmp_path: Path) -> None:
    check_ports(on_free_ports(tmp_path), patience=1)


def test_it_does_not_need_the_port_of_a_server_that_it_does_not_run(tmp_path: Path) -> None:
    environment = {
        "PARVIS_LOCAL_FOLDER": str(tmp_path),
        "PARVIS_LOCAL_DATABASE_URL": "postgresql://elsewhere/postgres",
    }
    assert "postgres" not in read_settings(environment).needed_ports()


def test_it_names_the_folder_that_cannot_be_written() -> None:
    with pytest.raises(LocalError, match=r"Cannot write in /proc/parvis .*PARVIS_LOCAL_FOLDER"):
        make_folder(Path("/proc/parvis"))


def test_it_says_how_much_room_is_missing_on_the_disk(tmp_path: Path) -> None:
    check_disk(tmp_path)
    with pytest.raises(LocalError, match="MB needed"):
        check_disk(tmp_path, needed=1 << 60)


def test_it_reads_ports_and_the_offset() -> None:
    settings = read_settings({"PARVIS_PORT_GATEWAY": "7000"}, port_offset=10)
    assert settings.ports["gateway"] == 7010
    assert settings.ports["gateway-operations"] == 9010


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PARVIS_PORT_SMTP": "twenty"}, "PARVIS_PORT_SMTP"),
        ({"PARVIS_PORT_SMTP": "70000"}, "from 1 to 65535"),
        ({"PARVIS_PORT_LEGAL": "8000"}, "PARVIS_PORT_LEGAL and PARVIS_PORT_GATEWAY are both 8000"),
    ],
)
def test_it_refuses_impossible_ports(environment: dict[str, str], said: str) -> None:
    with pytest.raises(LocalError, match=said):
        read_settings(environment)


def test_it_finds_as_many_free_ports_as_asked() -> None:
    assert len(set(free_ports(len(PORTS)))) == len(PORTS)
