"""Static files: read once, addressed by their content so that browsers keep them for a year."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"
THEME = "css/theme.css"
FOREVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"
A_WEEK = "public, max-age=604800"
COMPRESSED = ("text/css", "text/javascript", "image/svg+xml")


@dataclass(frozen=True)
class Asset:
    """A file ready to be sent."""

    media_type: str
    content: bytes
    compressed: bytes | None
    digest: str


class Assets:
    """Every static file, and the authority's own stylesheet beside them."""

    def __init__(self, theme: str) -> None:
        files = [path for path in sorted(FOLDER.rglob("*")) if path.is_file()]
        self._assets = {
            path.relative_to(FOLDER).as_posix(): _asset(path.name, path.read_bytes())
            for path in files
        }
        self._assets[THEME] = _asset(THEME, theme.encode())
        self.has_theme = bool(theme.strip())

    def address(self, path: str) -> str:
        """Return the address of a file; KeyError when there is none."""
        return f"/static/{path}?v={self._assets[path].digest}"

    async def show(self, request: web.Request) -> web.Response:
        """GET /static/{path}."""
        asset = self._assets.get(request.match_info["path"])
        if asset is None:
            raise web.HTTPNotFound
        headers = {
            "Cache-Control": _keeping(asset, request.query.get("v", "")),
            "ETag": f'"{asset.digest}"',
            "Vary": "Accept-Encoding",
        }
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        body = asset.content
        if asset.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = asset.compressed, "gzip"
        return web.Response(body=body, headers={**headers, "Content-Type": asset.media_type})


def _keeping(asset: Asset, asked: str) -> str:
    if asked == asset.digest:
        return FOREVER
    # a stylesheet names its fonts without their digest
    return A_WEEK if asset.media_type.startswith("font/") else A_MINUTE


def _asset(name: str, content: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".woff2"):
        media_type = "font/woff2"
    is_text = media_type in COMPRESSED
    compressed = gzip.compress(content, 9, mtime=0) if is_text else None
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return Asset(media_type, content, compressed, hashlib.sha256(content).hexdigest()[:16])
