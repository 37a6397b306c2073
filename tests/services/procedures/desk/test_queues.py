"""Queues: filters, pages, search; and their plans over many requests (REQ-07)."""

import pytest

from chassis.database import Database
from services.procedures.desk import queue_repository
from services.procedures.desk.model import NEWEST, OLDEST, QueueFilter
from services.procedures.desk.names import name_words
from services.procedures.desk.queue_repository import FIRST, LAST, queue_statement
from services.procedures.lifecycle.model import State
from tests.services.procedures.office import WASTE, Desk, agent
from tests.services.procedures.portal import CARD_PAGES, Portal

pytestmark = pytest.mark.promise("REQ-07")

# the columns that must be there, and those that a queue reads
INSERT_MANY = """
INSERT INTO requests (
    id, procedure_id, version, state, language, access_key_hash, answers, revision, terms,
    created_at, updated_at, number, tracking_code_hash, filed_at, declaration_hash, certified_at,
    service_id, due_on, attention_on, assigned_to, decided_at, retention_months
)
SELECT gen_random_uuid(), 'carte-decheterie', 1,
    CASE WHEN n % 20 = 0 THEN 'filed' WHEN n % 20 = 1 THEN 'taken_in_hand' ELSE 'accepted' END,
    'fr', '', '', 1, '{}', filed.at, filed.at, 'T-2026-' || n, '', filed.at, $1, filed.at,
    CASE WHEN n % 3 = 0 THEN 'dechets' ELSE 'service-' || n % 12 END, filed.at::date + 15,
    CASE WHEN n % 20 < 2 THEN filed.at::date + 7 END, NULL,
    CASE WHEN n % 20 >= 2 THEN filed.at + interval '9 days' END, 24
FROM generate_series(1, 20000) AS n,
    LATERAL (SELECT timestamptz '2026-01-01' + n * interval '20 minutes' AS at) AS filed
"""
NAMES_OF_MANY = """
INSERT INTO request_names (token, service_id, filed_at, request_id)
SELECT sha256(('t' || (row_number() OVER ()) % 500)::bytea), service_id, filed_at, id
FROM requests WHERE state <> 'draft'
"""
PLANS = {
    (state, mine, order): QueueFilter(
        WASTE, state=state, assigned_to=FIRST[1] if mine else None, order=order
    )
    for state in (None, State.FILED, State.ACCEPTED)
    for mine in (False, True)
    for order in (OLDEST, NEWEST)
} | {
    (None, "nobody", order): QueueFilter(WASTE, unassigned=True, order=order)
    for order in (OLDEST, NEWEST)
}


async def test_a_queue_holds_the_open_requests_of_its_service_from_the_oldest(
    portal: Portal, desk: Desk
) -> None:
    numbers = [(await portal.filed())[1]["number"] for _ in range(3)]
    taken = (await portal.filed())[0]
    await desk.take(taken)
    await desk.must(taken, "accept", reason="Conforme.")
    rows = (await desk.queue())["requests"]
    assert [row["number"] for row in rows] == numbers
    newest = (await desk.queue(order="newest"))["requests"]
    assert [row["number"] for row in newest] == numbers[::-1]
    accepted = (await desk.queue(state="accepted"))["requests"]
    assert [row["id"] for row in accepted] == [str(taken.id)]
    assert CARD_PAGES["vous"]["family_name"] not in str(rows)


async def test_pages_follow_one_another_without_gap_nor_repetition(
    portal: Portal, desk: Desk
) -> None:
    expected = [(await portal.filed())[1]["number"] for _ in range(5)]
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = await desk.queue(count="2", **after)
        found += [row["number"] for row in page["requests"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert found == expected


async def test_filters_find_mine_nobodys_and_the_late_ones(portal: Portal, desk: Desk) -> None:
    mine, _ = await portal.filed()
    other, _ = await portal.filed()
    await desk.take(mine)
    assert [row["id"] for row in (await desk.queue(assigned="me"))["requests"]] == [str(mine.id)]
    nobody = (await desk.queue(assigned="nobody"))["requests"]
    assert [row["id"] for row in nobody] == [str(other.id)]
    assert (await desk.queue(late="true"))["requests"] == []
    sizes = (await (await desk.call("GET", "/queues")).json())["queues"]
    assert sizes == [
        {"service_id": WASTE, "open": 2, "filed": 1, "escalated": 0, "late": 0, "mine": 1}
    ]


async def test_a_request_is_found_by_number_however_typed(portal: Portal, desk: Desk) -> None:
    _, view = await portal.filed()
    typed = view["number"].lower().replace("-", " ")
    assert await desk.search(typed) == [view["number"]]
    stranger = Desk(portal, agent("eau-assainissement"))
    assert await stranger.search(typed) == []


@pytest.mark.parametrize("typed", ["Pagnol", "pagnol manon", "  MANON ", "Pâgnol"])
@pytest.mark.promise("DAT-05")
async def test_a_request_is_found_by_its_names(portal: Portal, desk: Desk, typed: str) -> None:
    _, view = await portal.filed()
    assert await desk.search(typed) == [view["number"]]
    assert await desk.search(f"{typed} Durand") == []


def test_names_are_found_whatever_their_accents_hyphens_and_ligatures() -> None:
    assert name_words("Jean-François L’Œuvre") == ["jean", "francois", "oeuvre"]
    assert name_words("D'Artagnan") == name_words("d’ARTAGNAN") == ["artagnan"]


async def test_no_page_of_the_desk_reads_every_request(
    portal: Portal, seeded: Database, desk: Desk
) -> None:
    _, view = await portal.filed()
    async with seeded.transaction() as connection:
        declared = await connection.fetchval(
            "SELECT declaration_hash FROM requests WHERE number = $1", view["number"]
        )
        await connection.execute(INSERT_MANY, declared)
        await connection.execute(NAMES_OF_MANY)
    async with seeded.connection() as connection:
        await connection.execute("ANALYZE requests")
        await connection.execute("ANALYZE request_names")
        # what a prepared statement may end with, after five executions
        for mode in ("force_custom_plan", "force_generic_plan"):
            await connection.execute(f"SET plan_cache_mode = {mode}")
            for name, wanted in PLANS.items():
                start = LAST if wanted.order == NEWEST else FIRST
                arguments = [WASTE, *start, 50, None, wanted.assigned_to, wanted.unassigned]
                state = str(wanted.state) if wanted.state else None
                plan = await _plan(connection, queue_statement(wanted), *arguments, None, state)
                assert "Seq Scan on requests" not in plan, (mode, name, plan)
                assert ("nobody_queue" in plan) == wanted.unassigned, (mode, name, plan)
            found = await _plan(
                connection, queue_repository.SELECT_BY_NAME, WASTE, b"1" * 32, [b"2" * 32], 50
            )
            assert "Seq Scan" not in found.replace("Seq Scan on wanted", ""), (mode, found)


async def _plan(connection: object, statement: str, *arguments: object) -> str:
    rows = await connection.fetch(f"EXPLAIN {statement}", *arguments)  # type: ignore[attr-defined]
    return "\n".join(row[0] for row in rows)
