"""A mail server for the acknowledgements."""

from collections.abc import Iterator

import pytest

from deploy.local.ports import free_port
from tests.services.procedures.acknowledgements.smtp import Inbox, Server


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    received = Inbox()
    received.port = free_port()
    server = Server(received, hostname="127.0.0.1", port=received.port)
    server.start()
    yield received
    server.stop()
