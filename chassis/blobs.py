"""Files outside the database: a local folder by default, S3 in production (obstore)."""

import asyncio
import os
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from chassis.errors import PartnerAway


class BlobMissing(Exception):
    """No blob at that key."""


class BlobsAway(PartnerAway):
    """The store does not answer, or cannot keep what it was given."""


class BlobStore:
    """Bytes by key. Keys are made by us (`documents/<uuid>`), never from what a person typed.

    `folder` is where the blobs are when they are files: each is then written through to the disk
    before it is said to be kept.
    """

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, url: str) -> "BlobStore":
        """Open `file:///folder` (made if missing) or `s3://bucket/prefix`."""
        parts = urlparse(url)
        if parts.scheme == "file":
            folder = Path(url2pathname(parts.path))
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(prefix=folder), folder)
        return cls(from_url(url))

    async def put(self, key: str, content: bytes) -> None:
        """Store `content`; writing the same key again replaces it whole."""
        try:
            await obstore.put_async(self._store, key, content)
            if self._folder is not None:
                await asyncio.to_thread(_write_through, self._folder / key)
        except (BaseError, OSError) as error:
            raise BlobsAway(key) from error

    async def get(self, key: str) -> bytes:
        """Return the bytes at `key`, or raise `BlobMissing`."""
        try:
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())
        except (NotFoundError, FileNotFoundError):
            raise BlobMissing(key) from None
        except (BaseError, OSError) as error:
            raise BlobsAway(key) from error

    async def delete(self, key: str) -> None:
        """Remove `key`; removing what is not there is no error."""
        try:
            await obstore.delete_async(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise BlobsAway(key) from error

    async def keys_under(self, folder: str) -> list[str]:
        """Return the keys under `folder`, in order; none when it is empty or missing."""
        found: list[str] = []
        try:
            async for batch in obstore.list(self._store, prefix=folder):
                found += [str(one["path"]) for one in batch]
        except (BaseError, OSError) as error:
            raise BlobsAway(folder) from error
        return sorted(found)


def _write_through(file: Path) -> None:
    """Make the disk keep a file and its name: a power failure then loses neither (REQ-04)."""
    for path in (file, file.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
