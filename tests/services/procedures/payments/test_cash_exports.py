"""What a cash officer takes away (PAY-04)."""

import pytest

from services.procedures.payments.csv_lines import write_lines
from tests.services.procedures.payments.test_http import OFFICER, REGIE, Desk
from tests.services.procedures.payments.test_http import desk as desk

pytestmark = pytest.mark.promise("PAY-04")
OFFICE = f"/cash-office/{REGIE}"


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
