"""POST /tracking: a request is followed with its number and code (REQ-06)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.procedures.requests.numbers import (
    normalise_code,
    normalise_number,
    request_number,
    tracking_code,
)
from tests.services.procedures.portal import Portal

pytestmark = pytest.mark.promise("REQ-06")
KEY = b"k" * 32


async def test_number_and_code_open_the_request(portal: Portal) -> None:
    draft, view = await portal.filed()
    typed = {"number": view["number"], "code": view["tracking_code"]}
    found = await portal.call("POST", "/tracking", json=typed)
    assert found.status == 200
    assert (await found.json())["id"] == str(draft.id)
    opened = await portal.call("GET", draft.path, key=view["tracking_code"])
    assert opened.status == 200


async def test_careless_typing_is_forgiven(portal: Portal) -> None:
    _, view = await portal.filed()
    number = view["number"].lower().replace("-", " ")
    code = view["tracking_code"].lower().replace("-", "").replace("0", "o").replace("1", "l")
    response = await portal.call("POST", "/tracking", json={"number": f" {number} ", "code": code})
    assert response.status == 200


async def test_a_wrong_number_and_a_wrong_code_are_the_same_answer(portal: Portal) -> None:
    _, view = await portal.filed()
    _, other = await portal.filed()
    tries = [
        {"number": view["number"], "code": other["tracking_code"]},
        {"number": view["number"], "code": ""},
        {"number": "", "code": view["tracking_code"]},
        {"number": "NM-2026-999999-X", "code": view["tracking_code"]},
        {"number": "x" * 200, "code": "é" * 200},
        {"number": "NM-2026-" + "٣" * 6 + "-K", "code": "ß" * 28},
    ]
    answers = [await portal.call("POST", "/tracking", json=typed) for typed in tries]
    problems = [await answer.json() for answer in answers]
    for problem in problems:
        problem.pop("instance", None)
    assert [answer.status for answer in answers] == [404] * len(tries)
    assert all(problem == problems[0] for problem in problems)


async def test_a_draft_has_no_code(portal: Portal) -> None:
    draft = await portal.start()
    response = await portal.call("GET", draft.path, key=tracking_code(_tracking_key(), draft.id))
    assert response.status == 404


def _tracking_key() -> bytes:
    return b"a key of 32 bytes for the tests!"


@given(st.integers(1, 10**9), st.integers(2026, 2126), st.data())
def test_a_mistyped_character_of_a_number_is_noticed(
    sequence: int, year: int, data: st.DataObject
) -> None:
    number = request_number("NM", year, sequence)
    assert normalise_number(number.replace("-", " ").lower()) == number
    place = data.draw(st.sampled_from([n for n, letter in enumerate(number) if letter != "-"]))
    letter = data.draw(
        st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(
            lambda one: one != number[place]
        )
    )
    mistyped = number[:place] + letter + number[place + 1 :]
    assert normalise_number(mistyped) != mistyped


@given(st.uuids())
def test_a_code_says_nothing_of_another(request_id: object) -> None:
    code = tracking_code(KEY, request_id)  # type: ignore[arg-type]
    assert code != tracking_code(b"l" * 32, request_id)  # type: ignore[arg-type]
    assert normalise_code(code.lower().replace("-", " ")) == code


@given(st.text(max_size=300))
def test_any_typing_is_read_without_failing(typed: str) -> None:
    normalise_number(typed)
    normalise_code(typed)
