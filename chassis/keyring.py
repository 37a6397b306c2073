"""Encryption at rest: a data key for each subject, wrapped by the master key (AES-256-GCM).

Destroying the wrapped key makes what it sealed unreadable, in backups too.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class SealBroken(Exception):
    """What was sealed was altered, or sealed for something else, or by another key."""


class DataKey:
    """The key of one subject; `context` binds what is sealed to its place (row, column)."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def __repr__(self) -> str:
        return "DataKey(...)"

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt and authenticate `plain` for `context`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Return what was sealed for `context`, or raise `SealBroken`."""
        try:
            return self._cipher.decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()
            )
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise SealBroken(context) from None


class Keyring:
    """The master key (32 bytes) and the data keys that it wraps.

    While the master key is being changed, the former ones still open what they wrapped.
    """

    def __init__(self, master_key: bytes, *former_keys: bytes) -> None:
        self._master = DataKey(master_key)
        self._former = [DataKey(key) for key in former_keys]

    def new_wrapped_key(self, subject: str) -> bytes:
        """Make a data key for `subject` and return it wrapped, ready to store."""
        return self._master.seal(AESGCM.generate_key(256), _context(subject))

    def unwrap(self, wrapped: bytes, subject: str) -> DataKey:
        """Return the data key of `subject`, or raise `SealBroken`."""
        return DataKey(self.unwrap_bytes(wrapped, subject))

    def unwrap_bytes(self, wrapped: bytes, subject: str) -> bytes:
        """Return the bare data key of `subject` (32 bytes), or raise `SealBroken`."""
        for master in (self._master, *self._former):
            try:
                return master.open(wrapped, _context(subject))
            except SealBroken:
                continue
        raise SealBroken(_context(subject))

    def rewrap(self, wrapped: bytes, subject: str) -> bytes | None:
        """Wrap a key under the present master key; None when it already is."""
        try:
            self._master.open(wrapped, _context(subject))
        except SealBroken:
            return self._master.seal(self.unwrap_bytes(wrapped, subject), _context(subject))
        return None


def _context(subject: str) -> str:
    return f"key:{subject}"
