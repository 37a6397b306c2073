"""Use cases of staff: begin, save, submit, send back, discard, approve."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from authority.profile import AuthorityProfile
from chassis.audit import append_audit
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.legal.documents.differences import Comparison, compare_texts
from services.legal.documents.model import (
    EDITORIAL,
    DocumentText,
    DocumentVersion,
    Origin,
    State,
    Step,
    move,
)
from services.legal.documents.publishing import PublicationService
from services.legal.documents.service import DocumentService
from services.legal.drafts.model import (
    Draft,
    DraftChanged,
    DraftContent,
    DraftFault,
    DraftNotFound,
    OwnDraft,
    content_detail,
    refuse_faulty,
)
from services.legal.drafts.repository import DraftRepository
from services.legal.drafts.validation import fill_text, find_faults


class DraftService:
    """Drafts, from the first word to the publication by a second person."""

    def __init__(
        self,
        database: Database,
        documents: DocumentService,
        publications: PublicationService,
        profile: AuthorityProfile,
        clock: Clock,
    ) -> None:
        self._database = database
        self._documents = documents
        self._publications = publications
        self._profile = profile
        self._clock = clock
        self._drafts = DraftRepository()

    async def begin_draft(self, draft_id: UUID, slug: str, writer: UUID) -> Draft:
        """Begin with the newest text that stands; beginning the same draft twice begins once.

        Raises `DocumentNotFound`; `DraftChanged` when the id already is that of something else.
        """
        number, texts = await self._documents.read_sources(slug)
        now = self._clock.now()
        content = DraftContent(EDITORIAL, None, texts)
        draft = Draft(
            id=draft_id,
            slug=slug,
            state=State.DRAFT,
            based_on=number,
            writers=(writer,),
            approver=None,
            version=None,
            refusal="",
            revision=1,
            created_at=now,
            updated_at=now,
            content=content,
        )
        async with self._database.transaction() as connection:
            if await self._drafts.insert_draft(connection, draft):
                await self._witness(connection, draft, writer, "draft-begun", {"based_on": number})
                return draft
        known = await self.read_draft(draft_id)
        if known.slug != slug or known.writers[0] != writer:
            raise DraftChanged("This identifier is already that of another draft.")
        return known

    async def read_draft(self, draft_id: UUID) -> Draft:
        """Return a draft, or raise `DraftNotFound`."""
        async with self._database.connection() as connection:
            return await self._found(connection, draft_id)

    async def list_open_drafts(self, before: UUID | None, limit: int) -> list[Draft]:
        """Return the drafts still to be published or discarded, latest first."""
        async with self._database.connection() as connection:
            return await self._drafts.list_open_drafts(connection, before, limit)

    async def find_faults(self, draft: Draft) -> list[DraftFault]:
        """Return what stops the publication, placement in time apart."""
        async with self._database.connection() as connection:
            return await self._faults(connection, draft)

    async def _faults(self, connection: Connection, draft: Draft) -> list[DraftFault]:
        newest = await self._documents.newest_version(connection, draft.slug)
        # another amendment was published since: this text was written without it
        outdated = [DraftFault("outdated")] * (draft.based_on != newest)
        return outdated + find_faults(draft.content, self._profile)

    def filled_text(self, draft: Draft, language: str) -> DocumentText:
        """Return a text as it would be published; unknown placeholders stay as typed."""
        return fill_text(draft.content.texts[language], self._profile)

    async def compare_with_base(self, draft: Draft, language: str) -> Comparison:
        """Return what the draft changes in the version that it began with."""
        text = await self._documents.read_source(draft.slug, draft.based_on, language)
        return await asyncio.to_thread(compare_texts, text, self.filled_text(draft, language))

    async def save_draft(
        self, draft_id: UUID, revision: int, writer: UUID, based_on: int, content: DraftContent
    ) -> Draft:
        """Keep what was typed, faults included; whoever saves becomes one of its writers.

        `based_on` is the version that the writer has taken into account.
        """
        async with self._database.transaction() as connection:
            draft = await self._moved(connection, draft_id, revision, Step.WRITE)
            writers = dict.fromkeys((*draft.writers, writer))
            saved = replace(draft, content=content, based_on=based_on, writers=tuple(writers))
            detail = content_detail(content, saved.revision)
            return await self._keep(connection, saved, writer, "draft-saved", detail)

    async def submit_draft(self, draft_id: UUID, revision: int, writer: UUID) -> Draft:
        """Ask a second person to publish; raise `DraftFaulty` when something is wrong."""
        async with self._database.transaction() as connection:
            draft = await self._moved(connection, draft_id, revision, Step.SUBMIT)
            refuse_faulty(await self._faults(connection, draft))
            submitted = replace(draft, refusal="")
            return await self._keep(connection, submitted, writer, "draft-submitted", {})

    async def send_back(self, draft_id: UUID, revision: int, person: UUID, reason: str) -> Draft:
        """Give a submitted draft back to its writers, with the reason."""
        async with self._database.transaction() as connection:
            draft = await self._moved(connection, draft_id, revision, Step.SEND_BACK)
            back = replace(draft, refusal=reason)
            return await self._keep(connection, back, person, "draft-sent-back", {"reason": reason})

    async def discard_draft(self, draft_id: UUID, revision: int, person: UUID) -> Draft:
        """Give a draft up; it stays in the history."""
        async with self._database.transaction() as connection:
            draft = await self._moved(connection, draft_id, revision, Step.DISCARD)
            return await self._keep(connection, draft, person, "draft-discarded", {})

    async def approve_draft(self, draft_id: UUID, revision: int, approver: UUID) -> Draft:
        """Publish a submitted draft, in force from its instant, or from now when it has none.

        Raises `OwnDraft` when the approver wrote in it, `DraftFaulty`, `PlacementRefused`.
        """
        now = self._clock.now()
        async with self._database.transaction() as connection:
            draft = await self._moved(connection, draft_id, revision, Step.APPROVE)
            if approver in draft.writers:
                raise OwnDraft
            content = await self._placed(connection, draft, now)
            refuse_faulty(await self._faults(connection, draft))
            approved = replace(draft, approver=approver, version=content.version)
            detail = {"version": content.version, "writers": [str(one) for one in draft.writers]}
            await self._keep(connection, approved, approver, "draft-approved", detail)
            origin = Origin(draft.id, approver)
            await self._publications.publish_draft(connection, content, origin, now)
        await self._publications.tell_published(content)
        return approved

    async def _placed(self, connection: Connection, draft: Draft, now: datetime) -> DocumentVersion:
        number, effective_from = await self._publications.place(
            connection, draft.slug, draft.content.effective_from, now
        )
        texts = {language: self.filled_text(draft, language) for language in draft.content.texts}
        return DocumentVersion(draft.slug, number, effective_from, draft.content.change, texts)

    async def _moved(
        self, connection: Connection, draft_id: UUID, revision: int, step: Step
    ) -> Draft:
        """Lock the draft and return it after a step, its revision one more."""
        draft = await self._found(connection, draft_id, lock=True)
        if draft.revision != revision:
            raise DraftChanged(revision=draft.revision)
        state = move(draft.state, step)
        return replace(draft, state=state, revision=revision + 1, updated_at=self._clock.now())

    async def _found(self, connection: Connection, draft_id: UUID, *, lock: bool = False) -> Draft:
        draft = await self._drafts.find_draft(connection, draft_id, lock=lock)
        if draft is None:
            raise DraftNotFound
        return draft

    async def _keep(
        self,
        connection: Connection,
        draft: Draft,
        person: UUID,
        action: str,
        detail: Mapping[str, Any],
    ) -> Draft:
        await self._drafts.update_draft(connection, draft, draft.updated_at)
        await self._witness(connection, draft, person, action, detail)
        return draft

    async def _witness(
        self,
        connection: Connection,
        draft: Draft,
        person: UUID,
        action: str,
        detail: Mapping[str, Any],
    ) -> None:
        await append_audit(
            connection,
            at=draft.updated_at,
            actor=f"account:{person}",
            action=action,
            subject=draft.subject,
            detail=detail,
        )
