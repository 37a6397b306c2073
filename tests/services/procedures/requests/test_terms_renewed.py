"""Terms accepted again in the middle of a form: the draft stands on the latest (LEG-02, LEG-03)."""

import pytest

from chassis.database import Database
from tests.services.procedures.portal import Draft, Portal

pytestmark = pytest.mark.promise("LEG-02", "LEG-03")


async def renew(portal: Portal, draft: Draft, key: str | None = None, **claims: object) -> int:
    body = {"terms_receipt": portal.receipt(draft.id, **claims)}
    response = await portal.call("PUT", f"{draft.path}/terms", key=key or draft.key, json=body)
    return response.status


async def kept_version(database: Database) -> int:
    async with database.connection() as connection:
        return int(await connection.fetchval("SELECT terms ->> 'version' FROM requests"))


async def kinds(portal: Portal, draft: Draft) -> list[str]:
    return [event["kind"] for event in (await portal.view(draft))["events"]]


async def test_the_latest_acceptance_is_kept_and_dated(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    for _ in range(2):
        assert await renew(portal, draft, version=2) == 204
    assert await kept_version(seeded) == 2
    assert await kinds(portal, draft) == ["started", "terms_renewed"]


async def test_an_older_receipt_changes_nothing(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    assert await renew(portal, draft, version=3) == 204
    assert await renew(portal, draft, version=2) == 204
    assert await kept_version(seeded) == 3


async def test_typing_under_way_is_not_disturbed(portal: Portal) -> None:
    draft = await portal.start()
    revision = (await portal.view(draft))["revision"]
    assert await renew(portal, draft, version=2) == 204
    assert (await portal.view(draft))["revision"] == revision


async def test_only_its_owner_and_only_a_receipt_for_it(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    assert await renew(portal, draft, key=portal.ids.new_secret(), version=2) == 404
    assert await renew(portal, draft, version=2, sub=str(portal.ids.new_id())) == 422
    assert await renew(portal, draft, version=2, signer="identity", iss="legal") == 422
    assert await kept_version(seeded) == 1


async def test_a_filed_request_keeps_the_acceptance_that_it_was_filed_with(
    portal: Portal, seeded: Database
) -> None:
    draft, _ = await portal.filed()
    assert await renew(portal, draft, version=2) == 409
    assert await kept_version(seeded) == 1
