"""An error or a death between any two lines of a filing: a draft as it was, or one request.


See `lines`: the points are found as they are met, so that every line that is added is struck too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from chassis.database import Database
from services.procedures.requests.numbers import normalise_number
from tests.services.procedures.accidents.killing import mortal
from tests.services.procedures.accidents.lines import Point, Strikes, raise_there
from tests.services.procedures.portal import DECLARATION, Draft, Portal

pytestmark = pytest.mark.promise("REQ-04")

# everything that the database holds about a request, compared as a whole
SELECT_TRACES = """
SELECT
    r.state,
    r.number,
    md5(r::text) AS row,
    (SELECT array_agg(e.kind ORDER BY e.position) FROM request_events e WHERE e.request_id = r.id)
        AS events,
    (SELECT array_agg(d.id) FROM supporting_documents d WHERE d.request_id = r.id) AS documents,
    (
        SELECT count(*)
        FROM pgqueuer q
        WHERE q.entrypoint = 'acknowledge_filing'
            AND convert_from(q.payload, 'UTF8') LIKE '%' || r.id || '%'
    ) AS jobs
FROM requests r
WHERE r.id = $1
"""


async def traces(database: Database, draft: Draft) -> dict[str, Any]:
    async with database.connection() as connection:
        return dict(await connection.fetchrow(SELECT_TRACES, draft.id) or {})


@dataclass
class Filing:
    """A draft, and what the database held of it before anybody filed it."""

    draft: Draft
    before: dict[str, Any]

    @classmethod
    async def prepare(cls, portal: Portal, database: Database) -> "Filing":
        draft = await portal.complete()
        return cls(draft, await traces(database, draft))

    async def is_filed(self, database: Database, point: Point) -> bool:
        """Say which of the two a strike at `point` left; anything else fails."""
        after = await traces(database, self.draft)
        if after["state"] == "draft":
            assert after == self.before, point
            return False
        assert (after["events"], after["jobs"]) == (["started", "filed"], 1), point
        assert after["documents"] == self.before["documents"], point
        assert normalise_number(after["number"]) == after["number"], point
        return True

    async def file_again(self, portal: Portal, database: Database, point: Point) -> None:
        """File what is filed: the same number is answered, and nothing is added."""
        before = await traces(database, self.draft)
        again = await portal.file(self.draft)
        assert again.status == 200, (point, await again.text())
        assert (await again.json())["number"] == before["number"], point
        assert await traces(database, self.draft) == before, point


async def file_struck(portal: Portal, draft: Draft, strikes: Strikes) -> None:
    """File by HTTP under the strikes; the answer may be lost, or a clear failure."""
    token = portal.signer("gateway").token("procedures", None)
    body = {"certified": True, "certification_hash": DECLARATION.content_hash}
    headers = {"Authorization": f"Bearer {token}", "Request-Key": draft.key}
    with strikes.armed():
        try:
            response = await portal.client.post(f"{draft.path}/filing", json=body, headers=headers)
            assert response.status in (200, 401, 500), await response.text()
        except aiohttp.ClientError:
            pass


@pytest.mark.usefixtures("quiet")
@pytest.mark.timeout(300)
async def test_an_error_on_any_line_leaves_a_draft_as_it_was_or_one_request(
    portal: Portal, seeded: Database
) -> None:
    strikes = Strikes(raise_there)
    filing, states = await Filing.prepare(portal, seeded), set()
    while True:
        met = set(strikes.struck)
        await file_struck(portal, filing.draft, strikes)
        new = strikes.struck - met
        if not new:
            break
        [point] = new
        filed = await filing.is_filed(seeded, point)
        states.add(filed)
        if filed:
            await filing.file_again(portal, seeded, point)
            filing = await Filing.prepare(portal, seeded)
    assert await filing.is_filed(seeded, ("after every point",)), "filable after all of them"
    assert states == {True, False}


@pytest.mark.faults
@pytest.mark.timeout(300)
async def test_a_death_on_any_line_leaves_a_draft_as_it_was_or_one_request(
    portal: Portal, seeded: Database, procedures_environment: Mapping[str, str]
) -> None:
    filing, states = await Filing.prepare(portal, seeded), set()
    async with mortal("file", procedures_environment) as kill:
        while (point := await kill(portal, filing.draft)) is not None:
            filed = await filing.is_filed(seeded, point)
            states.add(filed)
            if filed:
                await filing.file_again(portal, seeded, point)
                filing = await Filing.prepare(portal, seeded)
    assert await filing.is_filed(seeded, ("after every point",)), "filable after all of them"
    assert states == {True, False}
