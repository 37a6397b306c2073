"""The register of payments: creation, opening of the page, decision, look-up, nightly purge."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from chassis.clock import Clock, IdSource
from deploy.simulators.dgfip.clock import PARIS
from deploy.simulators.dgfip.model import (
    ECHOED,
    FORM,
    NOTIFY,
    RESULTS,
    WEB_SERVICE,
    Decision,
    Operation,
    Refused,
)
from deploy.simulators.dgfip.rules import check_client_number, check_request, check_urls

OPENING = timedelta(minutes=15)
KEPT = timedelta(days=365)
CLIENTS = {
    "006382": "REGIE EAU ET ASSAINISSEMENT",
    "090009": "REGIE DES SERVICES",
    "000777": "REGIE DE DEMONSTRATION",
}


class Register:
    """Everything in memory; `clients` are the known client numbers and their labels."""

    def __init__(self, clock: Clock, clients: Mapping[str, str] | None = None) -> None:
        self.clock = clock
        self.clients = dict(CLIENTS if clients is None else clients)
        self.operations: dict[str, Operation] = {}
        # when each notification is due, its payment
        self.pending: list[tuple[datetime, str]] = []
        self._ids = IdSource()
        self._authorisations = 0

    def create(self, fields: Mapping[str, str]) -> Operation:
        """creerPaiementSecurise: return the new payment, or raise `Refused`."""
        sent = {name: fields.get(name, "") for name in ECHOED}
        check_request(WEB_SERVICE, sent, self.clients)
        check_urls(fields.get("urlnotif", ""), fields.get("urlredirect", ""))
        return self._add(WEB_SERVICE, sent, fields["urlredirect"], fields["urlnotif"])

    def create_from_form(self, fields: Mapping[str, str]) -> Operation:
        """GET /tpa/paiement.web: the same controls, one address, no notification."""
        sent = {name: fields.get(name, "") for name in ECHOED}
        check_request(FORM, sent, self.clients)
        check_urls(fields.get("urlcl", ""), fields.get("urlcl", ""))
        return self._add(FORM, sent, fields["urlcl"])

    def open_page(self, idop: str) -> Operation:
        """Return the payment whose page is opened, or raise `Refused` P1, P3 or P4."""
        operation = self._find(idop)
        if operation.result:
            raise Refused("P3", "IdOp déjà utilisé")
        if self.clock.now() - operation.created_at > OPENING:
            raise Refused("P4", "IdOp trop ancien")
        return operation

    def decide(self, idop: str, decision: Decision) -> Operation:
        """Note what the person did; raise `Refused` P3 when it was already decided.

        Any result can be given by a test, unknown ones too, at any time: people stay on the page.
        """
        operation = self._find(idop)
        if operation.result:
            raise Refused("P3", "IdOp déjà utilisé")
        now = self.clock.now()
        operation.result = decision.result
        operation.authorisation = self._authorisation(decision.result)
        operation.decided_at = now
        operation.echo.update(decision.echo)
        if operation.notify_url:
            for seconds in NOTIFY[decision.notify]:
                self.pending.append((now + timedelta(seconds=seconds), idop))
        return operation

    def look_up(self, idop: str) -> Operation:
        """recupererDetailPaiementSecurise: raise `Refused` P1 or P5 when there is no result."""
        operation = self._find(idop)
        if not operation.result:
            raise Refused("P5", "Résultat de la transaction non connu")
        return operation

    def client_label(self, number: str) -> str:
        """recupererDetailClient."""
        return check_client_number(number, self.clients)

    def due_notifications(self) -> list[str]:
        """Take and return the payments whose notification is due, oldest first."""
        now = self.clock.now()
        due = sorted(pending for pending in self.pending if pending[0] <= now)
        self.pending = [pending for pending in self.pending if pending[0] > now]
        return [idop for _, idop in due]

    def credited(self, number: str) -> list[Operation]:
        """Return the paid operations of a client, as its daily file lists them."""
        return [
            operation
            for operation in self.operations.values()
            if operation.result in ("P", "V") and operation.fields["numcli"] == number
        ]

    def _add(
        self, mode: str, sent: Mapping[str, str], return_url: str, notify_url: str = ""
    ) -> Operation:
        idop = str(self._ids.new_id())
        now = self.clock.now()
        self.operations[idop] = Operation(idop, mode, sent, return_url, now, notify_url)
        return self.operations[idop]

    def _find(self, idop: str) -> Operation:
        operation = self.operations.get(_canonical(idop))
        if operation is None or self._is_purged(operation):
            raise Refused("P1", "IdOp incorrect")
        return operation

    def _is_purged(self, operation: Operation) -> bool:
        """Say whether the night has taken it: never decided, and not of today (Paris)."""
        now = self.clock.now()
        if operation.result:
            return now - operation.created_at > KEPT
        local = operation.created_at.astimezone(PARIS)
        return local.date() < now.astimezone(PARIS).date()

    def _authorisation(self, result: str) -> str:
        """Return 6 characters for a card, 16 for a debit, none for what was not paid."""
        self._authorisations += 1
        if result not in RESULTS:
            return ""
        length = {"P": 6, "V": 16}.get(result, 0)
        return f"{self._authorisations:0{length}d}" if length else ""


def _canonical(idop: str) -> str:
    try:
        return str(UUID(idop))
    except ValueError:
        return ""
