"""Use cases: begin a draft of a definition, write in it, list what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.procedures.editing.checking import CheckedSource
from services.procedures.editing.keeping import DraftKeeper, ReadDraft
from services.procedures.editing.model import (
    DefinitionDraftChanged,
    Draft,
    ProcedureExists,
    State,
    Step,
    TrailEntry,
)
from services.procedures.editing.structure import apply_changes
from services.procedures.editing.template import NewProcedure, template_of
from services.procedures.editing.writing import write_definition


@dataclass(frozen=True)
class Beginning:
    """What a draft begins with: exactly one of a published procedure, a YAML text, a new one.

    `id` is chosen by the caller, so that repeating begins once.
    """

    id: UUID
    procedure_id: str | None = None
    source: str | None = None
    new: NewProcedure | None = None


class EditingService:
    """Drafts of definitions, from the first word to the publication by a second person."""

    def __init__(self, keeper: DraftKeeper) -> None:
        self._keeper = keeper

    async def begin_draft(self, beginning: Beginning, writer: UUID) -> ReadDraft:
        """Begin a draft; beginning the same one twice begins once.

        Raises `ProcedureNotFound`, `ProcedureExists`, `SourceRefused`, or
        `DefinitionDraftChanged` when the id already is that of something else.
        """
        source = await self._first_source(beginning)
        checked = await self._keeper.check(source)
        procedure_id = checked.document["id"]
        based_on = await self._keeper.in_force(procedure_id)
        if beginning.new is not None and based_on:
            raise ProcedureExists
        now = self._keeper.clock.now()
        draft = Draft(
            id=beginning.id,
            procedure_id=procedure_id,
            state=State.DRAFT,
            based_on=based_on,
            source=source,
            writers=(writer,),
            submitted_hash="",
            approver=None,
            version=None,
            refusal="",
            revision=1,
            created_at=now,
            updated_at=now,
        )
        async with self._keeper.database.transaction() as connection:
            if await self._keeper.drafts.insert_draft(connection, draft):
                detail = {"based_on": based_on, "content_hash": checked.content_hash}
                await self._keeper.witness(
                    connection, draft, writer, "definition-draft-begun", detail
                )
                return ReadDraft(draft, checked, based_on)
        known = await self._keeper.read(draft.id)
        if known.draft.procedure_id != procedure_id or known.draft.writers[0] != writer:
            raise DefinitionDraftChanged("This identifier is already that of another draft.")
        return known

    async def _first_source(self, beginning: Beginning) -> str:
        if beginning.source is not None:
            return beginning.source
        if beginning.new is not None:
            return write_definition(template_of(beginning.new))
        procedure_id = beginning.procedure_id or ""
        version = await self._keeper.in_force(procedure_id)
        return write_definition(await self._keeper.catalogue.find_document(procedure_id, version))

    async def list_open_drafts(self, before: UUID | None, limit: int) -> list[Draft]:
        """Return the drafts still to be published or discarded, latest first."""
        async with self._keeper.database.connection() as connection:
            return await self._keeper.drafts.list_open_drafts(connection, before, limit)

    async def list_history(self, procedure_id: str, before: int, limit: int) -> list[TrailEntry]:
        """Return what was done to a procedure and its drafts, latest first."""
        async with self._keeper.database.connection() as connection:
            return await self._keeper.drafts.list_history(connection, procedure_id, before, limit)

    async def save_source(
        self, draft_id: UUID, revision: int, writer: UUID, source: str, based_on: int | None = None
    ) -> ReadDraft:
        """Keep a YAML text, faults included; raise `SourceRefused` for what is no definition.

        `based_on` says that the writer has taken that version into account.
        """
        known = await self._keeper.read(draft_id)
        checked = await self._keeper.check(source, known.draft.procedure_id)
        return await self._save(known, revision, writer, (source, checked), based_on)

    async def change_draft(
        self, draft_id: UUID, revision: int, writer: UUID, changes: Sequence[Mapping[str, Any]]
    ) -> ReadDraft:
        """Change parts of a draft; raise `EditRefused` when one is not there."""
        known = await self._keeper.read(draft_id, revision)
        changed = apply_changes(known.checked.document, changes)
        source = write_definition(changed)
        checked = await self._keeper.check(source, known.draft.procedure_id)
        return await self._save(known, revision, writer, (source, checked), None)

    async def _save(
        self,
        known: ReadDraft,
        revision: int,
        writer: UUID,
        written: tuple[str, CheckedSource],
        based_on: int | None,
    ) -> ReadDraft:
        source, checked = written
        based_on = known.draft.based_on if based_on is None else based_on
        if source == known.draft.source and based_on == known.draft.based_on:
            return known  # the same saved twice, or nothing changed
        known.refuse_other(revision)
        async with self._keeper.database.transaction() as connection:
            draft = await self._keeper.moved(connection, known.draft.id, revision, Step.WRITE)
            writers = tuple(dict.fromkeys((*draft.writers, writer)))
            saved = replace(draft, source=source, based_on=based_on, writers=writers)
            detail = {"revision": saved.revision, "content_hash": checked.content_hash}
            await self._keeper.keep(connection, saved, writer, "definition-draft-saved", detail)
        return ReadDraft(saved, checked, known.in_force)
