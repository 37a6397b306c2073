"""webargs and marshmallow at the edge: what does not fit is refused with the place and reason."""

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, NoReturn

from aiohttp import web
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError
from webargs.aiohttpparser import AIOHTTPParser

from chassis.problems import InvalidInput


def decode_json(body: bytes) -> Any:
    """Decode JSON; NaN and infinities are refused as the standard says, however written."""
    return json.loads(body, parse_constant=_refuse_constant, parse_float=_finite)


def _finite(written: str) -> float:
    number = float(written)
    return number if isfinite(number) else _refuse_constant(written)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class EdgeParser(AIOHTTPParser):
    """Reads a part of a request through a schema, or raises `InvalidInput`."""

    async def load_json(self, req: web.Request, schema: Schema) -> Any:
        """Read the body as JSON, whatever its declared type; an empty body is an empty object."""
        try:
            body = await req.read()
            found = decode_json(body) if body else {}
        except web.RequestPayloadError:
            raise InvalidInput([_fault("", "unreadable", "The body cannot be read.")]) from None
        except (ValueError, RecursionError):
            raise InvalidInput([_fault("", "not-json", "The body is not JSON.")]) from None
        refuse_control_characters(found)
        return found

    def handle_error(
        self,
        error: ValidationError,
        req: web.Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        """Raise `InvalidInput` with a JSON pointer for each fault."""
        messages = error.messages
        raise InvalidInput([_fault(*place) for place in _walk(messages)]) from None


parser = EdgeParser()


async def read_body(request: web.Request, schema: Schema) -> Any:
    """Return the JSON body as `schema` loads it."""
    return await parser.parse(schema, request, location="json", unknown=RAISE)


async def read_query(request: web.Request, schema: Schema) -> Any:
    """Return the query as `schema` loads it; a doubled parameter is refused."""
    doubled = {name for name in request.query if len(request.query.getall(name)) > 1}
    if doubled:
        faults = [
            _fault(f"/{name}", "doubled", "Given more than once.") for name in sorted(doubled)
        ]
        raise InvalidInput(faults)
    refuse_control_characters(dict(request.query))
    return await parser.parse(schema, request, location="query", unknown=EXCLUDE)


def _fault(pointer: str, code: str, message: str) -> dict[str, str]:
    return {"pointer": pointer, "code": code, "message": message}


def _walk(messages: Any, pointer: str = "") -> Iterator[tuple[str, str, str]]:
    if isinstance(messages, Mapping):
        for key, value in messages.items():
            step = "" if key in ("json", "query", "_schema") and not pointer else f"/{key}"
            yield from _walk(value, pointer + step)
    elif isinstance(messages, list):
        for value in messages:
            yield from _walk(value, pointer)
    else:
        yield pointer, "invalid", str(messages)


def refuse_control_characters(value: Any) -> None:
    """Raise `InvalidInput` for U+0000 or a lone surrogate in a text: PostgreSQL stores neither."""
    texts = [value]
    while texts:
        found = texts.pop()
        if isinstance(found, Mapping):
            texts += [*found.keys(), *found.values()]
        elif isinstance(found, list):
            texts += found
        elif isinstance(found, str) and not is_storable(found):
            raise InvalidInput([_fault("", "control-character", "Holds a forbidden character.")])


def is_storable(text: str) -> bool:
    """Say whether PostgreSQL can store `text`: no U+0000 and no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
