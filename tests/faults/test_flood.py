"""A flood of sign-ins through the running portal: the catalogue stays quick, memory bounded.

200 people sign in at the same instant, each from an address of their own, while somebody reads the
catalogue, all on this machine. In each round the catalogue is timed quiet, then during the flood;
of the rounds' 99th percentiles the medians are compared. The quiet one counts as 10 ms at least,
so that a very quick machine is not asked for what its clock cannot tell.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from json import loads
from pathlib import Path
from statistics import median, quantiles

import aiohttp
import pytest

from deploy.local.stack import Stack
from tests.support.html_page import HtmlReader
from tests.support.portal import RunningPortal
from tests.support.second_gateway import second_gateway

pytestmark = pytest.mark.faults
FLOOD, ROUNDS = 200, 3
QUIET_SECONDS = 2.0
FLOOR_SECONDS = 0.010
TIMES = 5
# docs/identity.md: two hashes of 64 MiB, and all that is not a hash
BOUND_KIB = (2 * 64 + 160) * 1024
# checked; refused because the machine is busy, with a time to come back
ANSWERS = {422, 429, 503}


@dataclass
class Client:
    """Somebody at an address of their own, with the form of the sign-in open."""

    session: aiohttp.ClientSession
    address: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Reads:
    """How long the reads of the catalogue took, once they are over."""

    seconds: list[float] = field(default_factory=list)

    @property
    def p99(self) -> float:
        return quantiles(self.seconds, n=100)[98]


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[Reads]:
    """Read the catalogue as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.timed_reads", f"{url}/demarches"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    found = Reads()
    yield found
    output, _ = await process.communicate(b"")
    found.seconds.extend(loads(output))


@asynccontextmanager
async def clients(url: str, origin: str) -> AsyncIterator[list[Client]]:
    """Open the form of the sign-in for everybody, a few at a time."""
    opened = []
    connector = aiohttp.TCPConnector(limit=FLOOD)
    for number in range(FLOOD):
        headers = {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}", "Origin": origin}
        session = aiohttp.ClientSession(
            url,
            headers=headers,
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            connector=connector,
            connector_owner=False,
        )
        opened.append(Client(session, headers["X-Forwarded-For"]))
        await open_form(opened[-1])
    try:
        yield opened
    finally:
        for client in opened:
            await client.session.close()
        await connector.close()


async def open_form(client: Client) -> None:
    async with client.session.get("/connexion") as response:
        reader = HtmlReader()
        reader.feed(await response.text())
    [form] = [form for form in reader.forms if form.action == "/connexion"]
    client.fields = dict(form.values)


async def try_to_sign_in(client: Client, number: int) -> int:
    """Send a wrong password for an identifier that nobody else tries; return the status."""
    typed = {"identifier": f"personne{number}", "password": "Pas le bon, 1 fois"}
    async with client.session.post("/connexion", data={**client.fields, **typed}) as response:
        told = await response.text()
        assert response.status in ANSWERS, told
        if response.status != 422:
            assert int(response.headers["Retry-After"]) > 0
            assert "Réessayez dans" in told
        return response.status


def peak_kib(pid: int, *, reset: bool = False) -> int:
    """Return the most memory that a process ever held, or begin to count anew."""
    if reset:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


@pytest.mark.timeout(300)
@pytest.mark.promise("SEC-01", "AVA-01")
async def test_a_flood_of_sign_ins_leaves_the_catalogue_quick_and_memory_bounded(
    portal: RunningPortal, stack: Stack
) -> None:
    pid = stack.pid("identity")
    assert pid is not None
    quiet, loaded, answers = [], [], Counter[int]()
    with second_gateway(stack) as url:
        async with clients(url, portal.url) as crowd:
            peak_kib(pid, reset=True)
            for turn in range(ROUNDS):
                async with reading(url) as reads:
                    await asyncio.sleep(QUIET_SECONDS)
                quiet.append(reads.p99)
                portal.forget_limits()
                async with reading(url) as reads:
                    numbers = range(turn * FLOOD, (turn + 1) * FLOOD)
                    tries = map(try_to_sign_in, crowd, numbers)
                    answers.update(await asyncio.gather(*tries))
                loaded.append(reads.p99)
    figures = f"quiet {quiet}, flood {loaded}, answers {answers}, peak {peak_kib(pid)} KiB"
    print(figures)
    assert answers[422] >= 20 * ROUNDS, figures
    assert median(loaded) < TIMES * max(median(quiet), FLOOR_SECONDS), figures
    assert peak_kib(pid) < BOUND_KIB, figures
