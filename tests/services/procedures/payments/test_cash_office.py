"""What a cash officer does: settings, files, refunds, alerts, exports (PAY-04)."""

from datetime import timedelta

import pytest

from chassis.caller import Person
from chassis.database import Database
from deploy.simulators.dgfip.model import Decision
from services.procedures.payments.csv_lines import write_lines
from tests.services.procedures.payments.test_http import OFFICER, REGIE, SETTINGS, WATER, Desk
from tests.services.procedures.payments.test_http import desk as desk

pytestmark = pytest.mark.promise("PAY-04")
OFFICE = f"/cash-office/{REGIE}"


@pytest.mark.promise("SEC-02")
@pytest.mark.parametrize("person", [None, Person("0191f0a0-0000-7000-8000-0000000000bb", ("x",))])
async def test_nobody_else_gets_in(desk: Desk, person: Person | None) -> None:
    for method, path in (
        ("GET", "/cash-office"),
        ("GET", OFFICE),
        ("GET", f"{OFFICE}/attempts"),
        ("GET", f"{OFFICE}/credits.csv?first=2026-01-01&last=2026-12-31"),
        ("POST", f"{OFFICE}/alerts/1/closing"),
    ):
        status, problem = await desk.call(method, path, person=person)
        assert (status, problem["code"]) == (403, "not-allowed")
    for method, path, body in (
        ("PUT", f"{OFFICE}/settings", {**SETTINGS, "revision": 1}),
        ("POST", f"{OFFICE}/daily-files", {"content": ""}),
        ("POST", "/cash-office/bills", {"procedure": WATER, "content": ""}),
    ):
        assert (await desk.call(method, path, json=body, person=person))[0] == 403


async def test_settings_are_checked_and_never_overwritten_unseen(desk: Desk) -> None:
    assert (await desk.set_regie(revision=1, maximum_cents=10_000))[0] == 200
    status, problem = await desk.set_regie(revision=1)
    assert (status, problem["code"]) == (409, "stale-settings")
    for change in ({"numcli": "12345"}, {"minimum_cents": 99}, {"maximum_cents": 10_000_000}):
        status, problem = await desk.set_regie(revision=2, **change)
        assert (status, problem["code"]) == (422, "settings-invalid")
    # outside production no money moves
    status, problem = await desk.set_regie(revision=2, saisie="W")
    assert (status, problem["errors"][0]["pointer"]) == (422, "/saisie")


async def test_bills_are_imported_with_a_report_per_line(desk: Desk) -> None:
    content = (
        "\ufeffReference;Amount;Object;Exer\r\n"
        "202600000000000777;45,90;Facture d'eau n°3\r\n"
        "202600000000000777;45.90;\r\n"
        "202600000000000777;50,00;\r\n"
        "court;45,90;\r\n"
        "202600000000000778;0,50;\r\n"
        ";;\r\n"
        "é;x;;26\r\n"
    )
    body = {"procedure": WATER, "content": content}
    status, report = await desk.call("POST", "/cash-office/bills", json=body, person=OFFICER)
    assert status == 200
    assert [(line["line"], line["outcome"]) for line in report["lines"]] == [
        (2, "added"),
        (3, "known"),
        (4, "conflict"),
        (5, "invalid"),
        (6, "invalid"),
        (8, "invalid"),
    ]
    assert [line["detail"] for line in report["lines"][3:]] == [
        "reference",
        "amount",
        "reference amount exer",
    ]
    # only the announced amount can be paid
    wrong = desk.bill(reference="202600000000000777", amount="5")
    status, problem = await desk.call("POST", "/payments", json=wrong)
    assert (status, problem["errors"][0]["code"]) == (422, "differs")
    assert await desk.opened(reference="202600000000000777")


@pytest.mark.parametrize("content", ["", "a;b\n1;2\n", "\x01"])
async def test_a_file_without_its_columns_is_refused(desk: Desk, content: str) -> None:
    for path, body in (
        (f"{OFFICE}/daily-files", {"content": content}),
        ("/cash-office/bills", {"content": content, "procedure": WATER}),
    ):
        status, problem = await desk.call("POST", path, json=body, person=OFFICER)
        assert (status, problem["code"]) == (422, "file-refused")


async def test_a_double_payment_is_queued_then_settled(desk: Desk) -> None:
    path = await desk.opened()
    _, first = await desk.call("POST", f"{path}/attempts")
    desk.portal.clock.instant += timedelta(hours=2)
    desk.dgfip.clock.advance(7200)
    await desk.pay(path)

    desk.dgfip.register.decide(first["redirect_url"].rpartition("=")[2], Decision("P", "never"))
    look_up = f"{OFFICE}/attempts/{first['attempt_id']}/look-up"
    status, found = await desk.call("POST", look_up, person=OFFICER)
    assert (status, found["look_ups"][0]["cause"]) == (200, "officer")
    _, dashboard = await desk.call("GET", OFFICE, person=OFFICER)
    (refund,) = dashboard["refunds"]
    assert (refund["attempt_id"], refund["amount_cents"]) == (first["attempt_id"], 4590)
    assert {alert["kind"] for alert in dashboard["alerts"]} == {"overpaid", "paid-late"}
    settle = f"{OFFICE}/refunds/{first['attempt_id']}/settlement"
    decided = {"state": "refunded", "note": "Virement du 2 décembre"}
    assert (await desk.call("POST", settle, json=decided, person=OFFICER))[0] == 204
    assert (await desk.call("POST", settle, json=decided, person=OFFICER))[0] == 404
    _, dashboard = await desk.call("GET", OFFICE, person=OFFICER)
    assert dashboard["refunds"] == []


async def test_what_nothing_settles_is_ended_by_the_officer_and_a_payment_still_wins(
    desk: Desk, seeded: Database
) -> None:
    path = await desk.opened()
    _, begun = await desk.call("POST", f"{path}/attempts")
    operation = desk.dgfip.register.decide(
        begun["redirect_url"].rpartition("=")[2], Decision("P", "never", {"montant": "100"})
    )
    assert (await desk.call("POST", f"{path}/look-up"))[1]["state"] == "disputed"
    ending = f"{OFFICE}/attempts/{begun['attempt_id']}/ending"
    assert (await desk.call("POST", ending, person=OFFICER))[0] == 204
    assert (await desk.call("POST", ending, person=OFFICER))[0] == 404
    # asked again, the same answer brings nothing back
    _, view = await desk.call("POST", f"{path}/look-up")
    assert (view["state"], view["can_start"]) == ("expired", True)
    assert (await desk.call("POST", f"{path}/attempts"))[0] == 200
    operation.echo.clear()
    look_up = f"{OFFICE}/attempts/{begun['attempt_id']}/look-up"
    await desk.call("POST", look_up, person=OFFICER)
    async with seeded.connection() as connection:
        assert await connection.fetchval("SELECT sum(amount_cents)::int FROM credits") == 4590


async def test_the_export_holds_the_credits_of_the_period(desk: Desk) -> None:
    await desk.pay(await desk.opened(), "V")
    period = "credits.csv?first=2026-11-24&last=2026-11-24"
    status, text = await desk.call("GET", f"{OFFICE}/{period}", person=OFFICER)
    assert status == 200
    header, line = text.decode().split("\r\n")[:2]
    assert header.startswith("credited_at;")
    assert ";202600000000000123;4590;payment;V;" in line
    other = "credits.csv?first=2026-11-25&last=2026-11-30"
    _, text = await desk.call("GET", f"{OFFICE}/{other}", person=OFFICER)
    assert len(text.decode().strip().split("\r\n")) == 1


def test_no_cell_is_a_formula() -> None:
    assert write_lines(["a"], [["=1+1"], ["@x"], ["fine"], [None]]).split("\r\n") == [
        "a",
        "'=1+1",
        "'@x",
        "fine",
        '""',
        "",
    ]
