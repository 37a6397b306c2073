"""The daily file of a régie: each line confirms, credits or is told, once (PAY-04)."""

from datetime import timedelta

import pytest
from yarl import URL

from chassis.database import Database
from deploy.simulators.dgfip.daily_file import daily_file as written
from deploy.simulators.dgfip.faults import Fault
from deploy.simulators.dgfip.model import Decision
from deploy.simulators.dgfip.pages import return_address
from tests.services.procedures.payments.test_http import OFFICER, REGIE, Desk
from tests.services.procedures.payments.test_http import desk as desk

pytestmark = pytest.mark.promise("PAY-04")
OFFICE = f"/cash-office/{REGIE}"


async def take_file(desk: Desk, content: str) -> list[str]:
    body = {"content": content}
    status, report = await desk.call("POST", f"{OFFICE}/daily-files", json=body, person=OFFICER)
    assert status == 200, report
    return [line["outcome"] for line in report["lines"]]


def daily_file(desk: Desk) -> str:

    return written(desk.dgfip.register.credited("006382"))


async def test_the_daily_file_confirms_what_is_known_once(desk: Desk) -> None:
    await desk.pay(await desk.opened())
    content = daily_file(desk)
    assert await take_file(desk, content) == ["confirmed"]
    assert await take_file(desk, content) == ["known"]


async def test_the_daily_file_credits_what_nobody_saw(desk: Desk, seeded: Database) -> None:
    path = await desk.opened()
    _, redirection = await desk.call("POST", f"{path}/attempts")
    idop = redirection["redirect_url"].rpartition("=")[2]

    desk.dgfip.register.decide(idop, Decision("V", "never"))
    assert await take_file(desk, daily_file(desk)) == ["credited"]
    _, view = await desk.call("GET", path)
    assert view["state"] == "paid"
    async with seeded.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM credits") == 1


@pytest.mark.promise("PAY-01", "PAY-02")
async def test_in_form_mode_the_daily_file_turns_a_declaration_into_a_payment(desk: Desk) -> None:
    await desk.set_regie(revision=1, mode="form")
    path = await desk.opened()
    _, redirection = await desk.call("POST", f"{path}/attempts")

    fields = dict(URL(redirection["redirect_url"]).query)
    operation = desk.dgfip.register.create_from_form(fields)
    desk.dgfip.register.decide(operation.idop, Decision("P", "never"))

    pairs = [list(pair) for pair in return_address(operation).query.items()]
    token = fields["urlcl"].rpartition("/")[2]
    body = {"token": token, "pairs": pairs}
    _, view = await desk.call("POST", "/payment-returns", json=body)
    assert view["state"] == "declared"
    assert await take_file(desk, daily_file(desk)) == ["credited"]
    _, view = await desk.call("GET", path)
    assert view["state"] == "paid"


async def test_what_nobody_here_asked_for_is_told(desk: Desk) -> None:
    header = "dattrans;heurtrans;numcli;exer;refdet;montant;resultrans;numauto\n"
    line = "24112026;1000;006382;2026;202600000000000999;4590;P;000123\n"
    odd = "24112026;1000;006382;2026;202600000000000999;4590;R;\nx;;;;;;;\n"
    assert await take_file(desk, header + line + odd) == ["unmatched", "invalid", "invalid"]
    _, dashboard = await desk.call("GET", OFFICE, person=OFFICER)
    (alert,) = dashboard["alerts"]
    assert (alert["kind"], alert["detail"]) == ("unmatched-line", "202600000000000999")
    path = f"{OFFICE}/alerts/{alert['id']}/closing"
    assert (await desk.call("POST", path, person=OFFICER))[0] == 204
    assert (await desk.call("POST", path, person=OFFICER))[0] == 404


async def test_a_line_credits_no_other_attempt_than_the_one_that_was_paid(
    desk: Desk, seeded: Database
) -> None:
    path = await desk.opened()
    _, first = await desk.call("POST", f"{path}/attempts")
    desk.portal.clock.instant += timedelta(hours=2)
    desk.dgfip.clock.advance(7200)
    assert (await desk.call("POST", f"{path}/attempts"))[0] == 200
    # the first page was still open in another tab: it is paid there, while the second one waits
    desk.dgfip.register.decide(first["redirect_url"].rpartition("=")[2], Decision("P", "never"))
    assert await take_file(desk, daily_file(desk)) == ["credited"]
    async with seeded.connection() as connection:
        rows = await connection.fetch("SELECT attempt_id, kind FROM credits")
    assert [(str(row["attempt_id"]), row["kind"]) for row in rows] == [
        (first["attempt_id"], "payment")
    ]


async def test_with_the_dgfip_away_a_line_is_to_be_imported_later(desk: Desk) -> None:
    path = await desk.opened()
    _, begun = await desk.call("POST", f"{path}/attempts")
    desk.dgfip.register.decide(begun["redirect_url"].rpartition("=")[2], Decision("P", "never"))
    content = daily_file(desk)
    desk.dgfip.faults.planned.append(Fault("bad_gateway"))
    assert await take_file(desk, content) == ["later"]
    assert await take_file(desk, content) == ["credited"]
