"""A simulator of its own for each test, on a clock that only the test moves."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from deploy.simulators.dgfip.app import Dgfip, build_app
from deploy.simulators.dgfip.clock import MovableClock

FIELDS = {
    "exer": "2026",
    "mel": "jean.payeur@example.org",
    "montant": "4590",
    "numcli": "006382",
    "objet": "Facture eau",
    "refdet": "202600000000000123",
    "saisie": "T",
    "urlnotif": "http://127.0.0.1:9/notification",
    "urlredirect": "http://127.0.0.1:9/retour",
}
Client = TestClient[web.Request, web.Application]


@pytest.fixture
def dgfip() -> Dgfip:
    # ten in the morning in Paris
    return Dgfip.new(MovableClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)))


@pytest.fixture
async def client(dgfip: Dgfip) -> AsyncIterator[Client]:
    async with TestClient(TestServer(build_app(dgfip), host="127.0.0.1")) as opened:
        yield opened


@pytest.fixture
def fields() -> Callable[..., dict[str, str]]:
    def changed(**changes: str) -> dict[str, str]:
        return {**FIELDS, **changes}

    return changed
