"""Personal data of an account, sealed with a key of its own (DAT-05)."""

import json
from dataclasses import asdict
from uuid import UUID

from chassis.keyring import Keyring
from services.identity.accounts.model import Profile, fold_identifier
from services.identity.blind_index import BlindIndex


class AccountSeal:
    """Seals profiles and finds identifiers."""

    def __init__(self, keyring: Keyring, index: BlindIndex) -> None:
        self._keyring = keyring
        self._index = index

    def identifier_digest(self, identifier: str) -> bytes:
        """Return what stands for an identifier in the database."""
        return self._index.digest("identifier", fold_identifier(identifier))

    def new_wrapped_key(self, account_id: UUID) -> bytes:
        """Make the data key of a new account, ready to store."""
        return self._keyring.new_wrapped_key(f"account:{account_id}")

    def seal_profile(self, account_id: UUID, wrapped_key: bytes, profile: Profile) -> bytes:
        """Return the profile sealed for this account's row."""
        plain = json.dumps(asdict(profile)).encode()
        key = self._keyring.unwrap(wrapped_key, f"account:{account_id}")
        return key.seal(plain, f"accounts.profile:{account_id}")

    def open_profile(self, account_id: UUID, wrapped_key: bytes, sealed: bytes) -> Profile:
        """Return a sealed profile; raise `chassis.keyring.SealBroken` when it is not this one's."""
        key = self._keyring.unwrap(wrapped_key, f"account:{account_id}")
        return Profile(**json.loads(key.open(sealed, f"accounts.profile:{account_id}")))
