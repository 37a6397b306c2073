"""Extractions: three formats, columns that do not move, nothing that a spreadsheet runs."""

import csv
import io
import json
from typing import Any

import pytest
from odf import table, teletype
from odf.opendocument import load
from openpyxl import load_workbook

from services.procedures.exports.cells import COLUMNS, RISKY, harmless
from tests.services.procedures.office import WASTE, Desk, agent, journal
from tests.services.procedures.portal import CARD, CARD_PAGES, Portal, pdf
from tests.support.hostile_values import TEXTS

pytestmark = pytest.mark.promise("REQ-07")
PERIOD = {"service": WASTE, "first": "2026-01-01", "last": "2026-12-31"}


def rows_of(kind: str, content: bytes) -> list[list[str]]:
    if kind == "csv":
        text = content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(content), read_only=True).active
        return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    document = load(io.BytesIO(content))
    return [
        [teletype.extractText(cell) for cell in row.getElementsByType(table.TableCell)]
        for row in document.getElementsByType(table.TableRow)
    ]


async def extract(desk: Desk, kind: str, **more: Any) -> list[list[str]]:
    response = await desk.call("GET", "/export", params={**PERIOD, "kind": kind, **more})
    assert response.status == 200, await response.text()
    assert response.headers["Content-Disposition"] == f'attachment; filename="dossiers.{kind}"'
    return rows_of(kind, await response.read())


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
async def test_every_format_holds_the_same_rows_in_the_same_columns(
    portal: Portal, kind: str
) -> None:
    desk = Desk(portal, agent())
    numbers = [(await portal.filed())[1]["number"] for _ in range(2)]
    found = await extract(desk, kind)
    assert tuple(found[0]) == COLUMNS
    assert [row[0] for row in found[1:]] == numbers
    assert found[1][2:5] == ["filed", "Déposée, en attente de prise en charge", "2026-11-24"]


@pytest.mark.promise("DAT-04")
async def test_an_extraction_of_answers_is_safe_and_noted_for_each_person(portal: Portal) -> None:
    desk = Desk(portal, agent())
    draft = await portal.start()
    hostile = {**CARD_PAGES["vous"], "family_name": '=HYPERLINK("http://x";"y")'}
    for page, answers in {**CARD_PAGES, "vous": hostile}.items():
        assert (await portal.save(draft, page, answers)).status == 200
    await portal.upload(draft, pdf())
    assert (await portal.file(draft)).status == 200
    for kind in ("csv", "xlsx", "ods"):
        found = await extract(desk, kind, procedure=CARD, answers="true")
        cell = found[1][found[0].index("family_name")]
        assert cell == "'" + hostile["family_name"]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in found[1])
    purposes = [one["purpose"] for one in (await journal(portal, draft))["readings"]]
    assert purposes == ["export"] * 3


@pytest.mark.promise("SEC-01")
async def test_whatever_a_form_takes_runs_in_no_spreadsheet(portal: Portal) -> None:
    desk, filed = Desk(portal, agent()), 0
    for text in TEXTS:
        draft = await portal.start()
        hostile = {**CARD_PAGES["vous"], "family_name": text[:200], "given_name": f"{text[:90]}a"}
        body = json.dumps({"answers": hostile, "revision": 0}).encode()
        saved = await portal.call("PUT", f"{draft.path}/answers/vous", key=draft.key, data=body)
        if saved.status != 200:
            continue
        draft.revision = (await saved.json())["revision"]
        for page in ("adresse", "carte"):
            assert (await portal.save(draft, page, CARD_PAGES[page])).status == 200
        await portal.upload(draft, pdf())
        assert (await portal.file(draft)).status == 200
        filed += 1
    assert filed > 10
    for kind in ("csv", "xlsx", "ods"):
        head, *rows = await extract(desk, kind, procedure=CARD, answers="true")
        assert len(rows) == filed
        assert {len(row) for row in rows} == {len(head)}
        assert not [cell for row in rows for cell in row if cell.startswith(RISKY)]


@pytest.mark.promise("SEC-02")
async def test_only_the_service_extracts(portal: Portal) -> None:
    stranger = Desk(portal, agent("eau-assainissement"))
    response = await stranger.call("GET", "/export", params={**PERIOD, "kind": "csv"})
    assert response.status == 403


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_a_spreadsheet_would_run_is_made_plain(text: str) -> None:
    assert harmless(text) == "'" + text
    assert harmless("a\x00b\x1fc") == "abc"
