"""A request as its page handlers reach it: by the browser's key, the form's, or the account."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer
from gateway.forms import FORM, text_of
from gateway.pages.catalogue.reading import read_procedure
from gateway.parts import SERVICES
from gateway.visits import session_of, visit_of

KEY_HEADER = "Request-Key"
MAX_KEY = 200


@dataclass(frozen=True)
class Dossier:
    """A request and the version of the procedure that it was begun with."""

    content: dict[str, Any]
    procedure: dict[str, Any]

    @property
    def id(self) -> str:
        """Return the request's identifier."""
        return str(self.content["id"])

    @property
    def path(self) -> str:
        """Return the address of its own page."""
        return f"/dossiers/{self.id}"

    @property
    def is_draft(self) -> bool:
        """Say whether its owner can still change it."""
        return bool(self.content["state"] == "draft")

    @property
    def pages(self) -> list[dict[str, Any]]:
        """Return the pages of its form that its answers show."""
        return shown_pages(self.procedure, self.content["form_state"])


def form_pages(procedure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pages of a procedure's form, none when it has no form."""
    return list(procedure["form"]["pages"]) if procedure["form"] else []


def shown_pages(procedure: dict[str, Any], form_state: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pages that the answers show; `form_state` is the service's."""
    return [page for page in form_pages(procedure) if page["id"] in form_state["pages"]]


def request_id(request: web.Request) -> str:
    """Return the request's identifier in the address; what is none is not found."""
    try:
        return str(UUID(request.match_info["id"]))
    except ValueError:
        raise web.HTTPNotFound from None


def request_path(request: web.Request) -> str:
    """Return the address of the request's own page."""
    return f"/dossiers/{request_id(request)}"


def key_of(request: web.Request) -> str:
    """Return the secret key that opens the request: the session's, or the form's after a loss."""
    session = visit_of(request).session
    held = session.key_of(request_id(request)) if session is not None else ""
    sent = text_of(request[FORM], "request_key")[:MAX_KEY] if FORM in request else ""
    return held or (sent if sent.isascii() and sent.isprintable() else "")


def form_key(request: web.Request) -> str:
    """Return the key to put in forms: a lost session then loses nothing (SES-03).

    None for an account: on a shared computer the next person must sign in.
    """
    return "" if visit_of(request).account is not None else key_of(request)


async def call_request(
    request: web.Request, method: str, path: str, *, repeatable: bool = False, **more: Any
) -> ServiceAnswer:
    """Call an address under the request, for its owner."""
    headers = dict(more.pop("headers", {}))
    if key := key_of(request):
        headers[KEY_HEADER] = key
    call = Call(
        method,
        f"/requests/{request_id(request)}{path}",
        person=visit_of(request).person,
        headers=headers,
        repeatable=repeatable,
        **more,
    )
    return await request.app[SERVICES].procedures.send(call)


async def read_dossier(request: web.Request) -> Dossier:
    """Read the request; remember its key once it has opened it."""
    answer = await call_request(request, "GET", "", query={"language": visit_of(request).language})
    content = answer.json()
    key, name = key_of(request), request_id(request)
    session = await session_of(request)
    if key and session.key_of(name) != key:
        session.hold_key(name, key)
    session.note_begun(name, content["procedure"]["id"], content["version"])
    known = await read_procedure(request, content["procedure"]["id"], content["version"])
    return Dossier(content, known.content)


async def begun_procedure(request: web.Request) -> dict[str, Any]:
    """Return the version of the procedure that the request follows, without reading the request
    when this browser was shown it already: whether it may be changed is the service's to say.
    """
    session = visit_of(request).session
    begun = session.begun_with(request_id(request)) if session is not None else None
    if begun is None:
        return (await read_dossier(request)).procedure
    procedure: dict[str, Any] = (await read_procedure(request, *begun)).content
    return procedure
