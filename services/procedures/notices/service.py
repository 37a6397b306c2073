"""Use cases of notices: run by the worker, once for each step, harmless when run again."""

from datetime import date
from uuid import UUID

from chassis.mailer import Attachment, Mail, Mailer
from services.procedures.acknowledgements.content import implicit_sentence
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.corrections.service import CorrectionService
from services.procedures.decisions.service import DecisionService
from services.procedures.following.wording import moved_sentence
from services.procedures.forms.display import long_date
from services.procedures.forms.model import FieldType
from services.procedures.lifecycle.model import PORTAL_AUTHOR, Case, Step
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.lifecycle.steps import DECISION_KINDS, STATE_LABELS, STEP_LABELS
from services.procedures.notices import wording
from services.procedures.requests.model import Request, RequestNotFound

# what is asked, and its answer, move the day on which silence decides
WAITING_KINDS = frozenset({"asked", "answered"})


class NoticeService:
    """Tells people by mail. A message never holds what somebody wrote: it says where to read it."""

    def __init__(
        self,
        lifecycle: LifecycleService,
        decisions: DecisionService,
        corrections: CorrectionService,
        public_url: str,
    ) -> None:
        self._lifecycle = lifecycle
        self._requests = lifecycle.requests
        self._decisions = decisions
        self._corrections = corrections
        self._public_url = public_url.rstrip("/")

    async def tell_person(self, request_id: UUID, position: int, mailer: Mailer) -> None:
        """Mail one step to the person, with the letter when it is a decision.

        A crash between the sending and its note sends it again with the same Message-ID. Nothing
        is sent once the request's data are destroyed, or when no address was given.
        """
        try:
            case = await self._lifecycle.read_case(request_id, PORTAL_AUTHOR)
            request = await self._requests.open_filed(request_id)
        except RequestNotFound:
            return
        definition = await self._requests.definition_of(request)
        address = mail_address(request, definition)
        if address is None or await self._was_mailed(request_id, position):
            return
        steps = await self._lifecycle.list_steps(case)
        step = next(one for one in steps if one.position == position)
        moved = await self._moved(request, definition) if step.kind in WAITING_KINDS else ""
        await mailer.send(await self._mail(case, step, definition, address, moved))
        async with self._requests.database.transaction() as connection:
            now = self._requests.clock.now()
            await self._lifecycle.repository.update_mailed(connection, request_id, position, now)

    async def tell_service(self, request_id: UUID, mailer: Mailer) -> None:
        """Mail the service in charge that a request waits for it; no personal data."""
        try:
            case = await self._lifecycle.read_case(request_id, PORTAL_AUTHOR)
        except RequestNotFound:
            return
        definition = await self._requests.catalogue.find_definition(case.procedure_id, case.version)
        late = wording.LATE.format(day=long_date(case.due_on, "fr")) if case.due_on else ""
        text = wording.SERVICE_BODY.format(
            number=case.number,
            title=definition.title.fr,
            state=STATE_LABELS[case.state].fr.lower(),
            late=late,
            address=f"{self._public_url}/agents/dossiers/{case.id}",
        )
        await mailer.send(
            Mail(
                to=self._requests.profile.service(case.service_id).email,
                subject=wording.SERVICE_SUBJECT.format(number=case.number),
                text=text,
                message_id=f"<{case.id}.service.{case.revision}@parvis.invalid>",
            )
        )

    async def _was_mailed(self, request_id: UUID, position: int) -> bool:
        async with self._requests.database.connection() as connection:
            return await self._lifecycle.repository.was_mailed(connection, request_id, position)

    async def _moved(self, request: Request, definition: ProcedureDefinition) -> str:
        """Return what awaiting papers does to the day on which silence decides (CRPA L114-5)."""
        rule, language = definition.implicit_decision, request.language
        if rule is None or request.filing is None:
            return ""
        day = await self._corrections.implicit_day(request, rule)
        moved = moved_sentence(day, request.filing.implicit_decision_on, language)
        if moved is None:
            return ""
        label = implicit_sentence(day.on, str(rule.outcome), language) if day.on else ""
        return f"{moved} {label}".rstrip() + "\n"

    async def _mail(
        self, case: Case, step: Step, definition: ProcedureDefinition, address: str, moved: str
    ) -> Mail:
        language = case.language
        label = STEP_LABELS[step.kind].in_language(language)
        decided = step.kind in DECISION_KINDS
        pdf = await self._decisions.read_letter(case, step.position) if decided else b""
        name = f"{case.number}-{step.position}.pdf"
        return Mail(
            to=address,
            subject=wording.SUBJECT.in_language(language).format(number=case.number, label=label),
            text=self._text(case, step, definition, label, moved),
            message_id=f"<{case.id}.step.{step.position}@parvis.invalid>",
            language=language,
            attachments=[Attachment(name, "application/pdf", pdf)] if decided else [],
        )

    def _text(
        self, case: Case, step: Step, definition: ProcedureDefinition, label: str, moved: str
    ) -> str:
        language, profile = case.language, self._requests.profile
        service = profile.service(case.service_id)
        more = ""
        if "deadline_on" in step.detail:
            day = long_date(date.fromisoformat(step.detail["deadline_on"]), language)
            more = wording.DEADLINE.in_language(language).format(day=day)
        if step.kind in DECISION_KINDS:
            more = wording.ATTACHED.in_language(language)
        return wording.BODY.in_language(language).format(
            label=label,
            title=definition.title.in_language(language),
            number=case.number,
            day=long_date(step.at.astimezone(profile.zone).date(), language),
            deadline=more + moved,
            address=f"{self._public_url}/suivi",
            service=service.name.in_language(language),
            telephone=service.telephone,
            authority=profile.name.in_language(language),
        )


def mail_address(request: Request, definition: ProcedureDefinition) -> str | None:
    """Return the first e-mail address that the person gave in the form."""
    values = request.values()
    for _, field in definition.form.questions() if definition.form else ():
        if field.type is FieldType.EMAIL and values.get(field.id):
            return str(values[field.id])
    return None
