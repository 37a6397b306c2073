"""Use cases of the reading journal: nothing is given out before its reading is written."""

from collections.abc import Sequence
from uuid import UUID

from chassis.clock import Clock
from chassis.database import Database
from services.procedures.readings.model import AGENT, Reading
from services.procedures.readings.repository import ReadingRepository

SHOWN = 200


class ReadingService:
    """Notes and lists who read what."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._repository = ReadingRepository()

    async def note(
        self, request_ids: Sequence[UUID], reader_id: UUID, purpose: str, kind: str = AGENT
    ) -> None:
        """Write that somebody reads these requests; committed before they are given out."""
        reading = Reading(self._clock.now(), kind, reader_id, purpose)
        async with self._database.transaction() as connection:
            await self._repository.insert_readings(connection, request_ids, reading)

    async def list_readings(self, request_id: UUID) -> Sequence[Reading]:
        """Return the last 200 readings of a request, the latest first."""
        async with self._database.connection() as connection:
            return await self._repository.list_readings(connection, request_id, SHOWN)
