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
        except InvalidTag:
            raise SealBroken(context) from None


class Keyring:
    """The master key (32 bytes) and the data keys that it wraps."""

    def __init__(self, master_key: bytes) -> None:
        self._master = DataKey(master_key)

    def new_wrapped_key(self, subject: str) -> bytes:
        """Make a data key for `subject` and return it wrapped, ready to store."""
        return self._master.seal(AESGCM.generate_key(256), f"key:{subject}")

    def unwrap(self, wrapped: bytes, subject: str) -> DataKey:
        """Return the data key of `subject`, or raise `SealBroken`."""
        return DataKey(self._master.open(wrapped, f"key:{subject}"))
