"""Accounts in PostgreSQL; their personal data are opened and sealed on the way."""

from uuid import UUID

from chassis.database import Connection, ConstraintViolated, Row, naming_constraints
from services.identity.accounts.model import Account, IdentifierTaken
from services.identity.accounts.sealing import AccountSeal

SELECT_ACCOUNT = """
SELECT
    id,
    wrapped_key,
    profile,
    roles,
    state,
    created_at
FROM accounts
WHERE id = $1
"""
LOCK_SEED = "SELECT pg_advisory_xact_lock(hashtextextended('identity-seed', 0))"
INSERT_ACCOUNT = """
INSERT INTO accounts (
    id,
    identifier_digest,
    wrapped_key,
    profile,
    roles,
    state,
    created_at
) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


class AccountRepository:
    """Reads and writes accounts; never commits."""

    def __init__(self, seal: AccountSeal) -> None:
        self._seal = seal

    async def find_account(self, connection: Connection, account_id: UUID) -> Account | None:
        """Return an account, its personal data open."""
        row = await connection.fetchrow(SELECT_ACCOUNT, account_id)
        return self._account(row) if row is not None else None

    async def lock_seed(self, connection: Connection) -> None:
        """Keep other seeds out until the end of the transaction."""
        await connection.execute(LOCK_SEED)

    async def insert_account(self, connection: Connection, account: Account) -> None:
        """Store a new account, or raise `IdentifierTaken`."""
        wrapped_key = self._seal.new_wrapped_key(account.id)
        try:
            async with naming_constraints():
                await connection.execute(
                    INSERT_ACCOUNT,
                    account.id,
                    self._seal.identifier_digest(account.profile.identifier),
                    wrapped_key,
                    self._seal.seal_profile(account.id, wrapped_key, account.profile),
                    list(account.roles),
                    account.state,
                    account.created_at,
                )
        except ConstraintViolated as error:
            if error.name == "uq__accounts__identifier":
                raise IdentifierTaken from None
            raise

    def _account(self, row: Row) -> Account:
        return Account(
            id=row["id"],
            profile=self._seal.open_profile(row["id"], row["wrapped_key"], row["profile"]),
            roles=tuple(row["roles"]),
            state=row["state"],
            created_at=row["created_at"],
        )
