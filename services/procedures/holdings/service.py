"""Use cases of an account: list its requests, copy them (DAT-02), give them up (DAT-03)."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from services.procedures.catalogue.model import ProcedureNotFound
from services.procedures.dossiers.reader import DossierReader
from services.procedures.drafts.service import DraftService
from services.procedures.holdings.repository import HoldingsRepository
from services.procedures.lifecycle.model import State
from services.procedures.lifecycle.steps import STATE_LABELS
from services.procedures.requests.model import Access, Request, RequestNotFound
from services.procedures.requests.service import RequestService

PAGE = 20
COPY_BATCH = 50
Follow = Callable[[Request, str], Awaitable[dict[str, Any]]]


class HoldingsService:
    """Answers for an account whose identity the caller has checked."""

    def __init__(
        self, requests: RequestService, dossiers: DossierReader, drafts: DraftService
    ) -> None:
        self._requests = requests
        self._dossiers = dossiers
        self._drafts = drafts
        self._repository = HoldingsRepository()

    async def list_requests(
        self, account_id: UUID, after: UUID | None, language: str
    ) -> dict[str, Any]:
        """Return twenty requests, newest first, and `next` to ask for those before them."""
        rows = await self._rows(account_id, after, PAGE + 1)
        shown = rows[:PAGE]
        return {
            "requests": [await self._summary(row, language) for row in shown],
            "next": str(shown[-1]["id"]) if len(rows) > PAGE else None,
        }

    async def copy_requests(
        self, account_id: UUID, language: str, follow: Follow
    ) -> list[dict[str, Any]]:
        """Return every request of the account as its owner sees it, newest first.

        A filed one has its `life`: steps, messages, and who read it when (REQ-10).
        """
        found: list[dict[str, Any]] = []
        access, after = Access(account_id=account_id), None
        while rows := await self._rows(account_id, after, COPY_BATCH):
            for row in rows:
                after = row["id"]
                try:
                    request = await self._requests.open_request(row["id"], access)
                except RequestNotFound:  # destroyed meanwhile
                    continue
                view = await self._dossiers.view(request, language)
                life = None if request.is_draft else await follow(request, language)
                found.append({**view, "life": life})
        return found

    async def give_up(self, account_id: UUID) -> dict[str, int]:
        """Destroy the account's drafts and detach what the law keeps; again, it does nothing."""
        deleted = await self._drafts.delete_of_account(account_id)
        async with self._requests.database.transaction() as connection:
            detached = await self._repository.detach_filed(connection, account_id)
            await self._repository.detach_payments(connection, account_id)
        return {"deleted_drafts": deleted, "detached_requests": detached}

    async def _rows(self, account_id: UUID, after: UUID | None, limit: int) -> list[Any]:
        async with self._requests.database.connection() as connection:
            return await self._repository.list_page(connection, account_id, after, limit)

    async def _summary(self, row: Any, language: str) -> dict[str, Any]:
        procedure_id = row["procedure_id"]
        try:
            definition = await self._requests.catalogue.find_definition(
                procedure_id, row["version"]
            )
            title = definition.title.in_language(language)
        except ProcedureNotFound:
            title = procedure_id
        return {
            "id": str(row["id"]),
            "procedure": {"id": procedure_id, "title": title},
            "state": row["state"],
            "state_label": STATE_LABELS[State(row["state"])].in_language(language),
            "number": row["number"],
            "filed_at": row["filed_at"].isoformat() if row["filed_at"] else None,
            "updated_at": row["updated_at"].isoformat(),
            "due_on": row["due_on"].isoformat() if row["due_on"] else None,
        }
