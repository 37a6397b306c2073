"""Use cases of keys: the service's own, and wrapping all of them under another master key."""

from dataclasses import dataclass
from uuid import UUID

from chassis.database import Database
from chassis.keyring import DataKey, Keyring
from services.identity.accounts.sealing import AccountSeal
from services.identity.blind_index import BlindIndex
from services.identity.keys.repository import KeyRepository

INDEX = "index"
PROOFS = "proofs"
BATCH = 200
FIRST = UUID(int=0)


@dataclass(frozen=True)
class ServiceKeys:
    """What finds data again, and what seals the data of nobody in particular."""

    index: BlindIndex
    proofs: DataKey


class KeyService:
    """The keys that are not a person's, and the rotation of the one that wraps them all."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._keys = KeyRepository()

    async def open_keys(self) -> ServiceKeys:
        """Return the service's keys, made by the first process that ever starts."""
        index = await self._ensure(INDEX)
        return ServiceKeys(BlindIndex(index), DataKey(await self._ensure(PROOFS)))

    async def rotate(self, seal: AccountSeal) -> int:
        """Wrap every key under the present master key, some at a time; return how many changed.

        Interrupted, it is run again: what is already wrapped anew is left as it is.
        """
        changed = await self._rotate_service_keys()
        after = FIRST
        while True:
            count, last = await self._rotate_batch(seal, after)
            changed += count
            if last is None:
                return changed
            after = last

    async def _ensure(self, name: str) -> bytes:
        wrapped = self._keyring.new_wrapped_key(_subject(name))
        async with self._database.transaction() as connection:
            kept = await self._keys.ensure_key(connection, name, wrapped)
        return self._keyring.unwrap_bytes(kept, _subject(name))

    async def _rotate_service_keys(self) -> int:
        changed = 0
        async with self._database.transaction() as connection:
            for name, wrapped in await self._keys.list_service_keys(connection):
                renewed = self._keyring.rewrap(wrapped, _subject(name))
                if renewed is not None:
                    await self._keys.update_service_key(connection, name, renewed)
                    changed += 1
        return changed

    async def _rotate_batch(self, seal: AccountSeal, after: UUID) -> tuple[int, UUID | None]:
        changed, last = 0, None
        async with self._database.transaction() as connection:
            for account_id, wrapped in await self._keys.list_account_keys(connection, after, BATCH):
                renewed = seal.rewrap(account_id, wrapped)
                if renewed is not None:
                    await self._keys.update_account_key(connection, account_id, renewed)
                    changed += 1
                last = account_id
        return changed, last


def _subject(name: str) -> str:
    return f"service:{name}"
