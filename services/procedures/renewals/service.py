"""Use case: a draft stands on the latest acceptance of the terms."""

from uuid import UUID

from services.procedures.renewals.repository import RenewalRepository
from services.procedures.requests.model import PERSON, Access, Event
from services.procedures.requests.service import RequestService
from services.procedures.requests.terms import TermsReceipts

RENEWED = "terms_renewed"


class RenewalService:
    """Keeps the newest acceptance; what is being typed is not disturbed."""

    def __init__(self, requests: RequestService, receipts: TermsReceipts) -> None:
        self._requests = requests
        self._receipts = receipts
        self._repository = RenewalRepository()

    async def renew_terms(self, request_id: UUID, access: Access, receipt: str) -> None:
        """Note that the owner of a draft accepted newer terms.

        Repeated, or sent with an older receipt, it changes nothing.
        """
        terms = self._receipts.read(receipt, request_id)
        async with self._requests.locked_draft(request_id, access) as (connection, request):
            if terms.version <= request.terms.version:
                return
            await self._repository.update_terms(connection, request_id, terms)
            step = Event(self._requests.clock.now(), RENEWED, PERSON)
            await self._requests.repository.insert_event(connection, request_id, step)
