"""The pages of both providers: a person chooses who they are, or that something goes wrong."""

from pathlib import Path

from aiohttp import web
from yarl import URL

from deploy.simulators.franceconnect.asking import read_asked, read_end
from deploy.simulators.franceconnect.faults import KINDS, Faults
from deploy.simulators.franceconnect.model import FLAVOURS, Asked, Flavour, Refused
from deploy.simulators.franceconnect.register import Register
from deploy.simulators.franceconnect.tokens import TokenMaker
from deploy.simulators.site import Templates

_FOLDER = Path(__file__).parent / "templates"
_COOKIE = "identity_provider_{}"


class SignInPages:
    """The pages of both providers on `register`."""

    def __init__(self, register: Register, makers: dict[str, TokenMaker], faults: Faults) -> None:
        self._register = register
        self._makers = makers
        self._faults = faults
        self._templates = Templates(_FOLDER, "provider.css")

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses that browsers open."""
        found = [web.get("/", self.show_home), web.get("/provider.css", self._templates.show_style)]
        for flavour in FLAVOURS.values():
            pages = _OfFlavour(self, flavour)
            found += [
                web.get(f"{flavour.path}/authorize", pages.show_choice),
                web.post(f"{flavour.path}/interaction/{{number}}", pages.decide),
                web.get(f"{flavour.path}/session/end", pages.end_session),
            ]
        return found

    async def show_home(self, _request: web.Request) -> web.Response:
        """GET /: who can sign in."""
        people = {one.title: self._register.of_flavour(one.name) for one in FLAVOURS.values()}
        return self._templates.page("home.html", people=people)

    def choice(self, request: web.Request, flavour: Flavour) -> web.Response:
        """Show who can sign in; who already did comes first."""
        try:
            asked = read_asked(request, self._register, flavour)
        except Refused as refused:
            return self._templates.page("refusal.html", status=400, refused=refused)
        cookie = request.cookies.get(_COOKIE.format(flavour.name), "")
        known = self._register.of_session(cookie, flavour.name, flavour.session_seconds)
        return self._templates.page(
            "choice.html",
            flavour=flavour,
            number=self._register.begin(asked),
            scopes=asked.scopes,
            people=self._register.of_flavour(flavour.name),
            known=known,
            faults=KINDS,
        )

    async def decision(self, request: web.Request, flavour: Flavour) -> web.Response:
        """Send the browser back with a code, or with what went wrong."""
        form, number = await request.post(), request.match_info["number"]
        try:
            if form.get("go") == "cancel":
                return _back(self._register.take_asked(number), error="access_denied")
            fault = str(form.get("fault", "")) or self._faults.take()
            if fault == "denied_by_provider":
                return _back(self._register.take_asked(number), error="server_error")
            person = self._register.people.get(str(form.get("person", "")))
            if person is None:
                raise Refused("invalid_request", "choose somebody")
            asked, code = self._register.grant(number, person, fault)
        except Refused as refused:
            return self._templates.page("refusal.html", status=400, refused=refused)
        response = _back(asked, code=code)
        session = self._register.open_session(person)
        response.set_cookie(
            _COOKIE.format(flavour.name), session, httponly=True, samesite="Lax", path=flavour.path
        )
        return response

    def end(self, request: web.Request, flavour: Flavour) -> web.Response:
        """End the provider's session and send the browser back."""
        try:
            address = read_end(request.query, self._register.clients[flavour.name])
            subject = self._makers[flavour.name].subject(request.query.get("id_token_hint", ""))
            if not subject:
                raise Refused("invalid_request", "id_token_hint is none of ours")
        except Refused as refused:
            return self._templates.page("refusal.html", status=400, refused=refused)
        for person in self._register.of_flavour(flavour.name):
            if self._register.sub(person) == subject:
                self._register.end_sessions(person.key)
        response = web.Response(status=303, headers={"Location": address})
        response.del_cookie(_COOKIE.format(flavour.name), path=flavour.path)
        return response


class _OfFlavour:
    """The same pages, for one provider."""

    def __init__(self, pages: SignInPages, flavour: Flavour) -> None:
        self._pages = pages
        self._flavour = flavour

    async def show_choice(self, request: web.Request) -> web.Response:
        """GET /authorize."""
        return self._pages.choice(request, self._flavour)

    async def decide(self, request: web.Request) -> web.Response:
        """POST /interaction/{number}."""
        return await self._pages.decision(request, self._flavour)

    async def end_session(self, request: web.Request) -> web.Response:
        """GET /session/end."""
        return self._pages.end(request, self._flavour)


def _back(asked: Asked, **values: str) -> web.Response:
    """Return to the client; `iss` says who answers (RFC 9207)."""
    address = URL(asked.redirect_uri).update_query(state=asked.state, iss=asked.issuer, **values)
    return web.Response(status=303, headers={"Location": str(address)})
