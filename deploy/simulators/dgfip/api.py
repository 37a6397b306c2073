"""The simulator's own addresses, for tests: decide, advance the clock, plan accidents."""

from typing import Any

from aiohttp import web

from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.dgfip.daily_file import daily_file
from deploy.simulators.dgfip.faults import KINDS, Fault, Faults
from deploy.simulators.dgfip.model import NOTIFY, Decision, Operation, Refused
from deploy.simulators.dgfip.register import Register


class SimulatorApi:
    """JSON addresses under /api."""

    def __init__(self, register: Register, faults: Faults, clock: MovableClock) -> None:
        self._register = register
        self._faults = faults
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        return [
            web.get("/api/operations", self.list_operations),
            web.post("/api/operations/{idop}/decision", self.decide),
            web.post("/api/clock", self.advance),
            web.post("/api/faults", self.plan_fault),
            web.delete("/api/faults", self.clear_faults),
            web.get("/api/daily-files/{numcli}", self.show_daily_file),
        ]

    async def list_operations(self, _request: web.Request) -> web.Response:
        """GET /api/operations: every payment, the oldest first."""
        found = [_view(operation) for operation in self._register.operations.values()]
        return web.json_response({"operations": found})

    async def decide(self, request: web.Request) -> web.Response:
        """POST {"result": "P", "notify": "now|twice|late|overnight|never", "echo": {...}}."""
        body = await _object(request)
        notify = body.get("notify", "now")
        if notify not in NOTIFY or not isinstance(body.get("result"), str):
            raise web.HTTPBadRequest(text="result and notify are needed")
        decision = Decision(body["result"], notify, body.get("echo", {}))
        try:
            operation = self._register.decide(request.match_info["idop"], decision)
        except Refused as refused:
            raise web.HTTPConflict(text=str(refused)) from None
        return web.json_response(_view(operation))

    async def advance(self, request: web.Request) -> web.Response:
        """POST {"seconds": 3600}: move the clock forward and return the present."""
        self._clock.advance(float((await _object(request)).get("seconds", 0)))
        return web.json_response({"now": self._clock.now().isoformat()})

    async def plan_fault(self, request: web.Request) -> web.Response:
        """POST {"kind": ..., "operation": "*", "times": 1, "seconds": 0} or {"rate": 0.2}."""
        body = await _object(request)
        self._faults.rate = float(body.pop("rate", self._faults.rate))
        if body:
            if body.get("kind") not in KINDS:
                raise web.HTTPBadRequest(text=f"kind is one of {', '.join(KINDS)}")
            self._faults.planned.append(Fault(**body))
        return web.Response(status=204)

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """DELETE /api/faults."""
        self._faults.clear()
        return web.Response(status=204)

    async def show_daily_file(self, request: web.Request) -> web.Response:
        """GET /api/daily-files/{numcli}: what was paid, as the cash officer receives it."""
        text = daily_file(self._register.credited(request.match_info["numcli"]))
        return web.Response(text=text, content_type="text/csv", charset="utf-8")


async def _object(request: web.Request) -> dict[str, Any]:
    body = await request.json()
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="a JSON object is needed")
    return body


def _view(operation: Operation) -> dict[str, Any]:
    return {
        "idop": operation.idop,
        "mode": operation.mode,
        **operation.fields,
        "resultrans": operation.result,
        "numauto": operation.authorisation,
        "created_at": operation.created_at.isoformat(),
        "notify_url": operation.notify_url,
        "return_url": operation.return_url,
    }
