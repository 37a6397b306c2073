"""The pages that lead to a request among many: with 1,000 stored, then with 1,000,000."""

import base64
import hashlib
import json
import statistics
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from uuid import UUID

import aiohttp
import asyncpg

from deploy.local.databases import address
from deploy.local.stack import Stack
from services.procedures.desk.names import NameIndex
from services.procedures.filing.service import Certification
from tests.benchmarks.extraction import DAYS, extract
from tests.benchmarks.filing import PROCEDURE, administrator, draft, open_service, secrets_of
from tests.benchmarks.many_requests import family_name, fill, given_name, prepare
from tests.journeys.plain_visitor import PlainVisitor
from tests.journeys.staff import sign_in
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal

FEW, MANY = 1_000, 1_000_000
REAL = 25
CONTROL = "a page that reads no request"
COLLEAGUE = UUID(hashlib.md5(b"0", usedforsecurity=False).hexdigest())
SERVICE = "voirie"
QUEUE = f"/agents/dossiers?service={SERVICE}"
SELECT_RESIDENT = "SELECT id FROM accounts WHERE roles = '{}' ORDER BY id LIMIT 1"
UPDATE_OWNER = "UPDATE requests SET account_id = $1 WHERE number LIKE 'NM-%' AND id = ANY($2)"
SELECT_REAL = "SELECT number FROM requests WHERE id = $1"
COUNT_EXTRACTED = """
SELECT count(*) FROM requests
WHERE service_id = $1 AND state <> 'draft' AND filed_at > now() - $2 * interval '1 day'
"""
SELECT_MIDDLE = """
SELECT filed_at, id FROM requests
WHERE service_id = $1 AND state = 'accepted'
ORDER BY filed_at DESC, id DESC
OFFSET $2 LIMIT 1
"""


@dataclass(frozen=True)
class Asked:
    """A page asked for: by whom, where, with which form."""

    cookie: str
    path: str
    form: Mapping[str, str] | None = None


async def compare(stack: Stack, rounds: int) -> Mapping[str, tuple[float, float]]:
    """Return for each page its p50 (ms) with 1,000 requests stored, and with 1,000,000."""
    url = address(administrator(stack), "parvis_procedures", secrets_of(stack)["parvis_procedures"])
    connection = await asyncpg.connect(url)
    try:
        async with AsyncExitStack() as opened:
            pages = await _pages(stack, opened, connection)
            names = NameIndex(_key(secrets_of(stack)["tracking_key"]))
            await prepare(connection, names)
            few = await _stored(stack, connection, pages, (1, FEW), rounds)
            many = await _stored(stack, connection, pages, (FEW + 1, MANY), rounds)
            rows = await connection.fetchval(COUNT_EXTRACTED, SERVICE, DAYS)
            print(f"  extraction of {rows:,} rows:", flush=True)
            for kind in ("csv", "ods", "xlsx"):
                print(await extract(stack, pages["queue"].cookie, SERVICE, kind), flush=True)
    finally:
        await connection.close()
    return {name: (few[name], many[name]) for name in pages}


async def _stored(
    stack: Stack,
    connection: "asyncpg.Connection[asyncpg.Record]",
    pages: dict[str, Asked],
    numbers: tuple[int, int],
    rounds: int,
) -> Mapping[str, float]:
    """Fill up to a number of requests, then measure each page in turn, again and again."""
    await fill(connection, *numbers, PROCEDURE)
    middle = await connection.fetchrow(SELECT_MIDDLE, SERVICE, numbers[1] // 20)
    if middle is not None:
        after = f"{middle['filed_at'].isoformat()}_{middle['id']}".replace("+", "%2B")
        deep = f"{QUEUE}&etat=accepted&ordre=newest&apres={after}"
        pages["a page far in the archive"] = Asked(pages["queue"].cookie, deep)
    taken: dict[str, list[float]] = {name: [] for name in pages}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        for turn in range(rounds + 3):
            for name, asked in pages.items():
                seconds = await _ask(session, stack.urls["portal"], asked)
                if turn >= 3:  # the first ones warm the caches
                    taken[name].append(seconds * 1000)
    return {name: statistics.median(found) for name, found in taken.items()}


def _key(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_people = count(1)


async def _ask(session: aiohttp.ClientSession, base: str, asked: Asked) -> float:
    """Return the seconds that a page took; each time from another address."""
    number = next(_people)
    headers = {
        "Cookie": asked.cookie,
        "X-Forwarded-For": f"10.{number // 62500 % 250}.{number // 250 % 250}.{number % 250 + 1}",
    }
    method = "POST" if asked.form else "GET"
    started = time.perf_counter()
    async with session.request(
        method, base + asked.path, data=asked.form, headers=headers, allow_redirects=False
    ) as answer:
        await answer.read()
        if answer.status not in (200, 303):
            raise RuntimeError(f"{answer.status} {asked.path}")
    return time.perf_counter() - started


async def _pages(
    stack: Stack, opened: AsyncExitStack, connection: "asyncpg.Connection[asyncpg.Record]"
) -> dict[str, Asked]:
    number, code, opened_id = await _file_some(stack, connection)
    agent, token = await _signed_in(stack, opened, "aline.agent")
    resident, _ = await _signed_in(stack, opened, "camille.durand")
    stranger, visitor_token = await _signed_in(stack, opened, "")

    def search(text: str) -> Asked:
        return Asked(agent, "/agents/dossiers/recherche", {"csrf_token": token, "text": text})

    tracked = {"csrf_token": visitor_token, "number": number, "code": code}
    rare = f"{given_name(7)} {family_name(11)}"
    return {
        CONTROL: Asked(agent, "/agents"),
        "queue": Asked(agent, QUEUE),
        "queue, newest first": Asked(agent, f"{QUEUE}&ordre=newest"),
        "filter: waiting for nobody": Asked(agent, f"{QUEUE}&affectation=nobody"),
        "filter: a colleague's": Asked(agent, f"{QUEUE}&affectation={COLLEAGUE}"),
        "filter: late": Asked(agent, f"{QUEUE}&retard=true"),
        "filter: state": Asked(agent, f"{QUEUE}&etat=accepted"),
        "search by number": search(number),
        "search by a common name": search(family_name(0)),
        "search by two words": search(rare),
        "statistics": Asked(agent, f"/agents/statistiques?service={SERVICE}"),
        "a request at the desk": Asked(agent, f"/agents/dossiers/{opened_id}"),
        "a person's list": Asked(resident, "/compte"),
        "following by number and code": Asked(stranger, "/suivi", tracked),
    }


async def _file_some(
    stack: Stack, connection: "asyncpg.Connection[asyncpg.Record]"
) -> tuple[str, str, str]:
    """File real requests of a resident; return the number, the code and the id of the last."""
    async with open_service(stack) as parts:
        declaration = await parts.declarations.current_declaration("fr")
        certification = Certification(True, declaration.content_hash, "fr")
        ids = []
        for _ in range(REAL):
            request_id, access = await draft(stack, parts)
            await parts.filing.file_request(request_id, access, certification)
            ids.append(request_id)
        code = parts.filing.code_of(ids[-1])
    identity = address(
        administrator(stack), "parvis_identity", secrets_of(stack)["parvis_identity"]
    )
    accounts = await asyncpg.connect(identity)
    try:
        owner = await accounts.fetchval(SELECT_RESIDENT)
    finally:
        await accounts.close()
    await connection.execute(UPDATE_OWNER, owner, ids)
    return str(await connection.fetchval(SELECT_REAL, ids[-1])), code, str(ids[-1])


async def _signed_in(stack: Stack, opened: AsyncExitStack, identifier: str) -> tuple[str, str]:
    """Return the cookies and the form token of somebody, of a visitor without an identifier."""
    browser = await opened.enter_async_context(PlainBrowser(stack.urls["portal"]))
    visitor = PlainVisitor(browser)
    if identifier.endswith(".agent"):
        await sign_in(RunningPortal(stack), visitor, identifier)
    elif identifier:
        known = json.loads((stack.settings.folder / "demo-sign-ins.json").read_text())
        password = next(one["password"] for one in known if one["identifier"] == identifier)
        await visitor.open("/connexion")
        await visitor.fill({"champ-identifier": identifier, "champ-password": password})
        await visitor.press("Se connecter")
    else:
        await visitor.open("/suivi")
    cookies = "; ".join(f"{one.key}={one.value}" for one in browser.cookies)
    token = next(found for form in visitor.page.forms if (found := form.value("csrf_token")))
    return cookies, token


def ratios(found: Mapping[str, tuple[float, float]]) -> Mapping[str, float]:
    """Return by how much each page slowed down, beside one that reads no request.

    The two measures are minutes apart: what else the machine does meanwhile slows both pages.
    """
    few, many = found[CONTROL]
    return {name: (last / first) / (many / few) for name, (first, last) in found.items()}


def table(found: Mapping[str, tuple[float, float]]) -> str:
    """Return the measures, one page a line."""
    slower = ratios(found)
    lines = [
        f"  {name}: {few:.1f} ms, {many:.1f} ms: {slower[name]:.2f}"
        for name, (few, many) in found.items()
    ]
    return "\n".join([f"  p50 with {FEW:,} and with {MANY:,} requests stored:", *lines])
