"""Agents of the services of the shipped authority, calling the desk as the gateway does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse, FormData

from chassis.caller import Person
from chassis.clock import IdSource
from services.procedures.office import OFFICE, Office
from tests.services.procedures.portal import Draft, Portal, pdf

WASTE = "dechets"


def agent(service: str = WASTE, role: str = "agent") -> Person:
    return Person(str(IdSource().new_id()), (f"{role}:{service}" if service else role,))


@dataclass
class Desk:
    """An agent at the desk."""

    portal: Portal
    person: Person

    async def call(self, method: str, path: str, **more: Any) -> ClientResponse:
        return await self.portal.call(method, f"/desk{path}", person=self.person, **more)

    async def open(self, draft: Draft) -> dict[str, Any]:
        response = await self.call("GET", f"/requests/{draft.id}")
        assert response.status == 200, await response.text()
        found: dict[str, Any] = await response.json()
        return found

    async def act(
        self,
        draft: Draft,
        action: str,
        revision: int | None = None,
        key: str | None = None,
        **body: Any,
    ) -> ClientResponse:
        """Do an action; without a revision, on the request as it is now."""
        if revision is None:
            revision = (await self.open(draft))["revision"]
        return await self.call(
            "POST",
            f"/requests/{draft.id}/actions",
            json={"action": action, "revision": revision, **body},
            headers={"Idempotency-Key": key} if key else None,
        )

    async def must(self, draft: Draft, action: str, **body: Any) -> dict[str, Any]:
        response = await self.act(draft, action, **body)
        assert response.status == 200, await response.text()
        done: dict[str, Any] = await response.json()
        return done

    async def take(self, draft: Draft) -> dict[str, Any]:
        return await self.must(draft, "take_in_hand")

    async def queue(self, **query: str) -> dict[str, Any]:
        response = await self.call("GET", "/requests", params={"service": WASTE, **query})
        assert response.status == 200, await response.text()
        found: dict[str, Any] = await response.json()
        return found

    async def search(self, text: str) -> list[str]:
        response = await self.call("POST", "/search", json={"text": text})
        assert response.status == 200, await response.text()
        return [row["number"] for row in (await response.json())["requests"]]

    async def write(self, draft: Draft, text: str, files: list[str] | None = None) -> None:
        body = {"id": str(self.portal.ids.new_id()), "text": text, "files": files or []}
        response = await self.call("POST", f"/requests/{draft.id}/messages", json=body)
        assert response.status == 204, await response.text()


async def journal(portal: Portal, draft: Draft, language: str = "fr") -> dict[str, Any]:
    response = await portal.call(
        "GET", f"{draft.path}/journal", key=draft.key, params={"language": language}
    )
    assert response.status == 200, await response.text()
    found: dict[str, Any] = await response.json()
    return found


async def person_does(
    portal: Portal, draft: Draft, what: str, body: Mapping[str, Any], key: str | None = None
) -> ClientResponse:
    headers = {"Idempotency-Key": key} if key else None
    return await portal.call(
        "POST", f"{draft.path}/{what}", key=draft.key, json=dict(body), headers=headers
    )


async def join_file(portal: Portal, draft: Draft, document: str = "message") -> ClientResponse:
    form = FormData()
    form.add_field("file", pdf(2), filename="preuve.pdf", content_type="application/pdf")
    return await portal.call("PUT", f"{draft.path}/files/{document}", key=draft.key, data=form)


def office_of(portal: Portal) -> Office:
    """The use cases of the running service, as its worker has them."""
    found: Office = portal.client.app[OFFICE]  # type: ignore[attr-defined]
    return found


def kinds(steps: list[Mapping[str, Any]]) -> list[str]:
    return [step["kind"] for step in steps]


def new_key() -> str:
    return str(IdSource().new_id())
