"""Hostile sendings of a form that a page showed: fields, framing, charsets, doubles, sizes."""

from collections.abc import Callable
from urllib.parse import quote_plus

from tests.support.hostile_values import Hostile
from tests.support.html_page import Form

Pairs = list[tuple[str, str]]
URLENCODED = "application/x-www-form-urlencoded"
FILE = b"%PDF-1.7\n%%EOF"
NAMES = ("a.pdf", "../../x", "\u202efdp.exe", 'a"; x="b', "a\r\nX-Evil: 1", "\x00", "", "é" * 300)


def hostile_sending(form: Form, hostile: Hostile) -> tuple[bytes, str]:
    """Return a body and its media type: the form's own fields, badly filled or badly sent."""
    pairs = _filled(form, hostile)
    if hostile.chance.random() < 0.5:
        return _encoded(pairs), URLENCODED
    if form.file_fields and hostile.chance.random() < 0.6:
        return hostile.chance.choice(MULTIPARTS)(pairs, form, hostile)
    return hostile.chance.choice(BODIES)(pairs, form, hostile)


def _filled(form: Form, hostile: Hostile) -> Pairs:
    """Fill every field with anything; what the form itself put there is often left."""
    names = dict.fromkeys([*form.names, *(name for name, _ in form.values)])
    present = dict(form.values)
    kept = hostile.chance.random() < 0.9
    return [
        (name, present[name] if kept and name in present and _is_ours(name) else hostile.text())
        for name in names
    ]


def _is_ours(name: str) -> bool:
    return name in ("csrf_token", "form_token", "revision", "request_key", "go")


def _encoded(pairs: Pairs, charset: str = "utf-8") -> bytes:
    def quoted(text: str) -> str:
        return quote_plus(
            text.encode(charset, "surrogatepass" if charset == "utf-8" else "replace")
        )

    return "&".join(f"{quoted(name)}={quoted(text)}" for name, text in pairs).encode()


def _multipart(
    pairs: Pairs, form: Form, hostile: Hostile, edge: str = "x", head: str = ""
) -> bytes:
    parts = [(f'name="{name}"', text.encode("utf-8", "surrogatepass")) for name, text in pairs]
    name = hostile.chance.choice(NAMES)
    parts += [(f'name="{field}"; filename="{name}"', FILE) for field in form.file_fields or ["f"]]
    lines = [
        b"\r\n".join(
            [
                f"--{edge}".encode(),
                f"Content-Disposition: form-data; {said}{head}".encode(),
                b"",
                content,
            ]
        )
        for said, content in parts
    ]
    return b"\r\n".join([*lines, f"--{edge}--\r\n".encode()])


Make = Callable[[Pairs, Form, Hostile], tuple[bytes, str]]
KIND = "multipart/form-data; boundary=x"
BODIES: tuple[Make, ...] = (
    lambda pairs, form, h: (_encoded([*pairs, *pairs]), URLENCODED),
    lambda pairs, form, h: (_encoded([*pairs, *(("a", "b"),) * 5_000]), URLENCODED),
    lambda pairs, form, h: (_encoded([*pairs, ("big", "a" * 600_000)]), URLENCODED),
    lambda pairs, form, h: (_encoded([*pairs, ("n" * 70_000, "x")]), URLENCODED),
    lambda pairs, form, h: (_encoded(pairs) + b"&%=%&%zz=%E9&=&&a", URLENCODED),
    lambda pairs, form, h: (_encoded(pairs) + b"&a=\xff\xfe\xc0", URLENCODED),
    lambda pairs, form, h: (_encoded(pairs, "utf-16"), f"{URLENCODED}; charset=utf-16"),
    lambda pairs, form, h: (_encoded(pairs), f"{URLENCODED}; charset=nonesuch"),
    lambda pairs, form, h: (
        _encoded(pairs) + b"&a=\\ud800",
        f"{URLENCODED}; charset=unicode_escape",
    ),
    lambda pairs, form, h: (_encoded(pairs, "latin-1"), f"{URLENCODED}; charset=iso-8859-1"),
    lambda pairs, form, h: (_encoded(pairs), "text/plain"),
    lambda pairs, form, h: (b'{"a": [[[1]]]}', "application/json"),
    lambda pairs, form, h: (b"", URLENCODED),
)
MULTIPARTS: tuple[Make, ...] = (
    lambda pairs, form, h: (_multipart(pairs, form, h), KIND),
    lambda pairs, form, h: (_multipart(pairs, form, h), KIND),
    lambda pairs, form, h: (_multipart(pairs, form, h)[:-30], KIND),
    lambda pairs, form, h: (_multipart(pairs, form, h), "multipart/form-data"),
    lambda pairs, form, h: (_multipart(pairs, form, h), "multipart/form-data; boundary=other"),
    lambda pairs, form, h: (_multipart([*pairs, *pairs], form, h), KIND),
    lambda pairs, form, h: (_multipart([*pairs, *(("a", "b"),) * 2_000], form, h), KIND),
    lambda pairs, form, h: (
        _multipart(pairs, form, h, head="\r\nContent-Transfer-Encoding: nonesuch"),
        KIND,
    ),
    lambda pairs, form, h: (
        _multipart(pairs, form, h, head="\r\nContent-Type: text/plain; charset=nonesuch"),
        KIND,
    ),
    lambda pairs, form, h: (_multipart(pairs, form, h, head="\r\nno colon"), KIND),
    lambda pairs, form, h: (_multipart(pairs, form, h, head="\r\nX: " + "a" * 9_000), KIND),
)
