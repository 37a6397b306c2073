"""The rows of `make bench`: each measures the portal and what it is compared with."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil
from argon2 import PasswordHasher
from argon2.low_level import Type

from deploy.local.stack import Stack
from tests.benchmarks.filing import measure_filing
from tests.benchmarks.journey import Journeys, draft_in_session
from tests.benchmarks.load import RawClient, repeat
from tests.benchmarks.million import compare, ratios, table
from tests.benchmarks.surroundings import bare_server

PUBLIC_PAGE = "/demarches/carte-decheterie"
TOGETHER = 16
OPEN_FORMS_JOURNEYS = 7.0  # per second, measured once on this kind of machine


@dataclass(frozen=True)
class Row:
    """A figure, what it is beside, the ratio, and the ratio to reach."""

    work: str
    figure: str
    beside: str
    ratio: float
    reach: str


@dataclass(frozen=True)
class Bench:
    """Where everything runs, and how long each measure lasts (seconds)."""

    stack: Stack
    folder: Path
    seconds: float

    @property
    def base(self) -> str:
        """Return the gateway's address."""
        return self.stack.urls["portal"]


async def public_page(bench: Bench) -> Row:
    """Measure a procedure's page through the gateway beside the same bytes sent bare."""
    return await _page(bench, "public catalogue page", PUBLIC_PAGE, [], "at least 0.35")


async def signed_in_page(bench: Bench) -> Row:
    """Measure the account's page of a signed-in person beside the same bytes sent bare."""
    cookie = await _sign_in(bench)
    return await _page(
        bench, "signed-in account page", "/compte", [f"Cookie: {cookie}"], "at least 0.10"
    )


async def form_page(bench: Bench) -> Row:
    """Measure a page of a form that is being filled beside the same bytes sent bare."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        path, cookie = await draft_in_session(bench.base, session)
    return await _page(bench, "form page", path, [f"Cookie: {cookie}"], "at least 0.10")


async def _page(bench: Bench, work: str, path: str, headers: list[str], reach: str) -> Row:
    url = bench.base + path
    lines = dict(line.split(": ", 1) for line in headers)
    async with aiohttp.ClientSession() as session, session.get(url, headers=lines) as answer:
        body = await answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {path}")
    async with bare_server(body, bench.folder) as bare_url:
        bare, ours = RawClient(bare_url), RawClient(url, headers)
        try:
            await repeat(ours.get, 0.5, TOGETHER)
            beside = await repeat(bare.get, bench.seconds, TOGETHER)
            found = await repeat(ours.get, bench.seconds, TOGETHER)
        finally:
            await bare.close()
            await ours.close()
    return Row(
        work,
        f"{found.per_second:.0f}/s, p50 {found.percentile(0.5):.1f} ms, "
        f"p99 {found.percentile(0.99):.1f} ms",
        f"{beside.per_second:.0f}/s bare, {len(body)} bytes",
        found.per_second / beside.per_second,
        reach,
    )


async def _sign_in(bench: Bench) -> str:
    people = json.loads((bench.stack.settings.folder / "demo-sign-ins.json").read_text())
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(f"{bench.base}/connexion") as answer:
            page = await answer.text()
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        typed = {
            "csrf_token": token,
            "identifier": people[0]["identifier"],
            "password": people[0]["password"],
        }
        async with session.post(
            f"{bench.base}/connexion", data=typed, allow_redirects=False
        ) as answer:
            if answer.status != 303:
                raise RuntimeError(f"sign-in: {answer.status}")
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in jar)


async def whole_journey(bench: Bench) -> Row:
    """Measure journeys from the terms to a filed request, every write synced to the disk."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        journeys = Journeys(bench.base, session)
        await repeat(journeys.run, 1.0, TOGETHER)
        found = await repeat(journeys.run, bench.seconds * 2, TOGETHER)
    return Row(
        "whole journey",
        f"{found.per_second:.1f}/s, p50 {found.percentile(0.5):.0f} ms",
        f"Open Forms 4.0: {OPEN_FORMS_JOURNEYS:.0f}/s, measured apart",
        found.per_second / OPEN_FORMS_JOURNEYS,
        "20",
    )


async def password_checks(bench: Bench) -> Row:
    """Measure sign-ins on the service beside bare argon2 verifications on as many threads."""
    # the service's own pool is what bounds memory: the same count of threads checks bare ones
    threads = 2
    hasher = PasswordHasher(3, 65536, 1, type=Type.ID)
    kept = hasher.hash("Une phrase de passe 2026 !")
    loop = asyncio.get_running_loop()

    async def verify(_worker: int) -> None:
        await loop.run_in_executor(None, hasher.verify, kept, "Une phrase de passe 2026 !")

    bare = await repeat(verify, bench.seconds, threads)
    sign = _SignIns(bench)
    found = await repeat(sign.run, bench.seconds, threads)
    await sign.close()
    return Row(
        "sign-in through the gateway",
        f"{found.per_second:.1f}/s",
        f"{bare.per_second:.1f}/s bare argon2id (64 MiB, t=3)",
        found.per_second / bare.per_second,
        "at least 0.9",
    )


class _SignIns:
    """Signs the demo people in again and again, each time from another address."""

    def __init__(self, bench: Bench) -> None:
        people = json.loads((bench.stack.settings.folder / "demo-sign-ins.json").read_text())
        self._people = [person for person in people if "totp" not in json.dumps(person).lower()]
        self._base = bench.base
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        self._number = 0

    async def run(self, worker: int) -> None:
        """Show the form, send it."""
        self._number += 1
        person = self._people[worker % len(self._people)]
        headers = {"X-Forwarded-For": f"10.200.{self._number // 250}.{self._number % 250 + 1}"}
        url = f"{self._base}/connexion"
        async with self._session.get(url, headers=headers) as answer:
            page = await answer.text()
            cookies = "; ".join(f"{m.key}={m.value}" for m in answer.cookies.values())
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        typed = {
            "csrf_token": token,
            "identifier": person["identifier"],
            "password": person["password"],
        }
        async with self._session.post(
            url, data=typed, headers={**headers, "Cookie": cookies}, allow_redirects=False
        ) as answer:
            if answer.status != 303:
                raise RuntimeError(f"sign-in: {answer.status}")

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()


async def memory_at_rest(bench: Bench) -> Row:
    """Add the proportional memory (PSS) of every process but PostgreSQL and Redis."""
    await asyncio.sleep(2)
    total = 0
    for process in psutil.Process(os.getpid()).children(recursive=True):
        try:
            words = " ".join(process.cmdline())
            if "postgres" in words or "redis-server" in words or "benchmarks" in words:
                continue
            if " -m services." in words or " -m gateway" in words:
                total += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    mebibytes = total / 1024 / 1024
    return Row("memory at rest", f"{mebibytes:.0f} MiB", "300 MiB", mebibytes / 300, "at most 1")


async def filing(bench: Bench) -> Row:
    """Measure filings, each a durable transaction that queues its acknowledgement."""
    ours, bare = await measure_filing(bench.stack, max(100, int(bench.seconds * 100)))
    return Row(
        "filing a request", f"{ours:.0f}/s", f"{bare:.0f}/s bare", ours / bare, "at least 0.5"
    )


async def million_requests(bench: Bench) -> Row:
    """Measure the pages that lead to a request, with 1,000 and with 1,000,000 stored."""
    found = await compare(bench.stack, max(10, int(bench.seconds * 8)))
    print(table(found), flush=True)
    slower = ratios(found)
    worst = max(slower, key=lambda name: slower[name])
    few, many = found[worst]
    return Row(
        f"1,000,000 requests stored, the slowest page: {worst}",
        f"p50 {many:.1f} ms",
        f"{few:.1f} ms with 1,000",
        slower[worst],
        "at most 1.3",
    )


ROWS: list[Callable[[Bench], Awaitable[Row]]] = [
    memory_at_rest,
    public_page,
    signed_in_page,
    form_page,
    password_checks,
    filing,
    whole_journey,
    million_requests,
]
