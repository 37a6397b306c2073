"""Fixtures for every test: real PostgreSQL and Redis, keys, and the whole stack.

One PostgreSQL and one Redis serve the whole run, whatever the number of workers; each test gets
its own database, cloned from the migrated template of its service. See docs/testing.md.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from redis import Redis
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from deploy.local.keys import keep_keys
from deploy.local.settings import on_free_ports
from deploy.local.stack import Stack
from tests.support import promises, run
from tests.support.browser import Person, launched_chromium
from tests.support.databases import cloned_database, empty_database
from tests.support.portal import RunningPortal
from tests.support.servers import Servers, announce_controller, running_servers, stop_servers

STACK_FOLDERS = (
    "tests/browser/",
    "tests/deploy/local/test_parvis.py",
    "tests/faults/",
    "tests/journeys/",
)

# templates alone, by the hundred: they need a browser and no portal
WITHOUT_STACK = ("tests/browser/test_every_page.py", "tests/browser/test_watched_browser.py")

REDIS_DATABASES = 15


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run in its controller; workers inherit its folder."""
    if not hasattr(config, "workerinput"):
        run.begin()
        announce_controller()


class StackOnOneWorker(LoadScopeScheduling):
    """Sends the tests of the whole stack to one worker, and each other test to whoever is free.

    xdist's own groups (3.8) are not seen by pytest 9.2, which names tests in another place.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "stack" if on_the_stack(nodeid) else nodeid


def on_the_stack(nodeid: str) -> bool:
    """Return whether a test lives in a folder of tests of the running portal."""
    return nodeid.startswith(STACK_FOLDERS) and not nodeid.startswith(WITHOUT_STACK)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> StackOnOneWorker:
    """Put our scheduler in the place of the one that --dist names."""
    return StackOnOneWorker(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started."""
    if not hasattr(config, "workerinput"):
        stop_servers()
        run.end()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse unknown promises; keep browsers in one loop."""
    promises.proofs(items)
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def servers() -> Servers:
    """The run's PostgreSQL and Redis."""
    return running_servers()


@pytest.fixture(scope="session")
def service_keys() -> Path:
    """A folder of Ed25519 keys: `<name>.pem` private, `public/<name>.pem`, for each process."""
    folder = run.folder() / "keys"
    with run.locked("keys"):
        folder.mkdir(exist_ok=True)
        keep_keys(folder)
    return folder


@pytest.fixture
async def legal_database_url(servers: Servers, service_keys: Path) -> AsyncIterator[str]:
    """A fresh, migrated database of the legal service."""
    async with cloned_database(servers, "legal", service_keys) as url:
        yield url


@pytest.fixture
async def identity_database_url(servers: Servers, service_keys: Path) -> AsyncIterator[str]:
    """A fresh, migrated database of the identity service."""
    async with cloned_database(servers, "identity", service_keys) as url:
        yield url


@pytest.fixture
async def procedures_database_url(servers: Servers, service_keys: Path) -> AsyncIterator[str]:
    """A fresh, migrated database of the procedures service."""
    async with cloned_database(servers, "procedures", service_keys) as url:
        yield url


@pytest.fixture
async def empty_database_url(servers: Servers) -> AsyncIterator[str]:
    """A fresh database without any table, as its owner."""
    async with empty_database(servers) as url:
        yield url


@pytest.fixture
def redis_url(servers: Servers, worker_id: str) -> str:
    """An empty Redis database of this worker's own."""
    number = int(worker_id.removeprefix("gw")) if worker_id != "master" else 0
    url = servers.redis_url(1 + number % REDIS_DATABASES)
    with Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The whole portal, running: every process, its own PostgreSQL and Redis, the mailbox.

    `stack.urls` has the addresses, `stack.kill(name)` and `stack.await_ready(name)` the accidents.
    """
    # not in pytest's own folder: each run on the machine closes it to PostgreSQL's account again
    # what it says would land in the output that another test captures
    with Stack(on_free_ports(run.folder() / "stack"), say=lambda _line: None) as running:
        yield running


@pytest.fixture
def portal(stack: Stack) -> RunningPortal:
    """The whole portal, its rate limits as if nobody had come yet."""
    running = RunningPortal(stack)
    running.forget_limits()
    return running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Chromium, in the session's event loop as every test that uses it.

    A missing Chromium is installed, or fails the test saying how.
    """
    async with launched_chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(chromium: Browser) -> AsyncIterator[Person]:
    """`page = await open_page(width=375, javascript=False, scheme="dark")`, of a new session.

    The test fails when a page broke, met its Content-Security-Policy, or asked another machine
    for anything.
    """
    person = Person(chromium)
    yield person
    await person.leave()
    assert not person.faults, "\n".join(person.faults)
