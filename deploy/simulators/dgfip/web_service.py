"""POST /tpa/services/securite: the three operations of the contract, and its WSDL."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from deploy.simulators.dgfip import envelopes
from deploy.simulators.dgfip.clock import PARIS
from deploy.simulators.dgfip.faults import Fault, Faults
from deploy.simulators.dgfip.model import Operation, Refused
from deploy.simulators.dgfip.register import Register

PATH = "/tpa/services/securite"
WSDL = (Path(__file__).parent / "templates" / "PaiementSecuriseService.wsdl").read_text()
_HTML_ERROR = "<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>"
_TECHNICAL = {
    "technical": "TechDysfonctionnementErreur",
    "unavailable": "TechIndisponibiliteErreur",
}


class WebService:
    """The web service on `register`, with the accidents of `faults`."""

    def __init__(self, register: Register, faults: Faults) -> None:
        self._register = register
        self._faults = faults

    async def show_contract(self, request: web.Request) -> web.Response:
        """GET ?wsdl."""
        if "wsdl" not in {name.lower() for name in request.query}:
            raise web.HTTPMethodNotAllowed("GET", ["POST"])
        address = str(request.url.with_query(None))
        return web.Response(text=WSDL.replace("@ADDRESS@", address), content_type="text/xml")

    async def call(self, request: web.Request) -> web.Response:
        """POST: answer, or SOAP fault with HTTP 500."""
        if not request.content_type.endswith("xml"):
            raise web.HTTPUnsupportedMediaType(text="text/xml is needed")
        try:
            operation, fields = envelopes.read_call(await request.read())
        except envelopes.Unreadable:
            return _xml(envelopes.technical_fault("TechProtocolaireErreur"), 500)
        fault = self._faults.take(operation)
        if fault is None or fault.kind in ("slow", "lost_answer"):
            response = self._work(operation, fields)
            return response if fault is None else await _delayed(fault, request, response)
        return _broken(fault)

    def _work(self, operation: str, fields: Mapping[str, str]) -> web.Response:
        try:
            return _xml(envelopes.answer(operation, self._answer(operation, fields)))
        except Refused as refused:
            return _xml(envelopes.functional_fault(refused), 500)

    def _answer(self, operation: str, fields: Mapping[str, str]) -> dict[str, str]:
        if operation == "creerPaiementSecurise":
            return {"idOp": self._register.create(fields).idop}
        if operation == "recupererDetailClient":
            number = fields.get("numCli", "")
            return {"libelleN1": self._register.client_label(number), "numcli": number}
        # this case exactly: with any other the number is empty, and unknown (P1)
        return detail(self._register.look_up(fields.get("idOp", "")))


def detail(operation: Operation) -> dict[str, str]:
    """Return what a look-up tells of a decided payment."""
    found = {"numauto": operation.authorisation}
    if operation.decided_at is not None:
        local = operation.decided_at.astimezone(PARIS)
        found |= {"dattrans": f"{local:%d%m%Y}", "heurtrans": f"{local:%H%M}"}
    result = {"idOp": operation.idop, "resultrans": operation.result}
    return {**found, **operation.echoed(), **result}


def _broken(fault: Fault) -> web.Response:
    if fault.kind == "bad_gateway":
        return web.Response(text=_HTML_ERROR, status=502, content_type="text/html")
    if fault.kind == "garbage":
        return web.Response(body=b"\x00\xff<S:Envelope", content_type="text/xml")
    return _xml(envelopes.technical_fault(_TECHNICAL[fault.kind]), 500)


async def _delayed(fault: Fault, request: web.Request, response: web.Response) -> web.Response:
    if fault.kind == "lost_answer":
        if request.transport is not None:
            request.transport.abort()
        raise web.HTTPServiceUnavailable
    await asyncio.sleep(fault.seconds)
    return response


def _xml(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="text/xml", charset="utf-8")
