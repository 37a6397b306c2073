"""Checks the second step of a sign-in: a code, a passkey, or a recovery code."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.clock import Clock
from chassis.database import Connection
from services.identity.accounts.service import AccountService
from services.identity.blind_index import BlindIndex
from services.identity.second_factors.model import Answer, Factor, FactorRefused, SecondFactor
from services.identity.second_factors.passkeys import Challenge, Passkey, Passkeys
from services.identity.second_factors.repository import FactorRepository
from services.identity.second_factors.totp import matching_step


class FactorVerification:
    """Says whether an answer is right, and uses it up in the caller's transaction."""

    def __init__(
        self, accounts: AccountService, passkeys: Passkeys, index: BlindIndex, clock: Clock
    ) -> None:
        self._accounts = accounts
        self._passkeys = passkeys
        self._index = index
        self._clock = clock
        self._factors = FactorRepository()

    async def list_factors(
        self, connection: Connection, account_id: UUID
    ) -> Sequence[SecondFactor]:
        """Return the factors of an account; raise `AccountNotFound`."""
        key = await self._accounts.key_of(connection, account_id)
        return await self._factors.list_factors(connection, account_id, key)

    async def kinds_of(self, connection: Connection, account_id: UUID) -> list[Factor]:
        """Return what the account may be asked, [] when it has no second factor."""
        factors = await self.list_factors(connection, account_id)
        kinds = {factor.kind for factor in factors}
        if kinds and await self._factors.count_codes(connection, account_id):
            kinds.add(Factor.RECOVERY)
        return sorted(kinds)

    async def passkey_challenge(self, connection: Connection, account_id: UUID) -> Challenge | None:
        """Return what to ask of the browser; None when the account has no passkey."""
        factors = await self.list_factors(connection, account_id)
        known = [one.secret["credential_id"] for one in factors if one.kind == Factor.PASSKEY]
        return self._passkeys.begin_authentication(known) if known else None

    async def verify(
        self, connection: Connection, account_id: UUID, answer: Answer, challenge: str = ""
    ) -> None:
        """Use an answer up, or raise `FactorRefused`; the same answer is never taken twice."""
        if answer.kind == Factor.RECOVERY:
            used = await self._use_code(connection, account_id, answer.code)
        elif answer.kind == Factor.TOTP:
            used = await self._use_totp(connection, account_id, answer.code)
        else:
            used = await self._use_passkey(connection, account_id, answer.credential, challenge)
        if not used:
            raise FactorRefused

    def code_hash(self, account_id: UUID, code: str) -> bytes:
        """Return what stands for a recovery code in the database."""
        bare = re.sub(r"[\W_]", "", code).upper()
        return self._index.digest("recovery code", f"{account_id} {bare}")

    async def _use_code(self, connection: Connection, account_id: UUID, code: str) -> bool:
        hashed = self.code_hash(account_id, code)
        return await self._factors.use_code(connection, account_id, hashed, self._clock.now())

    async def _use_totp(self, connection: Connection, account_id: UUID, code: str) -> bool:
        now = self._clock.now()
        for factor in await self.list_factors(connection, account_id):
            if factor.kind != Factor.TOTP:
                continue
            step = matching_step(factor.secret["seed"], code, now)
            if step is not None and step > factor.counter:
                return await self._factors.use_step(connection, factor.id, step, now)
        return False

    async def _use_passkey(
        self,
        connection: Connection,
        account_id: UUID,
        credential: Mapping[str, Any],
        challenge: str,
    ) -> bool:
        if not challenge:
            return False
        for factor in await self.list_factors(connection, account_id):
            if factor.secret.get("credential_id") == credential.get("id"):
                secret = factor.secret
                known = Passkey(secret["credential_id"], secret["public_key"], factor.counter)
                counter = self._passkeys.finish_authentication(credential, challenge, known)
                now = self._clock.now()
                return await self._factors.use_signature(connection, factor.id, counter, now)
        return False
