"""Second factors and recovery codes in PostgreSQL; seeds and keys are sealed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.database import Connection, ConstraintViolated, Row, naming_constraints
from services.identity.accounts.sealing import AccountKey
from services.identity.second_factors.model import Factor, FactorRefused, SecondFactor

INSERT_FACTOR = """
INSERT INTO second_factors (
    id,
    account_id,
    kind,
    handle_digest,
    secret,
    counter,
    created_at,
    confirmed_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
"""
SELECT_FACTORS = """
SELECT
    id,
    kind,
    secret,
    counter,
    created_at,
    last_used_at
FROM second_factors
WHERE account_id = $1
    AND confirmed_at IS NOT NULL
ORDER BY id
"""
UPDATE_STEP_USED = """
UPDATE second_factors
SET counter = $2,
    last_used_at = $3
WHERE id = $1
    AND counter < $2
RETURNING id
"""
UPDATE_SIGNED = """
UPDATE second_factors
SET counter = $2,
    last_used_at = $3
WHERE id = $1
    AND (counter < $2 OR (counter = 0 AND $2 = 0))
RETURNING id
"""
DELETE_FACTOR = """
DELETE FROM second_factors
WHERE id = $1
    AND account_id = $2
RETURNING kind
"""
DELETE_FACTORS = "DELETE FROM second_factors WHERE account_id = $1"
DELETE_CODES = "DELETE FROM recovery_codes WHERE account_id = $1"
INSERT_CODE = """
INSERT INTO recovery_codes (
    account_id,
    code_hash,
    created_at
) VALUES ($1, $2, $3)
"""
UPDATE_CODE_USED = """
UPDATE recovery_codes
SET used_at = $3
WHERE account_id = $1
    AND code_hash = $2
    AND used_at IS NULL
RETURNING account_id
"""
SELECT_CODES_LEFT = """
SELECT count(*)
FROM recovery_codes
WHERE account_id = $1
    AND used_at IS NULL
"""
PLACE = "second_factors.secret"


class FactorRepository:
    """Reads and writes second factors; never commits."""

    async def insert_factor(
        self,
        connection: Connection,
        account_id: UUID,
        key: AccountKey,
        factor: SecondFactor,
        handle_digest: bytes | None,
    ) -> None:
        """Store a factor that its owner has shown to work; one passkey serves one account."""
        content = {"label": factor.label, **factor.secret}
        try:
            async with naming_constraints():
                await connection.execute(
                    INSERT_FACTOR,
                    factor.id,
                    account_id,
                    factor.kind,
                    handle_digest,
                    key.seal(content, f"{PLACE}:{factor.id}"),
                    factor.counter,
                    factor.created_at,
                )
        except ConstraintViolated:
            raise FactorRefused from None

    async def list_factors(
        self, connection: Connection, account_id: UUID, key: AccountKey
    ) -> Sequence[SecondFactor]:
        """Return the factors of an account, the oldest first."""
        rows = await connection.fetch(SELECT_FACTORS, account_id)
        return [_factor(row, key) for row in rows]

    async def use_step(
        self, connection: Connection, factor_id: UUID, step: int, at: datetime
    ) -> bool:
        """Use up a time step; False when it, or a later one, was used: of two, one gets it."""
        return await connection.fetchval(UPDATE_STEP_USED, factor_id, step, at) is not None

    async def use_signature(
        self, connection: Connection, factor_id: UUID, counter: int, at: datetime
    ) -> bool:
        """Store a signature counter; False when it does not grow. Some keys always say 0."""
        return await connection.fetchval(UPDATE_SIGNED, factor_id, counter, at) is not None

    async def delete_factor(
        self, connection: Connection, account_id: UUID, factor_id: UUID
    ) -> str | None:
        """Remove a factor and return its kind; None when there is none."""
        kind: str | None = await connection.fetchval(DELETE_FACTOR, factor_id, account_id)
        return kind

    async def delete_all(self, connection: Connection, account_id: UUID) -> None:
        """Remove every factor and recovery code of an account."""
        await connection.execute(DELETE_FACTORS, account_id)
        await connection.execute(DELETE_CODES, account_id)

    async def replace_codes(
        self, connection: Connection, account_id: UUID, hashes: Sequence[bytes], at: datetime
    ) -> None:
        """Store recovery codes in place of the former ones."""
        await connection.execute(DELETE_CODES, account_id)
        await connection.executemany(INSERT_CODE, [(account_id, one, at) for one in hashes])

    async def use_code(
        self, connection: Connection, account_id: UUID, code_hash: bytes, at: datetime
    ) -> bool:
        """Use a recovery code up; False when it is unknown or was used."""
        used = await connection.fetchval(UPDATE_CODE_USED, account_id, code_hash, at)
        return used is not None

    async def count_codes(self, connection: Connection, account_id: UUID) -> int:
        """Return how many recovery codes are left."""
        return int(await connection.fetchval(SELECT_CODES_LEFT, account_id))


def _factor(row: Row, key: AccountKey) -> SecondFactor:
    content = dict(key.open(row["secret"], f"{PLACE}:{row['id']}"))
    label = content.pop("label")
    return SecondFactor(
        row["id"],
        Factor(row["kind"]),
        label,
        content,
        row["counter"],
        row["created_at"],
        row["last_used_at"],
    )
