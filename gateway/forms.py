"""What a form sent: read once, bounded, with no name given twice unless it may be."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiMapping

from chassis.validation import decode_json

MAX_FORM_BYTES = 512 * 1024
MAX_UPLOAD_BYTES = 24 * 1024 * 1024
ANSWER = "answer."
MAX_ITEMS = 30
ITEM_NUMBER = re.compile(r"[0-9]{1,2}")
# sent by the form itself, never typed
HIDDEN = frozenset(
    {
        "csrf_token",
        "revision",
        "request_key",
        "terms_version",
        "terms_hash",
        "procedure_version",
        "certification_hash",
        "certification_version",
        "return_to",
        "go",
        "document",
        "parked",
        "again",
        "form_token",
        "payment_key",
        "draft_id",
        "based_on",
        "action",
        "to",
        "update_account",
        "part_id",
        "content_hash",
    }
)
# what aiohttp raises on a body that is broken, cut short, or packed or coded in an unknown way
UNREADABLE = (
    ValueError,
    AssertionError,
    LookupError,
    RuntimeError,
    EOFError,
    HttpProcessingError,
    web.RequestPayloadError,
)
# browsers send UTF-8, as every page asks; the others are those of old programs
CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"})
SECRET = frozenset({"password", "new_password", "code", "csrf_token"})

Fields = MultiMapping[Any]
FORM = web.RequestKey("form", MultiMapping)


class FormRefused(Exception):
    """The form is not one of ours: a name is doubled, or it cannot be read."""


async def read_form(request: web.Request) -> Fields:
    """Return the fields of a POST, read once whoever asks; raise `FormRefused`."""
    if FORM in request:
        return request[FORM]
    is_upload = request.content_type == "multipart/form-data"
    limit = MAX_UPLOAD_BYTES if is_upload else MAX_FORM_BYTES
    if (request.content_length or 0) > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=request.content_length or 0)
    fields = await read_fields(request)
    doubled = {name for name in fields if not name.startswith(ANSWER)} & {
        name for name in fields if len(fields.getall(name)) > 1
    }
    if doubled:
        raise FormRefused
    request[FORM] = fields
    return fields


async def read_fields(request: web.Request) -> Fields:
    """Return whatever fields a body holds; raise `FormRefused` when it cannot be read as text."""
    if request.charset is not None and request.charset.lower() not in CHARSETS:
        raise FormRefused
    try:
        fields: Fields = await request.post()
        # a lone surrogate, which no text holds, could neither be shown nor sent on
        "".join(text for pair in fields.items() for text in pair if isinstance(text, str)).encode()
    except UNREADABLE:
        raise FormRefused from None
    return fields


def object_of(fields: Fields, name: str) -> dict[str, Any]:
    """Return the JSON object that a script left in a field; empty when it is none."""
    try:
        return dict(decode_json(text_of(fields, name).encode()))
    except (ValueError, TypeError, RecursionError):
        return {}


def text_of(fields: Fields, name: str) -> str:
    """Return what was typed in a field, '' when it is missing or a file."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def answers_of(fields: Fields, questions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the answers of a page's questions, by id.

    A list for `choices`, an object for a composite, a list of objects for a group, else the text.
    """
    found = {name: _answer(fields, ANSWER + name, asked) for name, asked in questions.items()}
    return {name: value for name, value in found.items() if value is not None}


def _answer(fields: Fields, path: str, question: Mapping[str, Any]) -> Any:
    if question.get("parts"):
        return _object(fields, path, question["parts"])
    if question["type"] == "group":
        return _items(fields, path, question["fields"])
    values = [value for value in fields.getall(path, []) if isinstance(value, str)]
    if question["type"] == "choices":
        return values
    return values[-1].replace("\r\n", "\n") if values else None


def _object(fields: Fields, path: str, parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found = {part["id"]: _answer(fields, f"{path}.{part['id']}", part) for part in parts}
    return {name: value for name, value in found.items() if value is not None}


def _items(fields: Fields, path: str, parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    start = f"{path}."
    numbers = {name[len(start) :].partition(".")[0] for name in fields if name.startswith(start)}
    known = [int(number) for number in numbers if ITEM_NUMBER.fullmatch(number)]
    count = min(max(known, default=-1) + 1, MAX_ITEMS)
    return [_object(fields, f"{path}.{number}", parts) for number in range(count)]


def kept_fields(fields: Fields) -> list[dict[str, Any]]:
    """Return what is worth sending again after an expiry: `{name, value, label, shown}`."""
    return [
        {
            "name": name,
            "value": value,
            "label": name.removeprefix(ANSWER).replace("_", " ").replace(".", " "),
            "shown": name not in HIDDEN,
        }
        for name, value in fields.items()
        if isinstance(value, str) and name not in SECRET
    ]
