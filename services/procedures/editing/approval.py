"""Use cases: submit a draft, send it back, discard it, or publish it as a second person."""

from dataclasses import replace
from uuid import UUID

from services.procedures.catalogue.publication import VersionOutdated, VersionPublisher
from services.procedures.editing.checking import Finding
from services.procedures.editing.fault_words import fault_text
from services.procedures.editing.keeping import DraftKeeper, ReadDraft
from services.procedures.editing.model import (
    DefinitionDraftChanged,
    DefinitionFaulty,
    OwnDefinitionDraft,
    State,
    Step,
)

SAME = "is the same as the version in force"


class ApprovalService:
    """What happens to a draft once it is written."""

    def __init__(self, keeper: DraftKeeper) -> None:
        self._keeper = keeper
        self._publisher = VersionPublisher()

    async def submit_draft(self, draft_id: UUID, revision: int, writer: UUID) -> ReadDraft:
        """Ask a second person to publish; raise `DefinitionFaulty` when something is wrong."""
        known = await self._keeper.read(draft_id)
        if known.draft.state is State.SUBMITTED and known.draft.revision == revision + 1:
            return known  # asked twice
        known.refuse_other(revision)
        await self._refuse_faulty(known)
        async with self._keeper.database.transaction() as connection:
            draft = await self._keeper.moved(connection, draft_id, revision, Step.SUBMIT)
            submitted = replace(draft, refusal="", submitted_hash=known.checked.content_hash)
            detail = {"content_hash": submitted.submitted_hash}
            action = "definition-draft-submitted"
            await self._keeper.keep(connection, submitted, writer, action, detail)
        return replace(known, draft=submitted)

    async def send_back(
        self, draft_id: UUID, revision: int, person: UUID, reason: str
    ) -> ReadDraft:
        """Give a submitted draft back to its writers, with the reason."""
        async with self._keeper.database.transaction() as connection:
            draft = await self._keeper.moved(connection, draft_id, revision, Step.SEND_BACK)
            back = replace(draft, refusal=reason, submitted_hash="")
            action, detail = "definition-draft-sent-back", {"reason": reason}
            await self._keeper.keep(connection, back, person, action, detail)
        return await self._keeper.read(draft_id)

    async def discard_draft(self, draft_id: UUID, revision: int, person: UUID) -> ReadDraft:
        """Give a draft up; it stays in the history."""
        async with self._keeper.database.transaction() as connection:
            draft = await self._keeper.moved(connection, draft_id, revision, Step.DISCARD)
            await self._keeper.keep(connection, draft, person, "definition-draft-discarded", {})
        return await self._keeper.read(draft_id)

    async def approve_draft(
        self, draft_id: UUID, revision: int, content_hash: str, approver: UUID
    ) -> ReadDraft:
        """Publish exactly what was read (`content_hash`), in force at once; once only.

        Raises `OwnDefinitionDraft` when the approver wrote in it, `DefinitionDraftChanged` when
        it is no longer what the approver read, `DefinitionFaulty`, `VersionOutdated`.
        """
        try:
            return await self._approve(draft_id, revision, content_hash, approver)
        except (DefinitionDraftChanged, DefinitionFaulty, VersionOutdated):
            known = await self._keeper.read(draft_id)
            if (known.draft.approver, known.draft.submitted_hash) == (approver, content_hash):
                return known  # asked twice, and the first time did it
            raise

    async def _approve(
        self, draft_id: UUID, revision: int, content_hash: str, approver: UUID
    ) -> ReadDraft:
        known = await self._keeper.read(draft_id, revision)
        if approver in known.draft.writers:
            raise OwnDefinitionDraft
        if known.draft.state is State.SUBMITTED:
            if not known.draft.submitted_hash == content_hash == known.checked.content_hash:
                raise DefinitionDraftChanged(revision=revision)
            await self._refuse_faulty(known)
        approved = await self._publish(known, approver)
        self._keeper.catalogue.forget()
        return approved

    async def _publish(self, known: ReadDraft, approver: UUID) -> ReadDraft:
        """Publish what was checked: the revision says that it is still what is stored."""
        now = self._keeper.clock.now()
        revision = known.draft.revision
        async with self._keeper.database.transaction() as connection:
            draft = await self._keeper.moved(connection, known.draft.id, revision, Step.APPROVE)
            version = await self._publisher.publish_version(
                connection, known.checked.document, draft.based_on, now
            )
            approved = replace(draft, approver=approver, version=version)
            detail = {
                "version": version,
                "content_hash": draft.submitted_hash,
                "writers": [str(one) for one in draft.writers],
            }
            action = "definition-published"
            await self._keeper.keep(connection, approved, approver, action, detail)
        return ReadDraft(approved, known.checked, version)

    async def _refuse_faulty(self, known: ReadDraft) -> None:
        found = known.stopping
        base = await self._keeper.base_document(known.draft)
        if not found and base == known.checked.document:
            found = [Finding("same", 1, (), fault_text(SAME))]
        if found:
            document = known.checked.document
            raise DefinitionFaulty(faults=[one.view(document, "fr") for one in found])
