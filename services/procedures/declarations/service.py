"""Use case: have the declaration to certify, in force or, when legal is away, the last one kept."""

from collections.abc import Awaitable, Callable

from chassis.clock import Clock
from chassis.database import Connection, Database
from chassis.http_client import ServiceProblem, ServiceUnavailable
from services.procedures.declarations.model import (
    Declaration,
    DeclarationUnavailable,
    DeclarationUnknown,
)
from services.procedures.declarations.repository import DeclarationRepository

FRESH_SECONDS = 15.0

FetchDeclaration = Callable[[str], Awaitable[Declaration]]


class DeclarationService:
    """Gives the text that a person certifies and keeps each one that was shown."""

    def __init__(self, database: Database, fetch: FetchDeclaration, clock: Clock) -> None:
        self._database = database
        self._repository = DeclarationRepository()
        self._fetch = fetch
        self._clock = clock
        self._fresh: dict[str, tuple[float, Declaration]] = {}
        # what was shown once was shown for ever: these are never forgotten by the database
        self._shown: set[str] = set()

    async def current_declaration(self, language: str) -> Declaration:
        """Return the text to show now; raise `DeclarationUnavailable` when there is none at all."""
        cached = self._fresh.get(language)
        if cached is not None and self._clock.monotonic() - cached[0] < FRESH_SECONDS:
            return cached[1]
        try:
            declaration = await self._fetch(language)
        except (ServiceUnavailable, ServiceProblem):
            return await self._last_kept(language)
        async with self._database.transaction() as connection:
            await self._repository.insert_declaration(connection, declaration, self._clock.now())
        self._fresh[language] = (self._clock.monotonic(), declaration)
        return declaration

    async def _last_kept(self, language: str) -> Declaration:
        async with self._database.connection() as connection:
            kept = await self._repository.find_latest(connection, language)
        if kept is None:
            raise DeclarationUnavailable("The text to certify cannot be shown yet.")
        return kept

    async def read_shown(self, content_hash: str) -> Declaration:
        """Return a text that was shown here some day, or raise `DeclarationUnknown`."""
        async with self._database.connection() as connection:
            shown = await self._repository.find_shown(connection, content_hash)
        if shown is None:
            raise DeclarationUnknown("The certified text is not one that was shown.")
        return shown

    async def require_shown(self, connection: Connection, content_hash: str) -> None:
        """Raise `DeclarationUnknown` unless this very text was shown here some day."""
        if content_hash in self._shown:
            return
        if not await self._repository.is_known(connection, content_hash):
            raise DeclarationUnknown("The certified text is not one that was shown.")
        self._shown.add(content_hash)
