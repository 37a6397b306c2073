"""gateway.forms: what a form may send, over HTTP."""

from typing import Any

import aiohttp
import pytest
from multidict import MultiDict

from gateway.forms import answers_of, kept_fields, object_of, text_of
from tests.gateway.conftest import OpenGateway
from tests.gateway.forms import form_of, send

PATH = "/suivi"
QUESTIONS: dict[str, dict[str, Any]] = {
    "name": {"type": "text"},
    "days": {"type": "choices"},
    "remarks": {"type": "long_text"},
}


@pytest.mark.promise("SEC-01")
async def test_a_doubled_name_is_refused(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, PATH)
    fields = aiohttp.FormData([*form.values, ("number", "other")])
    assert (await send(client, PATH, fields)).status == 400


async def test_a_form_too_large_is_refused(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, PATH)
    fields = {**dict(form.values), "number": "9" * 600_000}
    assert (await send(client, PATH, fields)).status == 413


async def test_what_is_no_form_is_refused(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    await form_of(client, PATH)
    response = await send(
        client, PATH, b"--x\r\nbroken", **{"Content-Type": "multipart/form-data; boundary=y"}
    )
    assert response.status in (400, 403)


MULTIPART = "multipart/form-data; boundary=x"
URLENCODED = "application/x-www-form-urlencoded"
FIELD = b'--x\r\nContent-Disposition: form-data; name="a"'


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (FIELD + b"\r\nno colon\r\n\r\nb\r\n--x--\r\n", {"Content-Type": MULTIPART}),
        (FIELD + b"\r\nX: " + b"a" * 9_000 + b"\r\n\r\nb\r\n--x--", {"Content-Type": MULTIPART}),
        (
            FIELD + b"\r\nContent-Transfer-Encoding: nonesuch\r\n\r\nb\r\n--x--\r\n",
            {"Content-Type": MULTIPART},
        ),
        (b"a=b", {"Content-Type": URLENCODED, "Content-Encoding": "gzip"}),
        (b"a=b", {"Content-Type": f"{URLENCODED}; charset=nonesuch"}),
        (b"a=\\ud800", {"Content-Type": f"{URLENCODED}; charset=unicode_escape"}),
        (b"a=\xff", {"Content-Type": f"{URLENCODED}; charset=utf-16"}),
    ],
)
async def test_a_body_that_cannot_be_read_is_a_page_that_says_so(
    open_gateway: OpenGateway, body: bytes, headers: dict[str, str]
) -> None:
    client = await open_gateway()
    await form_of(client, PATH)
    response = await send(client, PATH, body, **headers)
    assert response.status == 400
    assert "<h1" in await response.text()


async def test_hostile_typing_comes_back_as_text(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, PATH)
    hostile = "\"><script>alert('x')</script>\x00"
    response = await send(client, PATH, {**dict(form.values), "number": hostile})
    html = await response.text()
    assert response.status == 422
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_answers_are_texts_or_lists_by_the_kind_of_question() -> None:
    fields = MultiDict(
        [
            ("answer.name", "old"),
            ("answer.name", "new"),
            ("answer.days", "monday"),
            ("answer.days", "friday"),
            ("answer.remarks", "one\r\ntwo"),
            ("answer.unknown", "x"),
            ("csrf_token", "t"),
        ]
    )
    assert answers_of(fields, QUESTIONS) == {
        "name": "new",
        "days": ["monday", "friday"],
        "remarks": "one\ntwo",
    }


@pytest.mark.promise("SEC-01")
def test_what_a_script_left_is_an_object_or_nothing() -> None:
    for text, found in (
        ('{"id": "a"}', {"id": "a"}),
        ("[" * 100_000, {}),
        ('{"id": NaN}', {}),
        ("7", {}),
        ("\ud800", {}),
    ):
        assert object_of(MultiDict({"credential": text}), "credential") == found


def test_nothing_ticked_is_an_empty_list() -> None:
    assert answers_of(MultiDict(), QUESTIONS) == {"days": []}


@pytest.mark.promise("SES-03")
def test_it_gives_back_the_typing_but_no_secret() -> None:
    fields = MultiDict(
        [
            ("csrf_token", "t"),
            ("password", "p"),
            ("code", "c"),
            ("revision", "3"),
            ("answer.family_name", "Pagnol"),
        ]
    )
    kept = {field["name"]: field for field in kept_fields(fields)}
    assert set(kept) == {"revision", "answer.family_name"}
    assert not kept["revision"]["shown"]
    assert kept["answer.family_name"]["shown"]
    assert text_of(fields, "missing") == ""
