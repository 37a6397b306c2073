"""Hostile answers and bodies, drawn by a seeded chance: types, sizes, depths, encodings."""

import gzip
import io
import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

TEXTS = (
    "",
    " ",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\u202egnp.exe",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udfff\ud800",
    "\ufeff\u200b",
    "e\u0301" * 40,
    "a" * 5_000,
    "a" * 60_000,
    "🧑‍🚒" * 50,
    "9" * 400,
    "-0",
    "1e400",
    "NaN",
    "Infinity",
    "0x1F",
    "١٢٣",
    "½",
    "30/02/2026",
    "0000-00-00",
    "99999-12-31",
    "99:99",
    "../../etc/passwd",
    "%s%n{0}{label}${jndi:ldap://x}",
    "\r\nBcc: x@example.org",
    "a@b@c",
    "null",
    "🏳️‍🌈\ufffd\ufffe",
)
NUMBERS = (0, -1, 2**31, 2**63, 2**64, 10**200, -0.0, 1e308, 5e-324, True, False, None)
LETTERS = "aé1 -_.=\n\u00a0🧑\u202e"


class Hostile:
    """What nobody should send, in an order that the seed decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def text(self) -> str:
        """Return a text of a kind that breaks naive programs."""
        if self.chance.random() < 0.6:
            return self.chance.choice(TEXTS)
        return "".join(self.chance.choices(LETTERS, k=self.chance.randrange(40)))

    def value(self, names: Sequence[str], depth: int = 3) -> Any:
        """Return anything that JSON can say, with names that a form knows among the others."""
        kind = self.chance.random()
        if depth == 0 or kind < 0.45:
            return self.text()
        if kind < 0.6:
            return self.chance.choice(NUMBERS)
        if kind < 0.8:
            return [self.value(names, depth - 1) for _ in range(self.chance.randrange(6))]
        return self.answers(names, depth - 1)

    def answers(self, names: Sequence[str], depth: int = 3) -> dict[str, Any]:
        """Return an object whose names are known, unknown or absurd."""
        return {
            self._name(names): self.value(names, depth) for _ in range(self.chance.randrange(8))
        }

    def _name(self, names: Sequence[str]) -> str:
        return self.chance.choice(names) if names and self.chance.random() < 0.8 else self.text()

    def body(self, like: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
        """Return a body that is wrong in another way, made from a right one, and its headers."""
        text = json.dumps(like)
        make = self.chance.choice(BODIES)
        body, headers = make(text, self)
        return body, {"Content-Type": "application/json", **headers}


# a server closes the connection of a body that it does not read to its end
ALONE = {"Connection": "close"}


def sent(body: bytes) -> io.BytesIO:
    """Return a body as aiohttp's client likes it, whatever its size."""
    return io.BytesIO(body)


Made = tuple[bytes, dict[str, str]]
BODIES: tuple[Callable[[str, Hostile], Made], ...] = (
    lambda text, h: (text[: h.chance.randrange(len(text))].encode(), {}),
    lambda text, h: (b"[" * h.chance.choice((10, 999, 100_000)), {}),
    lambda text, h: (b'{"answers":' * 5_000 + b"1" + b"}" * 5_000, {}),
    lambda text, h: ((text[:-1] + ", " + text[1:]).encode(), {}),
    lambda text, h: (text.replace("{", '{"answers": {}, "answers": [],', 1).encode(), {}),
    lambda text, h: (text.replace('"revision": ', '"revision": 1e400, "x": ').encode(), {}),
    lambda text, h: (text.replace('"revision": ', '"revision": NaN, "x": ').encode(), {}),
    lambda text, h: (text.replace("{}", '{"a": ' + "9" * 6_000 + "}").encode(), {}),
    lambda text, h: (text.encode("utf-16"), {}),
    lambda text, h: (b"\xef\xbb\xbf" + text.encode(), {}),
    lambda text, h: (text.encode()[:-2] + b"\xff\xfe\xc0\x80" + text.encode()[-2:], {}),
    lambda text, h: (text.encode(), {"Content-Type": "application/json; charset=utf-7"}),
    lambda text, h: (text.encode(), {"Content-Type": "application/json; charset=nonesuch"}),
    lambda text, h: (text.encode(), {"Content-Type": "multipart/form-data; boundary="}),
    lambda text, h: (text.encode(), {"Content-Type": "text/xml"}),
    lambda text, h: (text.encode(), {"Content-Encoding": "gzip"}),
    lambda text, h: (gzip.compress(text.encode())[:-9], {"Content-Encoding": "gzip"}),
    lambda text, h: (gzip.compress(bytes(40_000_000), 1), {"Content-Encoding": "gzip"}),
    lambda text, h: (text.encode(), {"Content-Encoding": "nonesuch"}),
    lambda text, h: (text.encode() + b" " * 2_000_000, {}),
    lambda text, h: (b"a" * 17_000_000, {}),
    lambda text, h: (json.dumps(h.value(["answers", "revision", "id"])).encode(), {}),
    lambda text, h: (b"null", {}),
    lambda text, h: (b"", {}),
    lambda text, h: (b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", {}),
)
