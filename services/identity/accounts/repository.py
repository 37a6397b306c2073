"""Accounts in PostgreSQL; their personal data are opened and sealed on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.database import Connection, ConstraintViolated, Row, naming_constraints
from services.identity.accounts.model import (
    Account,
    AccountNotFound,
    IdentifierTaken,
    Profile,
    RegistrationRepeated,
    State,
)
from services.identity.accounts.sealing import AccountKey, AccountSeal

COLUMNS = """
    id,
    wrapped_key,
    profile,
    roles,
    state,
    created_at,
    language,
    session_epoch,
    last_seen_at,
    warned_at,
    erasure_due_at,
    limited_at
"""
SELECT_ACCOUNT = f"SELECT {COLUMNS} FROM accounts WHERE id = $1 AND state <> 'erased'"  # noqa: S608
SELECT_ACCOUNT_LOCKED = SELECT_ACCOUNT + " FOR UPDATE"
SELECT_BY_IDENTIFIER = f"""
SELECT {COLUMNS} FROM accounts
WHERE identifier_digest = $1
    AND state <> 'erased'
"""  # noqa: S608
SELECT_BY_EMAIL = f"""
SELECT {COLUMNS} FROM accounts
WHERE email_digest = $1
    AND state <> 'erased'
ORDER BY id
LIMIT 20
"""  # noqa: S608
SELECT_BY_REGISTRATION = f"""
SELECT {COLUMNS} FROM accounts
WHERE registration_hash = $1
"""  # noqa: S608
SELECT_BY_ROLES = f"""
SELECT {COLUMNS} FROM accounts
WHERE roles && $1::text[]
    AND roles <> '{{}}'
    AND state = 'active'
ORDER BY id
LIMIT 500
"""  # noqa: S608
SELECT_KEY = "SELECT wrapped_key FROM accounts WHERE id = $1 AND wrapped_key IS NOT NULL"
LOCK_SEED = "SELECT pg_advisory_xact_lock(hashtextextended('identity-seed', 0))"
INSERT_ACCOUNT = """
INSERT INTO accounts (
    id,
    identifier_digest,
    likeness_digest,
    email_digest,
    wrapped_key,
    profile,
    roles,
    state,
    created_at,
    last_seen_at,
    language,
    registration_hash
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)
"""
UPDATE_PROFILE = """
UPDATE accounts
SET profile = $2,
    email_digest = $3
WHERE id = $1
"""
UPDATE_ROLES = """
UPDATE accounts
SET roles = $2
WHERE id = $1
"""
TAKEN = frozenset({"uq__accounts__identifier", "uq__accounts__likeness"})


@dataclass(frozen=True)
class Opening:
    """What a new account is stored with beside itself."""

    registration_hash: bytes | None = None


class AccountRepository:
    """Reads and writes accounts; never commits."""

    def __init__(self, seal: AccountSeal) -> None:
        self._seal = seal

    async def find_account(self, connection: Connection, account_id: UUID) -> Account | None:
        """Return an account that is not erased, its personal data open."""
        row = await connection.fetchrow(SELECT_ACCOUNT, account_id)
        return self._account(row) if row is not None else None

    async def lock_account(self, connection: Connection, account_id: UUID) -> Account:
        """Return an account and keep others from changing it; raise `AccountNotFound`."""
        row = await connection.fetchrow(SELECT_ACCOUNT_LOCKED, account_id)
        if row is None:
            raise AccountNotFound
        return self._account(row)

    async def find_by_identifier(self, connection: Connection, identifier: str) -> Account | None:
        """Return the account of an identifier."""
        digest = self._seal.identifier_digest(identifier)
        row = await connection.fetchrow(SELECT_BY_IDENTIFIER, digest)
        return self._account(row) if row is not None else None

    async def list_by_email(self, connection: Connection, email: str) -> Sequence[Account]:
        """Return the accounts of an e-mail address, 20 at most."""
        rows = await connection.fetch(SELECT_BY_EMAIL, self._seal.email_digest(email))
        return [self._account(row) for row in rows]

    async def list_by_roles(
        self, connection: Connection, roles: Sequence[str]
    ) -> Sequence[Account]:
        """Return the active accounts that hold one of these roles, 500 at most."""
        rows = await connection.fetch(SELECT_BY_ROLES, list(roles))
        return [self._account(row) for row in rows]

    async def find_by_registration(self, connection: Connection, key: bytes) -> Account | None:
        """Return the account that an idempotency key opened."""
        row = await connection.fetchrow(SELECT_BY_REGISTRATION, key)
        return self._account(row) if row is not None else None

    async def key_of(self, connection: Connection, account_id: UUID) -> AccountKey:
        """Return the data key of an account; raise `AccountNotFound` when it was destroyed."""
        wrapped = await connection.fetchval(SELECT_KEY, account_id)
        if wrapped is None:
            raise AccountNotFound
        return self._seal.key(account_id, wrapped)

    async def lock_seed(self, connection: Connection) -> None:
        """Keep other seeds out until the end of the transaction."""
        await connection.execute(LOCK_SEED)

    async def insert_account(
        self, connection: Connection, account: Account, opening: Opening
    ) -> None:
        """Store a new account; raise `IdentifierTaken` or `RegistrationRepeated`."""
        profile, wrapped_key = account.profile, self._seal.new_wrapped_key(account.id)
        try:
            async with naming_constraints():
                await connection.execute(
                    INSERT_ACCOUNT,
                    account.id,
                    self._seal.identifier_digest(profile.identifier),
                    self._seal.likeness_digest(profile.identifier),
                    self._seal.email_digest(profile.email) if profile.email else None,
                    wrapped_key,
                    self._seal.seal_profile(account.id, wrapped_key, profile),
                    list(account.roles),
                    account.state,
                    account.created_at,
                    account.language,
                    opening.registration_hash,
                )
        except ConstraintViolated as error:
            if error.name in TAKEN:
                raise IdentifierTaken from None
            if error.name == "uq__accounts__registration":
                raise RegistrationRepeated from None
            raise

    async def update_profile(
        self, connection: Connection, account_id: UUID, profile: Profile
    ) -> None:
        """Store another displayed name or e-mail."""
        wrapped = await connection.fetchval(SELECT_KEY, account_id)
        sealed = self._seal.seal_profile(account_id, wrapped, profile)
        digest = self._seal.email_digest(profile.email) if profile.email else None
        await connection.execute(UPDATE_PROFILE, account_id, sealed, digest)

    async def update_roles(
        self, connection: Connection, account_id: UUID, roles: Sequence[str]
    ) -> None:
        """Store what the holder may do."""
        await connection.execute(UPDATE_ROLES, account_id, list(roles))

    def _account(self, row: Row) -> Account:
        return Account(
            id=row["id"],
            profile=self._seal.open_profile(row["id"], row["wrapped_key"], row["profile"]),
            roles=tuple(row["roles"]),
            state=State(row["state"]),
            created_at=row["created_at"],
            language=row["language"],
            session_epoch=row["session_epoch"],
            last_seen_at=row["last_seen_at"],
            warned_at=row["warned_at"],
            erasure_due_at=row["erasure_due_at"],
            limited_at=row["limited_at"],
        )
