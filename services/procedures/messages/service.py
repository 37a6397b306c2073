"""Use cases of messages: write, list. Each is a step of the request, told to the other side."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection
from services.procedures.lifecycle.model import SERVICE_ACTORS, Author, Case, State
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.lifecycle.steps import MESSAGE_FROM_PERSON, MESSAGE_TO_PERSON
from services.procedures.messages.model import (
    PERSON,
    SERVICE,
    Message,
    MessageConflict,
    MessagesClosed,
    NewMessage,
)
from services.procedures.messages.repository import MessageRepository


class MessageService:
    """Keeps the exchange between a person and the service in charge."""

    def __init__(self, lifecycle: LifecycleService) -> None:
        self._lifecycle = lifecycle
        self._database = lifecycle.requests.database
        self._repository = MessageRepository()

    async def send(self, request_id: UUID, new: NewMessage, author: Author) -> None:
        """Keep a message and tell the other side; sent again it is kept once."""
        from_service = author.actor in SERVICE_ACTORS
        async with self._lifecycle.locked(request_id, author) as (connection, case):
            if case.state is State.WITHDRAWN:
                raise MessagesClosed("The request was withdrawn.")
            message = Message(
                id=new.id,
                request_id=request_id,
                sent_at=self._lifecycle.requests.clock.now(),
                author=SERVICE if from_service else PERSON,
                staff_id=author.id if from_service else None,
                text=new.text,
                files=new.files,
            )
            if not await self._insert(connection, message, case):
                return
            kind = MESSAGE_TO_PERSON if from_service else MESSAGE_FROM_PERSON
            await self._lifecycle.record(connection, case, kind, author, {})

    async def list_messages(self, case: Case) -> Sequence[Message]:
        """Return the messages of a case that the caller may reach, oldest first."""
        async with self._database.connection() as connection:
            key = self._lifecycle.key(case)
            return await self._repository.list_messages(connection, case.id, key)

    async def _insert(self, connection: Connection, message: Message, case: Case) -> bool:
        key = self._lifecycle.key(case)
        if await self._repository.insert_message(connection, message, key):
            return True
        if await self._repository.find_owner(connection, message.id) != message.request_id:
            raise MessageConflict
        return False
