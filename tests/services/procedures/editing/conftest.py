"""Two editors and a publisher before the service."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientResponse

from chassis.caller import Person
from tests.services.procedures.portal import CARD, Portal

DRAFTS = "/staff/definition-drafts"


def person(*roles: str) -> Person:
    return Person(str(uuid4()), roles)


@dataclass
class Editors:
    """Calls the service as the gateway does for `writer`, unless another person is named."""

    portal: Portal
    writer: Person = field(default_factory=lambda: person("editor"))
    second: Person = field(default_factory=lambda: person("publisher"))

    async def call(
        self, method: str, path: str, body: Any = None, who: Person | None = None
    ) -> ClientResponse:
        more = {} if body is None else {"json": body}
        return await self.portal.call(method, path, person=who or self.writer, **more)

    async def good(
        self, method: str, path: str, body: Any = None, who: Person | None = None
    ) -> dict[str, Any]:
        response = await self.call(method, path, body, who)
        assert response.status < 300, await response.text()
        found: dict[str, Any] = await response.json()
        return found

    async def refused(
        self, method: str, path: str, body: Any = None, who: Person | None = None
    ) -> tuple[int, str]:
        response = await self.call(method, path, body, who)
        return response.status, (await response.json())["code"]

    async def begin(self, **beginning: Any) -> dict[str, Any]:
        body = {"id": str(uuid4()), **(beginning or {"procedure": CARD})}
        return await self.good("POST", DRAFTS, body)

    async def read(self, draft: dict[str, Any]) -> dict[str, Any]:
        return await self.good("GET", f"{DRAFTS}/{draft['id']}")

    async def change(self, draft: dict[str, Any], *changes: dict[str, Any]) -> dict[str, Any]:
        body = {"revision": draft["revision"], "changes": list(changes)}
        return await self.good("POST", f"{DRAFTS}/{draft['id']}/changes", body)

    async def retitled(self, title: str = "Obtenir la carte") -> dict[str, Any]:
        """A draft of the card whose French title is another."""
        draft = await self.begin()
        return await self.change(draft, put(["title", "fr"], title))

    async def submit(self, draft: dict[str, Any]) -> dict[str, Any]:
        path = f"{DRAFTS}/{draft['id']}/submission"
        return await self.good("POST", path, {"revision": draft["revision"]})

    def approval(self, draft: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        body = {"revision": draft["revision"], "content_hash": draft["content_hash"]}
        return f"{DRAFTS}/{draft['id']}/approval", body

    async def approve(self, draft: dict[str, Any]) -> dict[str, Any]:
        path, body = self.approval(draft)
        return await self.good("POST", path, body, self.second)

    async def public(self, slug: str = CARD) -> dict[str, Any]:
        return await self.good("GET", f"/procedures/{slug}")


def put(path: list[str | int], value: Any) -> dict[str, Any]:
    """The change that sets a part."""
    return {"op": "set", "path": path, "value": value}


@pytest.fixture
def editors(portal: Portal) -> Editors:
    return Editors(portal)
