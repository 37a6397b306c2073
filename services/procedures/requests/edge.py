"""What every request handler reads: whose request, with what right, in which language."""

from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER
from chassis.clock import hash_secret
from chassis.errors import NotAllowed, NotAuthenticated
from services.procedures.requests.model import Access, RequestNotFound

REQUEST_KEY = "Request-Key"
GATEWAY = "gateway"


def require_gateway(request: web.Request) -> None:
    """Only the gateway acts for people: refuse every other service."""
    if request[CALLER].service != GATEWAY:
        raise NotAllowed("Only the gateway may do this.")


def request_id_of(request: web.Request, name: str = "id") -> UUID:
    """Return the identifier in the address; a malformed one is unknown."""
    try:
        return UUID(request.match_info[name])
    except ValueError:
        raise RequestNotFound from None


def access_of(request: web.Request) -> Access:
    """Return what the caller shows: the key in a header, the account in the signed token."""
    require_gateway(request)
    key = request.headers.get(REQUEST_KEY, "")
    return Access(hash_secret(key) if key else None, account_of(request))


def account_of(request: web.Request) -> UUID | None:
    """Return the signed-in person's account, as the gateway signed it."""
    person = request[CALLER].person
    try:
        return UUID(person.account_id) if person is not None else None
    except ValueError:
        raise NotAuthenticated("The account of the token is not valid.") from None
