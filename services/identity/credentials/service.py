"""Use cases of passwords: set one, check one, change one's own, prove that one knows it."""

from uuid import UUID

from chassis.clock import Clock
from chassis.database import Connection, Database
from services.identity.accounts.model import AccountNotFound
from services.identity.accounts.sealing import AccountSeal
from services.identity.credentials.hashing import PasswordHashing
from services.identity.credentials.model import (
    Credential,
    PasswordMissing,
    PasswordRefused,
    PasswordWrong,
    normalise_password,
)
from services.identity.credentials.policy import PasswordPolicy, Person, person_faults
from services.identity.credentials.repository import CredentialRepository


class PasswordService:
    """Sets and checks the passwords of accounts."""

    def __init__(
        self,
        database: Database,
        seal: AccountSeal,
        hashing: PasswordHashing,
        policy: PasswordPolicy,
        clock: Clock,
    ) -> None:
        self._database = database
        self._seal = seal
        self._hashing = hashing
        self.policy = policy
        self._clock = clock
        self._credentials = CredentialRepository()

    async def hash_chosen(self, password: str, person: Person) -> str:
        """Return the hash of a password that meets every rule, or raise `PasswordRefused`.

        Computed before any transaction begins: it holds no connection meanwhile. Raises
        `SignInsBusy` when too many passwords are being worked on.
        """
        faults = person_faults(self.policy.check(password, person))
        normal = normalise_password(password)
        if faults or normal is None:
            raise PasswordRefused(faults)
        async with self._hashing.place():
            return await self._hashing.hash(normal)

    async def store_hash(
        self, connection: Connection, account_id: UUID, password_hash: str
    ) -> None:
        """Store a password that was hashed before, in the caller's transaction."""
        await self._credentials.update_credential(
            connection, account_id, password_hash, self._clock.now()
        )

    async def set_password(self, connection: Connection, account_id: UUID, password: str) -> None:
        """Store a password in the caller's transaction; ValueError when it is too long."""
        normal = normalise_password(password)
        if normal is None:
            raise ValueError("the password is too long")
        await self.store_hash(connection, account_id, await self._hashing.hash(normal))

    async def check_password(
        self, identifier: str, password: str
    ) -> tuple[bool, Credential | None]:
        """Say whether the password is the identifier's, and whose it would be.

        The work is the same for an identifier that nobody has. Raises `SignInsBusy` when too many
        passwords are being checked.
        """
        async with self._hashing.place():
            async with self._database.connection() as connection:
                digest = self._seal.identifier_digest(identifier)
                found = await self._credentials.find_credential(connection, digest)
            return await self._check(found, password), found

    async def check_own(self, account_id: UUID, password: str) -> None:
        """Check the password of somebody who is signed in.

        Raises `PasswordWrong`, or `PasswordMissing` when the account has none.
        """
        async with self._hashing.place():
            async with self._database.connection() as connection:
                found = await self._credentials.find_own(connection, account_id)
            if found is None:
                raise AccountNotFound
            if not found.password_hash:
                raise PasswordMissing
            if not await self._check(found, password):
                raise PasswordWrong

    async def has_password(self, connection: Connection, account_id: UUID) -> bool:
        """Say whether an account has a password, in the caller's transaction."""
        return await self._credentials.has_password(connection, account_id)

    async def _check(self, found: Credential | None, password: str) -> bool:
        normal = normalise_password(password)
        password_hash = found.password_hash if found is not None else None
        right = await self._hashing.verify(normal or "", password_hash)
        if right and found is not None and normal is not None:
            await self._renew_hash(found, normal)
        return right and normal is not None

    async def _renew_hash(self, credential: Credential, password: str) -> None:
        """Follow a change of the parameters at the one moment when the password is known."""
        if not self._hashing.is_outdated(credential.password_hash):
            return
        password_hash = await self._hashing.hash(password)
        async with self._database.transaction() as connection:
            await self._credentials.update_hash(
                connection, credential.account_id, credential.password_hash, password_hash
            )
