"""Drafts as they are kept: read with what is wrong in them, locked, moved, witnessed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from chassis.audit import append_audit
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.procedures.catalogue.service import CatalogueService
from services.procedures.editing.checking import CheckedSource, Finding, SourceChecker
from services.procedures.editing.fault_words import fault_text
from services.procedures.editing.model import (
    DefinitionDraftChanged,
    DefinitionDraftNotFound,
    Draft,
    Step,
    move,
)
from services.procedures.editing.repository import DraftRepository

OUTDATED = fault_text("another version was published since")


@dataclass(frozen=True)
class ReadDraft:
    """A draft, what it says, and the version in force that it would replace (0: none)."""

    draft: Draft
    checked: CheckedSource
    in_force: int

    @property
    def stopping(self) -> list[Finding]:
        """Return what forbids the submission."""
        found = self.checked.stopping
        if self.draft.based_on != self.in_force:
            found.insert(0, Finding("outdated", 1, (), OUTDATED))
        return found

    def refuse_other(self, revision: int) -> None:
        """Raise `DefinitionDraftChanged` unless this is that revision."""
        if self.draft.revision != revision:
            raise DefinitionDraftChanged(revision=self.draft.revision)


@dataclass(frozen=True)
class DraftKeeper:
    """What every use case on drafts stands on."""

    database: Database
    catalogue: CatalogueService
    checker: SourceChecker
    clock: Clock
    drafts: DraftRepository

    async def read(self, draft_id: UUID, revision: int | None = None) -> ReadDraft:
        """Return a draft with what is wrong in it; with `revision`, refuse another one.

        Raises `DefinitionDraftNotFound`, `DefinitionDraftChanged`.
        """
        async with self.database.connection() as connection:
            draft = await self.drafts.find_draft(connection, draft_id)
        if draft is None:
            raise DefinitionDraftNotFound
        if revision is not None and draft.revision != revision:
            raise DefinitionDraftChanged(revision=draft.revision)
        checked = await self.check(draft.source, draft.procedure_id)
        return ReadDraft(draft, checked, await self.in_force(draft.procedure_id))

    async def base_document(self, draft: Draft) -> Mapping[str, Any]:
        """Return the version that the draft amends, {} for a new procedure."""
        if not draft.based_on:
            return {}
        return await self.catalogue.find_document(draft.procedure_id, draft.based_on)

    async def check(self, source: str, procedure_id: str = "") -> CheckedSource:
        """Check a YAML text, of that procedure or of the one it names."""
        vocabulary = (await self.catalogue.read_catalogue()).vocabulary
        # reading YAML takes tens of milliseconds: others are answered meanwhile
        return await asyncio.to_thread(self.checker.check, source, vocabulary, procedure_id)

    async def in_force(self, procedure_id: str) -> int:
        """Return the number of the version in force, whatever its state; 0 when there is none."""
        found = (await self.catalogue.read_catalogue()).definitions.get(procedure_id)
        return found.version if found is not None else 0

    async def moved(
        self, connection: Connection, draft_id: UUID, revision: int, step: Step
    ) -> Draft:
        """Lock the draft and return it after a step, its revision one more."""
        draft = await self.drafts.find_draft(connection, draft_id, lock=True)
        if draft is None:
            raise DefinitionDraftNotFound
        if draft.revision != revision:
            raise DefinitionDraftChanged(revision=draft.revision)
        state = move(draft.state, step)
        return replace(draft, state=state, revision=revision + 1, updated_at=self.clock.now())

    async def keep(
        self,
        connection: Connection,
        draft: Draft,
        person: UUID,
        action: str,
        detail: Mapping[str, Any],
    ) -> None:
        """Store what became of a draft, with its witness."""
        await self.drafts.update_draft(connection, draft, draft.updated_at)
        await self.witness(connection, draft, person, action, detail)

    async def witness(
        self,
        connection: Connection,
        draft: Draft,
        person: UUID,
        action: str,
        detail: Mapping[str, Any],
    ) -> None:
        """Add an entry to the audit trail."""
        await append_audit(
            connection,
            at=draft.updated_at,
            actor=f"account:{person}",
            action=action,
            subject=draft.subject,
            detail=detail,
        )
