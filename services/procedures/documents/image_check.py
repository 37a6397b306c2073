"""An image that really is one, of a reasonable size; and the same image without its metadata."""

import io
from contextlib import AbstractContextManager, nullcontext
from threading import Lock

from PIL import Image, ImageOps

from services.procedures.documents.content_check import refuse

MAX_PIXELS = 80_000_000
# a larger one takes up to 320 MB while it is decoded, whatever the size of its file
LARGE_PIXELS = 12_000_000
_one_large_at_a_time = Lock()
FORMATS = {"jpeg": "JPEG", "png": "PNG"}
QUALITY = 90
# the size is checked here, before a pixel is decoded: Pillow's own limit only warns
Image.MAX_IMAGE_PIXELS = None


def check_image(content: bytes, kind: str, language: str) -> None:
    """Raise `DocumentRefused` for a damaged or enormous image."""
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as image:
            width, height = image.size
            if width * height <= MAX_PIXELS:
                with _turn(image):
                    image.load()
                return
    except Exception:  # Pillow raises anything on a hostile file; all mean the same to a person
        raise refuse(
            "unreadable",
            language,
            "L’image est abîmée et ne s’ouvre pas. Reprenez la photo, puis renvoyez-la.",
            "The image is damaged and does not open. Take the picture again, then send it.",
        ) from None
    raise refuse(
        "too-many-pixels",
        language,
        "L’image est trop grande. Réduisez-la, puis renvoyez-la.",
        "The image is too large. Make it smaller, then send it.",
    )


def without_metadata(content: bytes, kind: str) -> bytes:
    """Return a checked image encoded anew: no place, device or comment; turned as it is seen."""
    with (
        Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as image,
        _turn(image),
    ):
        upright = ImageOps.exif_transpose(image)
        plain = Image.new(upright.mode, upright.size)
        if upright.palette is not None:
            plain.putpalette(upright.palette)
        plain.paste(upright)
        written = io.BytesIO()
        plain.save(written, FORMATS[kind], quality=QUALITY)
    return written.getvalue()


def _turn(image: Image.Image) -> AbstractContextManager[object]:
    width, height = image.size
    return _one_large_at_a_time if width * height > LARGE_PIXELS else nullcontext()
