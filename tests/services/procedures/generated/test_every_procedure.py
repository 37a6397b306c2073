"""Every shipped form is filed over HTTP with generated answers."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authority.profile import default_folder, load_profile
from services.procedures.catalogue.definition_files import read_definitions
from services.procedures.catalogue.model import Kind, ProcedureDefinition
from services.procedures.forms.model import NO_FORM
from tests.services.procedures.generated.answers import right_answers
from tests.services.procedures.portal import DECLARATION, Draft, Portal, image, pdf

SHIPPED = {
    found.definition.id: found.definition
    for found in read_definitions(
        default_folder() / "procedures", load_profile(default_folder())
    ).definitions
    if found.definition.kind is Kind.INTERNAL
}
GENERATED = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
Examples = Callable[[Any, Callable[[Any], Coroutine[Any, Any, None]]], Coroutine[Any, Any, None]]


@pytest.fixture
def drawn() -> Callable[[st.SearchStrategy[Any], int], list[Any]]:
    """Draw examples of a strategy before the test's own loop uses them."""

    def draw(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
        found: list[Any] = []

        @settings(GENERATED, max_examples=count)
        @given(strategy)
        def keep(example: Any) -> None:
            found.append(example)

        keep()
        return found

    return draw


def day_in_period(definition: ProcedureDefinition) -> datetime:
    """Return a noon of 2026 on which the procedure takes requests."""
    days = [date(2026, month, 20) for month in (11, 6, 9, 3)]
    day = next(day for day in days if definition.availability(day).is_open)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


async def fill(portal: Portal, draft: Draft, pages: dict[str, dict[str, Any]]) -> None:
    """Save every page; conditions see only what is saved, so a page may be told once more."""
    for page, answers in pages.items():
        response = await portal.save(draft, page, answers)
        assert response.status == 200, (page, answers, await response.text())


async def join_documents(portal: Portal, draft: Draft, definition: ProcedureDefinition) -> None:
    for lack in (await portal.view(draft))["missing"]:
        spec = definition.find_document(lack["document"])
        assert spec is not None
        content, name = (pdf(), "a.pdf") if "pdf" in spec.types else (image(), "a.jpg")
        response = await portal.upload(draft, content, name, spec.id)
        assert response.status == 201, await response.text()


@pytest.mark.promise("REQ-01", "REQ-05")
@pytest.mark.parametrize("procedure", SHIPPED)
async def test_it_is_filed_with_right_answers(
    portal: Portal, procedure: str, drawn: Callable[..., list[Any]]
) -> None:
    definition = SHIPPED[procedure]
    portal.clock.instant = day_in_period(definition)
    for pages in drawn(right_answers(definition.form or NO_FORM, portal.clock.now().date()), 2):
        draft = await portal.start(procedure)
        await fill(portal, draft, pages)
        await join_documents(portal, draft, definition)
        view = await portal.view(draft)
        assert view["missing"] == []
        hidden = {name for name in view["form_state"]["hidden"] if "." not in name}
        assert not hidden & view["answers"].keys(), "what is not shown is not kept"
        response = await portal.file(draft, certification_hash=DECLARATION.content_hash)
        filed = await response.json()
        assert response.status == 200, filed
        rows = [row for part in filed["recap"] for row in part["fields"]]
        assert all(isinstance(row["value"], str) for row in rows)
        assert {part["page"] for part in filed["recap"]} == set(view["form_state"]["pages"])


async def test_many_people_file_at_once(portal: Portal, drawn: Callable[..., list[Any]]) -> None:
    definition = SHIPPED["collecte-encombrants"]
    today = portal.clock.now().date()
    examples = drawn(right_answers(definition.form or NO_FORM, today), 4)

    async def one(pages: dict[str, dict[str, Any]]) -> str:
        draft = await portal.start(definition.id)
        await fill(portal, draft, pages)
        return str((await (await portal.file(draft)).json())["number"])

    numbers = await asyncio.gather(*(one(pages) for pages in examples))
    assert len(set(numbers)) == len(examples)
