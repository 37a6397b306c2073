"""Who may call: the gateway for a browser, the owner of an account, a member of staff."""

from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import InvalidInput, NotAllowed
from services.identity.accounts.model import AccountNotFound
from services.identity.credentials.throttle import address_group

DOOR = "gateway"
CLIENT_ADDRESS = "Client-Address"
CLIENT_DEVICE = "Client-Device"
DEVICE_CHARACTERS = 80
NO_STORE = {"Cache-Control": "no-store"}


def need_gateway(request: web.Request) -> None:
    """Raise `NotAllowed` unless the gateway calls."""
    if request[CALLER].service != DOOR:
        raise NotAllowed("Only the gateway may call this.")


def owner_of(request: web.Request) -> UUID:
    """Return the account of the address, for its owner; to anybody else it does not exist."""
    caller = request[CALLER]
    account_id = uuid_in(request, "id")
    if caller.service != DOOR or caller.person is None:
        raise AccountNotFound
    if caller.person.account_id != str(account_id):
        raise AccountNotFound
    return account_id


def person_id(request: web.Request) -> UUID:
    """Return the account of the person who acts; raise `NotAllowed` when there is none."""
    caller = request[CALLER]
    if caller.service != DOOR or caller.person is None:
        raise NotAllowed("Only a person who signed in may do this.")
    try:
        return UUID(caller.person.account_id)
    except ValueError:
        raise NotAllowed("The person is not known by an account.") from None


def claimed_roles(request: web.Request) -> frozenset[str]:
    """Return the roles with which the person signed in: only a second step gives them."""
    person = request[CALLER].person
    return frozenset(person.roles if person is not None else ())


def uuid_in(request: web.Request, name: str) -> UUID:
    """Return an id of the address; raise `AccountNotFound` when it is not one."""
    try:
        return UUID(request.match_info[name])
    except ValueError:
        raise AccountNotFound from None


def client_address(request: web.Request) -> str:
    """Return the browser's address; without it guessing could not be limited, so it is required."""
    address = request.headers.get(CLIENT_ADDRESS, "")
    try:
        address_group(address)
    except ValueError:
        fault = {"pointer": "", "code": "client-address", "message": "Client-Address is needed."}
        raise InvalidInput([fault]) from None
    return address


def client_device(request: web.Request) -> str:
    """Return a short description of the browser and system, without a place; '' when unknown."""
    text = request.headers.get(CLIENT_DEVICE, "")
    return "".join(one for one in text if one.isprintable())[:DEVICE_CHARACTERS]
