"""Use cases of credentials: sign in, set a password."""

from uuid import UUID

from chassis.clock import Clock
from chassis.database import Connection, Database
from services.identity.accounts.model import Account, fold_identifier
from services.identity.accounts.sealing import AccountSeal
from services.identity.accounts.service import AccountService
from services.identity.credentials.hashing import PasswordHashing
from services.identity.credentials.journal import SIGN_INS, SignInJournal
from services.identity.credentials.model import (
    Attempt,
    Credential,
    Delayed,
    SignInRefused,
    normalise_password,
)
from services.identity.credentials.repository import CredentialRepository
from services.identity.credentials.throttle import SignInThrottle


class PasswordService:
    """Sets and checks the passwords of accounts that are already known."""

    def __init__(
        self, database: Database, seal: AccountSeal, hashing: PasswordHashing, clock: Clock
    ) -> None:
        self._database = database
        self._seal = seal
        self._hashing = hashing
        self._clock = clock
        self._credentials = CredentialRepository()

    async def set_password(self, connection: Connection, account_id: UUID, password: str) -> None:
        """Store a password in the caller's transaction; ValueError when it is too long."""
        normal = normalise_password(password)
        if normal is None:
            raise ValueError("the password is too long")
        password_hash = await self._hashing.hash(normal)
        await self._credentials.update_credential(
            connection, account_id, password_hash, self._clock.now()
        )

    async def check_password(
        self, identifier: str, password: str
    ) -> tuple[bool, Credential | None]:
        """Say whether the password is the identifier's, and whose it would be.

        The work is the same for an identifier that nobody has. Raises `SignInsBusy` when too many
        passwords are being checked.
        """
        normal = normalise_password(password)
        async with self._hashing.place():
            async with self._database.connection() as connection:
                digest = self._seal.identifier_digest(identifier)
                found = await self._credentials.find_credential(connection, digest)
            password_hash = found.password_hash if found is not None else None
            right = await self._hashing.verify(normal or "", password_hash)
            if right and found is not None and normal is not None:
                await self._renew_hash(found, normal)
        return right and normal is not None, found

    async def _renew_hash(self, credential: Credential, password: str) -> None:
        """Follow a change of the parameters at the one moment when the password is known."""
        if not self._hashing.is_outdated(credential.password_hash):
            return
        password_hash = await self._hashing.hash(password)
        async with self._database.transaction() as connection:
            await self._credentials.update_hash(
                connection, credential.account_id, credential.password_hash, password_hash
            )


class SignInService:
    """Signs people in."""

    def __init__(
        self,
        accounts: AccountService,
        passwords: PasswordService,
        throttle: SignInThrottle,
        journal: SignInJournal,
    ) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._throttle = throttle
        self._journal = journal

    async def sign_in(self, attempt: Attempt) -> Account:
        """Return the account whose identifier and password were typed.

        Raises `SignInRefused`, the same whatever was wrong; `TooManyAttempts` or `SignInsBusy`
        (come back later) or `SignInsUnavailable`.
        """
        identifier = fold_identifier(attempt.identifier)
        try:
            reservation = await self._throttle.reserve(identifier, attempt.client_address)
            try:
                right, found = await self._passwords.check_password(identifier, attempt.password)
            except Exception:
                await self._throttle.give_back(reservation)
                raise
        except Delayed as error:
            SIGN_INS.labels(error.code).inc()
            raise
        if not right or found is None or not found.active:
            reason = "state" if right else "password"
            self._journal.record_refusal(found.account_id if found else None, reason)
            raise SignInRefused
        await self._throttle.succeed(reservation)
        account = await self._accounts.read_account(found.account_id)
        await self._journal.record_sign_in(account.id)
        return account
