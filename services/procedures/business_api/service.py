"""Use cases of business applications: give and take back tokens, recognise them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.clock import IdSource, hash_secret
from chassis.database import Connection
from services.procedures.business_api.model import (
    PREFIX,
    AlreadyGiven,
    BusinessToken,
    NewToken,
    TokenRefused,
    TokenUnknown,
)
from services.procedures.business_api.repository import BusinessRepository
from services.procedures.lifecycle.service import LifecycleService


class BusinessService:
    """Tokens of applications: shown once, stored as digests, journalled."""

    def __init__(self, lifecycle: LifecycleService, ids: IdSource) -> None:
        self._lifecycle = lifecycle
        self._database = lifecycle.requests.database
        self._clock = lifecycle.requests.clock
        self._ids = ids
        self._repository = BusinessRepository()

    async def give_token(self, administrator: UUID, new: NewToken) -> tuple[BusinessToken, str]:
        """Make a token and return it with its secret, which is never shown again.

        `AlreadyGiven` when one bears its identifier.
        """
        now, secret = self._clock.now(), PREFIX + self._ids.new_secret()
        token = BusinessToken(
            id=new.id,
            name=new.name,
            service_id=new.service_id,
            scopes=tuple(str(scope) for scope in new.scopes),
            created_by=administrator,
            created_at=now,
            expires_at=now + timedelta(days=new.days),
        )
        detail = {"name": new.name, "service": new.service_id, "scopes": list(token.scopes)}
        async with self._database.transaction() as connection:
            if not await self._repository.insert_token(connection, token, hash_secret(secret)):
                raise AlreadyGiven
            await self.note(connection, administrator, "token-given", token.id, detail)
        return token, secret

    async def take_back(self, administrator: UUID, token_id: UUID) -> None:
        """Make a token useless at once; taken back twice is no error."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            if not await self._repository.revoke(connection, token_id, now):
                raise TokenUnknown
            await self.note(connection, administrator, "token-taken-back", token_id, {})

    async def note(
        self,
        connection: Connection,
        administrator: UUID,
        action: str,
        subject_id: UUID,
        detail: Mapping[str, Any],
    ) -> None:
        """Write in the journal of rights, in the transaction of what is done."""
        now = self._clock.now()
        await self._repository.insert_journal(
            connection, now, administrator, action, subject_id, detail
        )

    async def list_tokens(self) -> Sequence[BusinessToken]:
        """Return the last tokens, valid or not."""
        async with self._database.connection() as connection:
            return await self._repository.list_tokens(connection)

    async def list_journal(self) -> Sequence[Mapping[str, Any]]:
        """Return who gave and took back rights, the latest first."""
        async with self._database.connection() as connection:
            return await self._repository.list_journal(connection)

    async def recognise(self, secret: str) -> BusinessToken:
        """Return the token that an application shows, or raise `TokenRefused`."""
        now = self._clock.now()
        async with self._database.connection() as connection:
            found = await self._repository.find_valid(connection, hash_secret(secret), now)
            if found is None:
                raise TokenRefused
            if found.last_used_on != self._lifecycle.today:
                await self._repository.update_used(connection, found.id, self._lifecycle.today)
        return found
