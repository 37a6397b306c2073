"""One anonymous request, from the terms to the filing, as a browser without scripts makes it."""

import re
from itertools import count
from typing import Any
from urllib.parse import urlencode

import aiohttp

PROCEDURE = "/demarches/signalement-voirie"
ANSWERS: dict[str, dict[str, Any]] = {
    "lieu": {"commune": "30189", "place": "12 rue de la République"},
    "probleme": {
        "problem": "lighting",
        "details": "Le lampadaire 1234 ne s’allume plus depuis trois jours.",
        "seen_on": "20/11/2026",
        "hazard": "no",
    },
    "contact": {},
}
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Journeys:
    """Files requests through the gateway, each by a new person at an address of his own."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self._base = base
        self._session = session
        self._people = count(1)

    async def run(self, _worker: int) -> None:
        """Open the terms, accept them, save each page, certify, file: six forms and pages."""
        number = next(self._people)
        person = _Person(self._base, self._session, number)
        page = await person.get(f"{PROCEDURE}/commencer")
        where = await person.post(f"{PROCEDURE}/commencer", page, {"accepted": "yes"})
        while "/etapes/" in where:
            page = await person.get(where)
            answers = ANSWERS[where.rpartition("/")[2]]
            typed = {f"answer.{name}": value for name, value in answers.items()}
            where = await person.post(where, page, {**typed, "go": "next"})
        where = where.replace("/pieces", "/recapitulatif")
        page = await person.get(where)
        await person.post(where, page, {"certified": "yes"})


async def draft_in_session(base: str, session: aiohttp.ClientSession) -> tuple[str, str]:
    """Begin a request; return the address of its first form page and the cookie that opens it."""
    person = _Person(base, session, 1)
    page = await person.get(f"{PROCEDURE}/commencer")
    where = await person.post(f"{PROCEDURE}/commencer", page, {"accepted": "yes"})
    return where, person.cookie


class _Person:
    def __init__(self, base: str, session: aiohttp.ClientSession, number: int) -> None:
        self._base, self._session = base, session
        third, fourth = divmod(number, 250)
        self._headers = {"X-Forwarded-For": f"10.{third // 250 % 250}.{third % 250}.{fourth + 1}"}

    @property
    def cookie(self) -> str:
        """Return the cookies that the gateway gave."""
        return self._headers["Cookie"]

    async def get(self, path: str) -> str:
        """Return a page's HTML."""
        async with self._session.get(self._base + path, headers=self._headers) as answer:
            self._keep_cookie(answer)
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} {path}")
            return await answer.text()

    async def post(self, path: str, page: str, typed: dict[str, str]) -> str:
        """Send the page's form and return where it leads."""
        body = urlencode(dict(HIDDEN.findall(page)) | typed)
        async with self._session.post(
            self._base + path, data=body, headers={**self._headers, **FORM}, allow_redirects=False
        ) as answer:
            self._keep_cookie(answer)
            if answer.status != 303:
                raise RuntimeError(f"{answer.status} {path}: {(await answer.text())[:2000]}")
            return answer.headers["Location"]

    def _keep_cookie(self, answer: aiohttp.ClientResponse) -> None:
        if answer.cookies:
            cookies = "; ".join(f"{m.key}={m.value}" for m in answer.cookies.values())
            self._headers["Cookie"] = cookies
