"""The simulator's own addresses, for tests: people, faults, the clock, another `sub`."""

from typing import Any

from aiohttp import web

from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.franceconnect.faults import KINDS, Fault, Faults
from deploy.simulators.franceconnect.identities import Person
from deploy.simulators.franceconnect.model import FLAVOURS
from deploy.simulators.franceconnect.register import Register
from deploy.simulators.franceconnect.tokens import TokenMaker


class SimulatorApi:
    """JSON addresses under /api/simulator."""

    def __init__(
        self,
        register: Register,
        makers: dict[str, TokenMaker],
        faults: Faults,
        clock: MovableClock,
    ) -> None:
        self._register = register
        self._makers = makers
        self._faults = faults
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        return [
            web.get("/api/simulator/people", self.list_people),
            web.post("/api/simulator/people", self.add_person),
            web.post("/api/simulator/people/{key}/sub", self.change_sub),
            web.post("/api/simulator/keys", self.rotate_keys),
            web.post("/api/simulator/clock", self.advance),
            web.post("/api/simulator/faults", self.plan_fault),
            web.delete("/api/simulator/faults", self.clear_faults),
        ]

    async def list_people(self, _request: web.Request) -> web.Response:
        """GET /api/simulator/people: everybody, and their `sub` for the client."""
        found = [self._view(person) for person in self._register.people.values()]
        return web.json_response({"people": found})

    async def add_person(self, request: web.Request) -> web.Response:
        """POST {"key": "zoe", "flavour": "franceconnect", "label": "Zoé", "claims": {...}}."""
        body = await _object(request)
        if body.get("flavour") not in FLAVOURS or not isinstance(body.get("claims"), dict):
            raise web.HTTPBadRequest(text="key, label, flavour and claims are needed")
        person = Person(str(body["key"]), str(body["label"]), body["flavour"], body["claims"])
        self._register.people[person.key] = person
        return web.json_response(self._view(person), status=201)

    async def change_sub(self, request: web.Request) -> web.Response:
        """POST /api/simulator/people/{key}/sub: the same person, from now on called otherwise."""
        person = self._register.people.get(request.match_info["key"])
        if person is None:
            raise web.HTTPNotFound
        person.generation += 1
        return web.json_response(self._view(person))

    async def rotate_keys(self, _request: web.Request) -> web.Response:
        """POST /api/simulator/keys: tokens are signed with other keys from now on."""
        for maker in self._makers.values():
            maker.rotate()
        return web.Response(status=204)

    async def advance(self, request: web.Request) -> web.Response:
        """POST {"seconds": 31}: move the clock forward and return the present."""
        self._clock.advance(float((await _object(request)).get("seconds", 0)))
        return web.json_response({"now": self._clock.now().isoformat()})

    async def plan_fault(self, request: web.Request) -> web.Response:
        """POST {"kind": ..., "times": 1, "seconds": 30}: for the next sign-ins."""
        body = await _object(request)
        if body.get("kind") not in KINDS:
            raise web.HTTPBadRequest(text=f"kind is one of {', '.join(KINDS)}")
        self._faults.planned.append(Fault(**body))
        return web.Response(status=204)

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """DELETE /api/simulator/faults."""
        self._faults.planned.clear()
        return web.Response(status=204)

    def _view(self, person: Person) -> dict[str, Any]:
        return {
            "key": person.key,
            "label": person.label,
            "flavour": person.flavour,
            "claims": dict(person.claims),
            "sub": self._register.sub(person),
        }


async def _object(request: web.Request) -> dict[str, Any]:
    body = await request.json()
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="a JSON object is needed")
    return body
