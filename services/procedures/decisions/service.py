"""Use cases of decisions: templates of reasons, and letters issued once."""

import hashlib
from collections.abc import Sequence

from chassis.database import Database
from services.procedures.acknowledgements.receipt_pdf import render_pdf
from services.procedures.decisions.letter import build_letter
from services.procedures.decisions.model import (
    LetterUnknown,
    Template,
    TemplateChanged,
    TemplateUnknown,
)
from services.procedures.decisions.repository import DecisionRepository
from services.procedures.decisions.wording import DEFAULT_TEMPLATES
from services.procedures.lifecycle.model import Case, Step
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.lifecycle.steps import DECISION_KINDS


class DecisionService:
    """Keeps templates and letters; the first PDF issued for a step is the one given ever after."""

    def __init__(self, lifecycle: LifecycleService) -> None:
        self._lifecycle = lifecycle
        self._requests = lifecycle.requests
        self._repository = DecisionRepository()

    @property
    def _database(self) -> Database:
        return self._requests.database

    async def list_templates(self, services: Sequence[str]) -> list[Template]:
        """Return the reasons that agents of these services may start from."""
        async with self._database.connection() as connection:
            own = await self._repository.list_templates(connection, services)
        ids = {template.id for template in own}
        return [*own, *(shipped for shipped in DEFAULT_TEMPLATES if shipped.id not in ids)]

    async def save_template(self, template: Template) -> None:
        """Keep a service's template; the id of another service's raises `TemplateUnknown`.

        `changed_at` is what was read, None for a new one: `TemplateChanged` when it is no longer
        so. Kept again with the same words, nothing changes.
        """
        now = self._requests.clock.now()
        async with self._database.transaction() as connection:
            present = await self._repository.lock_template(connection, template.id)
            if present is not None and present.service_id != template.service_id:
                raise TemplateUnknown
            if present is not None and present.says_as(template):
                return
            if (present.changed_at if present else None) != template.changed_at:
                raise TemplateChanged("Somebody changed the template meanwhile.")
            if not await self._repository.upsert_template(connection, template, now):
                raise TemplateUnknown

    async def remove_template(self, template_id: str, services: Sequence[str]) -> None:
        """Remove a template of one of these services."""
        async with self._database.transaction() as connection:
            if not await self._repository.delete_template(connection, template_id, services):
                raise TemplateUnknown

    async def read_letter(self, case: Case, position: int) -> bytes:
        """Return the PDF that tells a decision of a case that the caller may reach."""
        steps = await self._lifecycle.list_steps(case)
        step = next((one for one in steps if one.position == position), None)
        if step is None or step.kind not in DECISION_KINDS:
            raise LetterUnknown
        return await self._issued(case, step)

    async def _issued(self, case: Case, step: Step) -> bytes:
        key, context = self._lifecycle.key(case), f"letter:{step.position}"
        sealed = await self._find(case, step)
        if sealed is None:
            definition = await self._requests.catalogue.find_definition(
                case.procedure_id, case.version
            )
            letter = build_letter(case, step, definition, self._requests.profile)
            pdf = await render_pdf(letter, step.at)
            async with self._database.transaction() as connection:
                await self._repository.insert_letter(
                    connection,
                    case.id,
                    step.position,
                    key.seal(pdf, context),
                    hashlib.sha256(pdf).digest(),
                    self._requests.clock.now(),
                )
            # another process may have issued it meanwhile: the stored one counts
            sealed = await self._find(case, step)
        if sealed is None:
            raise LetterUnknown
        opened: bytes = key.open(sealed, context)
        return opened

    async def _find(self, case: Case, step: Step) -> bytes | None:
        async with self._database.connection() as connection:
            return await self._repository.find_letter(connection, case.id, step.position)
