"""Files outside the database: a local folder by default, S3 in production (obstore)."""

from pathlib import Path
from urllib.parse import urlparse

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url


class BlobMissing(Exception):
    """No blob at that key."""


class BlobStore:
    """Bytes by key. Keys are made by us, never from what a person typed."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> "BlobStore":
        """Open `file:///folder` (made if missing) or `s3://bucket/prefix`."""
        parts = urlparse(url)
        if parts.scheme == "file":
            folder = Path(parts.path)
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(prefix=folder))
        return cls(from_url(url))

    async def put(self, key: str, content: bytes) -> None:
        """Store `content`; writing the same key again replaces it whole."""
        await obstore.put_async(self._store, key, content)

    async def get(self, key: str) -> bytes:
        """Return the bytes at `key`, or raise `BlobMissing`."""
        try:
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())
        except (NotFoundError, FileNotFoundError):
            raise BlobMissing(key) from None

    async def delete(self, key: str) -> None:
        """Remove `key`; removing what is not there is no error."""
        try:
            await obstore.delete_async(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return
