"""Personal data of an account, sealed with a key of its own (DAT-05)."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.keyring import DataKey, Keyring
from services.identity.accounts.identifiers import fold_identifier, likeness
from services.identity.accounts.model import Profile
from services.identity.blind_index import BlindIndex


class AccountKey:
    """The data key of one account: what it seals opens nowhere else."""

    def __init__(self, account_id: UUID, key: DataKey) -> None:
        self._account_id = account_id
        self._key = key

    def __repr__(self) -> str:
        return "AccountKey(...)"

    def seal(self, content: Any, place: str) -> bytes:
        """Return `content` (JSON) sealed for a place, named `table.column` or more precisely."""
        return self.seal_bytes(json.dumps(content).encode(), place)

    def open(self, sealed: bytes, place: str) -> Any:
        """Return what was sealed for this place, or raise `chassis.keyring.SealBroken`."""
        return json.loads(self.open_bytes(sealed, place))

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """Return bytes sealed for a place."""
        return self._key.seal(content, f"{place}:{self._account_id}")

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Return the bytes sealed for this place, or raise `chassis.keyring.SealBroken`."""
        return self._key.open(sealed, f"{place}:{self._account_id}")


class AccountSeal:
    """Opens the keys of accounts, seals profiles, finds identifiers and addresses."""

    def __init__(self, keyring: Keyring, index: BlindIndex) -> None:
        self._keyring = keyring
        self._index = index

    def identifier_digest(self, identifier: str) -> bytes:
        """Return what stands for an identifier in the database."""
        return self._index.digest("identifier", fold_identifier(identifier))

    def likeness_digest(self, identifier: str) -> bytes:
        """Return what stands for the looks of an identifier in the database."""
        return self._index.digest("likeness", likeness(identifier))

    def email_digest(self, email: str) -> bytes:
        """Return what stands for an e-mail address in the database."""
        return self._index.digest("email", email.strip().casefold())

    def new_wrapped_key(self, account_id: UUID) -> bytes:
        """Make the data key of a new account, ready to store."""
        return self._keyring.new_wrapped_key(_subject(account_id))

    def rewrap(self, account_id: UUID, wrapped_key: bytes) -> bytes | None:
        """Wrap the key under the present master key; None when it already is."""
        return self._keyring.rewrap(wrapped_key, _subject(account_id))

    def key(self, account_id: UUID, wrapped_key: bytes) -> AccountKey:
        """Return the account's key; raise `chassis.keyring.SealBroken` when it is another's."""
        return AccountKey(account_id, self._keyring.unwrap(wrapped_key, _subject(account_id)))

    def seal_profile(self, account_id: UUID, wrapped_key: bytes, profile: Profile) -> bytes:
        """Return the profile sealed for this account's row."""
        return self.key(account_id, wrapped_key).seal(asdict(profile), "accounts.profile")

    def open_profile(self, account_id: UUID, wrapped_key: bytes, sealed: bytes) -> Profile:
        """Return a sealed profile; raise `chassis.keyring.SealBroken` when it is not this one's."""
        return Profile(**self.key(account_id, wrapped_key).open(sealed, "accounts.profile"))


def _subject(account_id: UUID) -> str:
    return f"account:{account_id}"
