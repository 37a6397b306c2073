"""Hostile files and the hostile multipart bodies that carry them."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from PIL import Image

from tests.services.procedures.documents.samples import (
    DOCX_PARTS,
    REFUSED,
    archive,
    bomb,
    docx,
    odt,
)
from tests.services.procedures.portal import image, pdf

NAMES = (
    "a.pdf",
    "a.PDF ",
    "a.pdf.exe",
    "a.jpg",
    "../../../etc/passwd",
    "..\\..\\boot.ini",
    "/etc/shadow",
    "C:\\x\\y.pdf",
    "\u202efdp.exe",
    "a\u0000.pdf",
    "a\r\nX-Evil: 1.pdf",
    'a";filename="b.exe',
    "é" * 300,
    "🧑‍🚒.pdf",
    "CON",
    "",
    ".",
    "=cmd|' /C calc'!A0.pdf",
    "<img src=x onerror=alert(1)>.png",
    "a%00.pdf",
    "a%2f..%2fb.pdf",
)


@cache
def png_bomb() -> bytes:
    """A picture of 100 million points in a hundred kilobytes."""
    written = io.BytesIO()
    Image.new("1", (20_000, 5_000)).save(written, "PNG")
    return written.getvalue()


def lying_png() -> bytes:
    """A picture that says that it is two thousand million points wide."""
    content = bytearray(image("PNG"))
    content[16:24] = b"\x7f\xff\xff\xff\x7f\xff\xff\xff"
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)


@cache
def pdf_bomb() -> bytes:
    """A PDF whose table of pages is in a stream of two hundred megabytes of zeros."""
    packed = zlib.compress(zlib.compress(bytes(200_000_000), 9), 9)
    stream = b"<</Type/XRef/Size 3/W[1 2 1]/Root 1 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>"
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    at = len(body)
    body += b"3 0 obj" + stream % len(packed) + b"stream\n" + packed + b"\nendstream endobj\n"
    return body + b"startxref\n%d\n%%%%EOF" % at


def circular_pdf() -> bytes:
    """A PDF whose pages are their own parent and child."""
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>endobj\n"
    return body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def nested_archive(depth: int = 30) -> bytes:
    """An archive in an archive in an archive."""
    content = archive({"a.txt": b"a" * 1000})
    for _ in range(depth):
        content = archive({"a.zip": content})
    return content


def lying_archive() -> bytes:
    """A document whose table says that its parts are small, and of another place."""
    content = bytearray(docx(big=bytes(2_000_000)))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    content[at + 42 : at + 46] = (2**31).to_bytes(4, "little")
    return bytes(content)


def many_entries() -> bytes:
    """A document of 5,000 parts."""
    return docx(**{f"p{number}.xml": b"" for number in range(5_000)})


def zipped_after(first: bytes) -> bytes:
    """A file that is also an archive, with offsets that are right for both."""
    written = io.BytesIO(first)
    written.seek(0, io.SEEK_END)
    with zipfile.ZipFile(written, "a") as file:
        file.writestr("evil.exe", b"MZ")
    return written.getvalue()


POLYGLOTS: Mapping[str, Callable[[], bytes]] = {
    "a PDF that is an archive": lambda: zipped_after(pdf()),
    "a picture that is an archive": lambda: zipped_after(image("PNG")),
    "a photo that is an archive": lambda: zipped_after(image()),
    "a document that is a PDF": lambda: archive(DOCX_PARTS, ("first.pdf", pdf())),
    "a photo that is a PDF": lambda: (
        image()[:2] + b"\xff\xfe\x00\x12%PDF-1.7\n%abcde" + image()[2:]
    ),
}
BOMBS: Mapping[str, Callable[[], bytes]] = {
    "a picture that grows": png_bomb,
    "a picture that lies": lying_png,
    "a PDF that grows": pdf_bomb,
    "a PDF in a circle": circular_pdf,
    "an archive in archives": nested_archive,
    "a document that grows": bomb,
    "a document of many parts": many_entries,
}
CONTENTS: tuple[Callable[[], bytes], ...] = (
    *POLYGLOTS.values(),
    *BOMBS.values(),
    *(lambda content=content: content for _, content in REFUSED.values()),  # type: ignore[misc]
    lying_archive,
    lambda: odt(**{"Basic/x": b"x"}),
    lambda: pdf()[:40] + bytes(5_000) + pdf()[40:],
    lambda: image()[:40] + b"\xff" * 200 + image()[40:],
    lambda: b"%PDF-" + b"<<" * 50_000 + b"%%EOF",
    lambda: b"\x89PNG\r\n\x1a\n" + bytes(100) + b"IEND\xaeB`\x82",
    lambda: bytes(17_000_000),
    pdf,
    image,
)


def multipart(content: bytes, name: str, chance: random.Random) -> tuple[bytes, str]:
    """Return a body and its media type: right half of the time, else badly framed."""
    edge = chance.choice(("x", "x" * 70, "a'b", "é"))
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    part = head.encode("utf-8", "surrogatepass") + b"\r\nContent-Type: application/pdf"
    right = f"multipart/form-data; boundary={edge}"
    whole = _framed(edge, part, content)
    if chance.random() < 0.5:
        return whole, right
    return chance.choice(FRAMES)(edge, part, content), chance.choice((right, *WRONG_TYPES))


def _framed(edge: str, head: bytes, content: bytes) -> bytes:
    line = b"--" + edge.encode()
    return line + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n" + line + b"--\r\n"


WRONG_TYPES = (
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "y" * 200,
    'multipart/form-data; boundary="x',
    "multipart/mixed; boundary=x; boundary=y",
    "multipart/form-data; boundary=other",
    "application/x-www-form-urlencoded",
    "text/plain; charset=nonesuch",
)
FRAMES: tuple[Callable[[str, bytes, bytes], bytes], ...] = (
    lambda edge, head, content: _framed(edge, head, content)[:-9],
    lambda edge, head, content: b"",
    lambda edge, head, content: b"--" + edge.encode() + b"--\r\n",
    lambda edge, head, content: _framed(edge, b"", content),
    lambda edge, head, content: _framed(edge, head.replace(b"name=", b"nom="), content),
    lambda edge, head, content: _framed(edge, head.replace(b'"file"', b'"file'), content),
    lambda edge, head, content: _framed(edge, head + b"\r\nContent-Encoding: gzip", content),
    lambda edge, head, content: _framed(edge, head + b"\r\nContent-Encoding: nonesuch", content),
    lambda edge, head, content: _framed(
        edge, head + b"\r\nContent-Transfer-Encoding: base64", content
    ),
    lambda edge, head, content: _framed(
        edge, head + b"\r\nContent-Transfer-Encoding: nonesuch", content
    ),
    lambda edge, head, content: _framed(edge, head + b"\r\nContent-Length: 5", content),
    lambda edge, head, content: _framed(edge, head + b"\r\nContent-Length: -5", content),
    lambda edge, head, content: _framed(edge, head + b"\r\nContent-Length: x", content),
    lambda edge, head, content: _framed(
        edge, b"Content-Type: multipart/mixed; boundary=z\r\n" + head, b"--z\r\n\r\n--z--"
    ),
    lambda edge, head, content: _framed(edge, head + b"\r\nX: " + b"a" * 20_000, content),
    lambda edge, head, content: _framed(edge, head + b"\r\nno colon", content),
    lambda edge, head, content: _framed(edge, head + b"\r\n\xff\xfe: \xff", content),
    lambda edge, head, content: _framed(edge, head, content) * 2,
)
