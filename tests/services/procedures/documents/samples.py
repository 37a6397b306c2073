"""Files that people send, and files that nobody should."""

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter

from tests.services.procedures.portal import image, pdf


def archive(entries: dict[str, bytes], first: tuple[str, bytes] | None = None) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        if first is not None:
            file.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name, content in entries.items():
            file.writestr(name, content)
    return written.getvalue()


DOCX_PARTS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
ODT_TYPE = ("mimetype", b"application/vnd.oasis.opendocument.text")


def docx(**more: bytes) -> bytes:
    return archive({**DOCX_PARTS, **more})


def odt(**more: bytes) -> bytes:
    return archive({"content.xml": b"<office/>", **more}, ODT_TYPE)


def bomb() -> bytes:
    """A document of a few hundred kilobytes that says it holds 150 MB."""
    return docx(**{"word/media/image1.png": bytes(150_000_000)})


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def photo_with_place() -> bytes:
    """A JPEG that says where it was taken, and that is to be turned."""
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "12 rue de la République"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 20), (10, 120, 40)).save(written, "JPEG", exif=exif, comment=b"secret")
    return written.getvalue()


HTML = b"<html><script>alert(1)</script></html>"
REFUSED: dict[str, tuple[str, bytes]] = {
    "empty": ("a.pdf", b""),
    "a page for a PDF": ("a.pdf", HTML),
    "a script with a PDF's first bytes": ("a.pdf", b"%PDF-" + HTML),
    "a PDF cut short": ("a.pdf", pdf()[: len(pdf()) // 2]),
    "a PDF that is noise": ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF"),
    "a PDF behind a page": ("a.pdf", HTML + pdf()),
    "a PDF with a password": ("a.pdf", locked_pdf()),
    "a PDF of 101 pages": ("a.pdf", pdf(101)),
    "a program": ("a.pdf", b"MZ" + bytes(500)),
    "an SVG": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "a GIF": ("a.png", image("GIF")),
    "a JPEG cut short": ("a.jpg", image()[: len(image()) // 2]),
    "a JPEG that is noise": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(300) + b"\xff\xd9"),
    "a PNG cut short": ("a.png", image("PNG")[:-20]),
    "an archive": ("a.pdf", archive({"a.txt": b"a"})),
}
