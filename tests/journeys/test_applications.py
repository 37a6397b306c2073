"""A business application at the portal's own address: its token, its calls, what it is told."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.journeys import steps
from tests.journeys.staff import sign_in
from tests.journeys.visitors import OpenVisitor, Visitor
from tests.support.portal import RunningPortal, until

DOCS = Path(__file__).parents[2] / "docs" / "business-api.md"
ROOM = "/agents/applications"
SECRET = re.compile(r"il ne s’affichera plus .*? : (\S+)")


@dataclass
class Receiver:
    """An application that listens: what it heard, and what it answers."""

    url: str = ""
    heard: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append((dict(request.headers), await request.read()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 204)


@pytest_asyncio.fixture(loop_scope="session")
async def receiver() -> AsyncIterator[Receiver]:
    listening = Receiver()
    application = web.Application()
    application.router.add_post("/parvis", listening.hear)
    async with TestServer(application) as server:
        listening.url = str(server.make_url("/parvis"))
        yield listening


@pytest.mark.promise("REQ-07", "DAT-04", "SEC-02")
async def test_an_application_is_told_reads_and_decides(
    portal: RunningPortal, open_visitor: OpenVisitor, receiver: Receiver
) -> None:
    administrator, person = await open_visitor("plain"), await open_visitor("plain")
    await sign_in(portal, administrator, ADMINISTRATOR, ROOM, "Applications métier")
    token = await give_token(administrator)
    secret = await add_address(administrator, receiver.url)
    receiver.statuses = [500]
    await steps.prepare_request(person, steps.new_address())
    filed = await steps.certify_and_file(person)

    async def heard_twice() -> bool:
        return len(receiver.heard) >= 2

    # refused once, it is told again, with the same identifier
    await until(heard_twice, 60)
    verify = example_of_the_docs()
    for headers, content in receiver.heard:
        assert verify(secret, headers, content, int(headers["Parvis-Timestamp"]) + 60)
        assert not verify(secret, headers, content + b" ", int(headers["Parvis-Timestamp"]))
        assert not verify(secret, headers, content, int(headers["Parvis-Timestamp"]) + 301)
        assert not verify("x" + secret, headers, content, int(headers["Parvis-Timestamp"]))
    assert len({headers["Parvis-Delivery"] for headers, _ in receiver.heard}) == 1
    told = json.loads(receiver.heard[0][1])["request"]
    assert told["number"] == filed.number

    await decide(portal.url, token, told["id"])
    await person.open(filed.address)
    text = await person.text()
    assert "Votre demande est acceptée" in text
    assert "L’application du service a lu votre demande" in text
    await look_and_stop(administrator, receiver, filed.number)
    async with call(portal.url, token, "GET", "/business/requests") as refused:
        assert refused.status == 401


ADMINISTRATOR = "adele.systeme"


async def give_token(administrator: Visitor) -> str:
    await administrator.fill({"champ-name": "", "champ-days": "0"})
    await administrator.press("Donner le jeton")
    wrong = [name for name, _ in await administrator.summary()]
    assert wrong == ["champ-name", "champ-scope-list", "champ-days"]
    await administrator.fill(
        {"champ-name": "Collecte", "champ-service": "dechets", "champ-days": "30"}
    )
    for scope in ("list", "read", "change"):
        await administrator.tick(f"champ-scope-{scope}")
    await administrator.press("Donner le jeton")
    found = SECRET.search(await administrator.text())
    assert found is not None, await administrator.text()
    await administrator.open(ROOM)
    assert found[1] not in await administrator.text()
    return found[1]


async def add_address(administrator: Visitor, url: str) -> str:
    await administrator.fill({"champ-url": "https://ailleurs.example/parvis"})
    await administrator.press("Ajouter l’adresse")
    assert "l’exploitant du portail" in await administrator.text()
    await administrator.fill({"champ-url": url, "champ-told": "dechets"})
    await administrator.tick("event-filed")
    await administrator.press("Ajouter l’adresse")
    found = SECRET.search(await administrator.text())
    assert found is not None, await administrator.text()
    return found[1]


def example_of_the_docs() -> Any:
    """Return the function that the documentation gives to applications, as it is written there."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # our own documentation
    return names["is_from_parvis"]


def call(base: str, token: str, method: str, path: str, **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
    return aiohttp.request(method, base + path, headers=headers, **more)


async def decide(base: str, token: str, request_id: str) -> None:
    """List, read, download, take in hand and accept; twice under one key it is once."""
    async with call(base, token, "GET", "/business/requests?count=100") as answer:
        assert answer.status == 200, await answer.text()
        assert "Set-Cookie" not in answer.headers
        assert request_id in {row["id"] for row in (await answer.json())["requests"]}
    path = f"/business/requests/{request_id}"
    async with call(base, token, "GET", path) as answer:
        read = await answer.json()
    assert read["answers"]["family_name"] == "Pagnol"
    async with call(base, token, "GET", f"{path}/documents/{read['documents'][0]['id']}") as answer:
        assert (answer.status, answer.content_type) == (200, "application/octet-stream")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert (await answer.read()).startswith(b"%PDF")
    body, key = {"action": "take_in_hand", "revision": read["revision"]}, {"Idempotency-Key": "k1"}
    for _ in range(2):
        async with call(base, token, "POST", f"{path}/actions", json=body, headers=key) as answer:
            taken = await answer.json()
            assert answer.status == 200, taken
    async with call(base, token, "POST", f"{path}/actions", json=body) as answer:
        assert answer.content_type == "application/problem+json"
        problem = await answer.json()
    assert (problem["status"], problem["code"]) == (409, "case-changed")
    assert problem["revision"] == taken["revision"]
    body = {"action": "accept", "revision": taken["revision"], "reason": "Conforme."}
    async with call(base, token, "POST", f"{path}/actions", json=body) as answer:
        assert answer.status == 200, await answer.text()


async def look_and_stop(administrator: Visitor, receiver: Receiver, number: str) -> None:
    """Read what was told, have it told again, stop it; take the token back."""
    await administrator.open(ROOM)
    await administrator.follow(receiver.url)
    text = await administrator.text()
    assert f"{number} Demande déposée Reçu 2 204" in text, text
    await administrator.press("Refaire l’envoi")
    assert "va être refait" in await administrator.text()

    async def heard_again() -> bool:
        return len(receiver.heard) >= 3

    await until(heard_again)
    await administrator.press("Ne plus prévenir cette adresse")
    await administrator.press("Retirer")
    text = await administrator.text()
    assert "Jeton retiré : il n’ouvre plus rien." in text
    for entry in ("Jeton donné", "Adresse ajoutée", "Adresse arrêtée", "Jeton retiré"):
        assert entry in text


async def test_the_description_is_public_and_describes_what_is_served(
    portal: RunningPortal,
) -> None:
    async with aiohttp.request("GET", f"{portal.url}/business/openapi.json") as answer:
        assert answer.status == 200
        described = await answer.json()
    assert described["servers"] == [{"url": portal.url}]
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert "Business-Token" not in json.dumps(described)
    same = "0198c0de-0000-7000-8000-000000000001"
    for path, operations in described["paths"].items():
        for method in operations:
            url = portal.url + path.replace("{id}", same).replace("{document}", same)
            async with aiohttp.request(method.upper(), url) as answer:
                assert answer.status == 401, (method, path)
