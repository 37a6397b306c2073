"""ClamAV's daemon (clamd), over its own socket protocol, off the event loop."""

import asyncio
import io
from urllib.parse import urlparse

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket

SCAN_SECONDS = 20
DEFAULT_PORT = 3310


class ScannerAway(Exception):
    """clamd does not answer, or not as it should: nothing is known of the file."""


class ClamavScanner:
    """Scans bytes through `tcp://host:port` or `unix:///path`."""

    def __init__(self, url: str) -> None:
        self._parts = urlparse(url)

    async def is_infected(self, content: bytes) -> bool:
        """Say whether clamd finds a virus; raise `ScannerAway` when it cannot tell."""
        return await asyncio.to_thread(self._scan, content)

    def _scan(self, content: bytes) -> bool:
        try:
            found = self._client().instream(io.BytesIO(content))
        except (ClamdError, OSError, UnicodeDecodeError) as error:
            raise ScannerAway(type(error).__name__) from None
        statuses = [status for status, _ in found.values()]
        if "FOUND" in statuses:
            return True
        if statuses != ["OK"]:
            raise ScannerAway("no verdict")
        return False

    def _client(self) -> ClamdNetworkSocket:
        if self._parts.scheme == "unix":
            return ClamdUnixSocket(self._parts.path, SCAN_SECONDS)
        host = self._parts.hostname or "127.0.0.1"
        return ClamdNetworkSocket(host, self._parts.port or DEFAULT_PORT, SCAN_SECONDS)
