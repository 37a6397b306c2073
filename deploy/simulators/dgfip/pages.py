"""The payment page: a person chooses what happens. No card is asked for."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web
from yarl import URL

from deploy.simulators.dgfip.faults import Faults
from deploy.simulators.dgfip.model import FORM, Decision, Operation, Refused
from deploy.simulators.dgfip.register import Register
from deploy.simulators.dgfip.web_service import detail
from deploy.simulators.site import Templates

_FOLDER = Path(__file__).parent / "templates"
# what the person may ask for beside the five results
ECHOES: Mapping[str, Mapping[str, str]] = {
    "": {},
    "amount": {"montant": "100"},
    "client": {"numcli": "000001"},
}
CHOICES = frozenset("PVRZA?")
NOTICES = frozenset({"now", "twice", "late", "overnight", "never"})


class PaymentPages:
    """The pages of both modes on `register`."""

    def __init__(self, register: Register, faults: Faults) -> None:
        self._register = register
        self._faults = faults
        self.templates = Templates(_FOLDER, "dgfip.css")

    async def open_form_payment(self, request: web.Request) -> web.Response:
        """GET /tpa/paiement.web?numcli=...: form mode."""
        if fault := self._faults.take("paiement.web"):
            raise web.HTTPBadGateway(text=fault.kind)
        try:
            operation = self._register.create_from_form(request.query)
        except Refused as refused:
            return self._refusal(refused)
        return self._payment(operation)

    async def open_payment(self, request: web.Request) -> web.Response:
        """GET /tpa/paiementws.web?idop=: web service mode."""
        if fault := self._faults.take("paiementws.web"):
            raise web.HTTPBadGateway(text=fault.kind)
        try:
            return self._payment(self._register.open_page(request.query.get("idop", "")))
        except Refused as refused:
            return self._refusal(refused)

    async def decide(self, request: web.Request) -> web.Response:
        """POST /payments/{idop}: do what was chosen, then go back to the merchant's site."""
        form = await request.post()
        result, notify = str(form.get("result", "")), str(form.get("notify", "now"))
        if result not in CHOICES or notify not in NOTICES:
            raise web.HTTPBadRequest(text="Choose a result.")
        echo = ECHOES.get(str(form.get("echo", "")), {})
        idop = request.match_info["idop"]
        try:
            operation = self._register.decide(idop, Decision(result, notify, echo))
        except Refused as refused:
            return self._refusal(refused)
        raise web.HTTPSeeOther(return_address(operation))

    async def show_list(self, _request: web.Request) -> web.Response:
        """GET /: every payment, the newest first."""
        newest = list(reversed(self._register.operations.values()))[:100]
        return self.templates.page("list.html", operations=newest)

    def _payment(self, operation: Operation) -> web.Response:
        euros = f"{int(operation.fields['montant']) / 100:.2f}".replace(".", ",")
        return self.templates.page(
            "payment.html",
            operation=operation,
            label=self._register.clients[operation.fields["numcli"]],
            euros=euros,
        )

    def _refusal(self, refused: Refused) -> web.Response:
        return self.templates.page("refusal.html", refused=refused)


def return_address(operation: Operation) -> URL:
    """Return where the browser goes back: with `idop`, or in form mode with the whole result."""
    address = URL(operation.return_url)
    if operation.mode == FORM:
        result = detail(operation)
        del result["idOp"]
        return address.update_query(result)
    return address.update_query(idop=operation.idop)
