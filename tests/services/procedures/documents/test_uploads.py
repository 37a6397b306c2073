"""PUT /requests/{id}/documents/{document}: what is sent is checked by its content (REQ-02)."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from authority.text import Text
from services.procedures.catalogue.model import DocumentSpec
from services.procedures.documents.content_check import file_kind
from services.procedures.documents.inspection import inspect_file
from services.procedures.documents.model import DocumentRefused
from tests.services.procedures.documents.samples import (
    HTML,
    REFUSED,
    bomb,
    docx,
    odt,
    photo_with_place,
)
from tests.services.procedures.generated.hostile_files import POLYGLOTS
from tests.services.procedures.portal import Portal, image, pdf

pytestmark = pytest.mark.promise("REQ-02")
OFFICE = ("docx", "odt", "pdf")


def spec(**changes: object) -> DocumentSpec:
    given: dict[str, object] = {
        "id": "photo",
        "label": Text("Photo", "Photo"),
        "help": None,
        "required": True,
        "types": ("pdf", "jpeg", "png"),
        "max_megabytes": 5,
    }
    return DocumentSpec(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content", "kept_as", "pages"),
    [
        ("facture.pdf", pdf(3), "facture.pdf", 3),
        ("photo.jpeg", image(), "photo.jpeg", None),
        ("photo.jpg.exe", image("PNG"), "photo.jpg.exe.png", None),
        ("FACTURE.PDF", pdf(), "FACTURE.pdf", 1),
        ("../../etc/passwd", pdf(), "passwd.pdf", 1),
        ("C:\\Mes documents\\Été 2026.pdf", pdf(), "Été 2026.pdf", 1),
        ("a\u202efdp.exe", pdf(), "afdp.exe.pdf", 1),
        ('<b>"x"</b>.pdf', pdf(), "b.pdf", 1),
        ("..", pdf(), "document.pdf", 1),
        ("é" * 300 + ".pdf", pdf(), "é" * 120 + ".pdf", 1),
        ("a%22b%0d%0ac.pdf", pdf(), None, 1),
    ],
)
async def test_a_file_is_kept_under_a_safe_name(
    portal: Portal, name: str, content: bytes, kept_as: str | None, pages: int | None
) -> None:
    draft = await portal.start()
    response = await portal.upload(draft, content, name)
    view = await response.json()
    assert response.status == 201, view
    assert view["pages"] == pages
    assert view["size"] == len(content)
    if kept_as is not None:
        assert view["name"] == kept_as
    assert not set(view["name"]) & set('/\\<>:"|?*\r\n')
    got = await portal.call("GET", f"{draft.path}/documents/{view['id']}", key=draft.key)
    assert await got.read() == content


@pytest.mark.promise("SEC-01")
@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("case", POLYGLOTS)
def test_a_file_that_is_another_one_too_is_refused(case: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        file_kind(POLYGLOTS[case](), ("pdf", "jpeg", "png", "docx"), "en")
    assert [error["code"] for error in refused.value.extra["errors"]] == ["two-files"]


@pytest.mark.parametrize("case", REFUSED)
async def test_a_file_that_is_not_what_is_asked_for_is_refused(portal: Portal, case: str) -> None:
    name, content = REFUSED[case]
    draft = await portal.start()
    response = await portal.upload(draft, content, name)
    problem = await response.json()
    assert (response.status, problem["code"]) == (422, "document-refused")
    assert problem["errors"][0]["pointer"] == "/file"
    assert problem["errors"][0]["message"]
    assert (await portal.view(draft))["documents"] == []


def test_office_documents_are_known_by_their_content() -> None:
    assert file_kind(docx(), OFFICE, "fr") == "docx"
    assert file_kind(odt(), OFFICE, "fr") == "odt"


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        docx(**{"word/vbaProject.bin": b"macro"}),
        docx(**{"Word/VBAPROJECT.BIN": b"macro"}),
        docx(**{f"word/media/{number}": b"" for number in range(2001)}),
        odt(**{"Basic/Standard/Module1.xml": b"macro"}),
        docx()[:-30],
        HTML + docx(),
    ],
    ids=["bomb", "macro", "macro in capitals", "many", "odt macro", "cut short", "polyglot"],
)
def test_office_documents_that_could_harm_are_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused):
        file_kind(content, OFFICE, "fr")


async def test_an_enormous_image_is_refused_before_it_is_decoded() -> None:
    header = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(header, "PNG")
    assert len(header.getvalue()) < 50_000
    with pytest.raises(DocumentRefused, match="trop grande"):
        await inspect_file(header.getvalue(), spec(), "fr")


async def test_an_image_loses_its_metadata_where_asked() -> None:
    content = photo_with_place()
    kept = await inspect_file(content, spec(), "fr")
    assert kept.content == content
    stripped = await inspect_file(content, spec(strip_metadata=True), "fr")
    assert b"publique" not in stripped.content
    assert b"secret" not in stripped.content
    with Image.open(io.BytesIO(stripped.content)) as image_:
        assert not image_.getexif()
        assert image_.size == (20, 40), "it stands as it is seen"
        assert abs(image_.convert("RGB").getpixel((5, 5))[1] - 120) < 5


async def test_a_file_above_the_limit_is_refused_without_being_kept(
    portal: Portal, tmp_path: Path
) -> None:
    draft = await portal.start()
    response = await portal.upload(draft, pdf() + bytes(5_000_001))
    problem = await response.json()
    assert (response.status, problem["errors"][0]["code"]) == (422, "too-large")
    assert "5 Mo" in problem["errors"][0]["message"]
    assert not [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]


@pytest.mark.promise("REQ-04")
async def test_the_same_file_sent_again_is_one_document(portal: Portal) -> None:
    draft = await portal.start()
    answers = await asyncio.gather(*(portal.upload(draft, pdf(2)) for _ in range(6)))
    views = [await answer.json() for answer in answers]
    assert {answer.status for answer in answers} == {201}
    assert len({view["id"] for view in views}) == 1
    got = await portal.call("GET", f"{draft.path}/documents/{views[0]['id']}", key=draft.key)
    assert await got.read() == pdf(2)


async def test_no_more_than_five_files_for_one_document(portal: Portal) -> None:
    draft = await portal.start()
    answers = await asyncio.gather(*(portal.upload(draft, pdf(n)) for n in range(1, 8)))
    assert sorted(answer.status for answer in answers) == [201] * 5 + [422] * 2
    assert len((await portal.view(draft))["documents"]) == 5


async def test_a_document_that_nobody_asked_for_is_unknown(portal: Portal) -> None:
    draft = await portal.start()
    response = await portal.upload(draft, pdf(), document="passeport")
    assert (response.status, (await response.json())["code"]) == (404, "document-not-found")


BOUNDARY = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a.pdf"\r\n%s\r\n'


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        (BOUNDARY, b""),
        (BOUNDARY, b"garbage"),
        (BOUNDARY, b"--x--\r\n"),
        (BOUNDARY, PART % (b"other", b"") + b"a\r\n--x--\r\n"),
        (BOUNDARY, PART % (b"file", b"") + pdf()[:-100]),
        (BOUNDARY, PART % (b"file", b"Content-Length: 999999\r\n") + b"abc\r\n--x--\r\n"),
        (BOUNDARY, PART % (b"file", b"Content-Length: -5\r\n") + b"abc\r\n--x--\r\n"),
        (BOUNDARY, PART % (b"file", b"Content-Length: x\r\n") + b"abc\r\n--x--\r\n"),
        (BOUNDARY, PART % (b"file", b"X: " + b"y" * 20_000 + b"\r\n") + b"abc\r\n--x--\r\n"),
        (BOUNDARY, b"--x\r\n" + b"A: b\r\n" * 2000 + b"\r\nabc\r\n--x--\r\n"),
        ("multipart/mixed; boundary=x", b"--x\r\nContent-Type: multipart/mixed\r\n\r\n--x--\r\n"),
        ("multipart/form-data; boundary=" + "x" * 200, b"--x\r\n"),
    ],
)
async def test_a_broken_upload_is_refused(portal: Portal, media_type: str, body: bytes) -> None:
    draft = await portal.start()
    path = f"{draft.path}/documents/justificatif-domicile"
    headers = {"Content-Type": media_type}
    response = await portal.call("PUT", path, key=draft.key, data=body, headers=headers)
    assert 400 <= response.status < 500, await response.text()
    assert (await portal.view(draft))["documents"] == []
