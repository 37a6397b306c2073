"""Who edits definitions: the signed person of the gateway's call, and that person's roles."""

from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import NotAllowed
from services.procedures.desk.edge import staff_of
from services.procedures.editing.model import APPROVERS, WRITER, DefinitionDraftNotFound
from services.procedures.requests.edge import account_of, require_gateway

WRITERS = frozenset({WRITER})
PUBLISHERS = frozenset({"publisher"})


def editor_of(request: web.Request, roles: frozenset[str] = APPROVERS) -> UUID:
    """Return the account of the member of staff who acts; raise `NotAllowed` for anybody else."""
    require_gateway(request)
    account_id, person = account_of(request), request[CALLER].person
    if account_id is None or person is None or not roles.intersection(person.roles):
        raise NotAllowed("This needs a role that the person does not have.")
    return account_id


def reader_of(request: web.Request) -> None:
    """Let editors and the staff of a service read; raise `NotAllowed` for anybody else."""
    person = request[CALLER].person
    if person is not None and APPROVERS.intersection(person.roles):
        editor_of(request)
    else:
        staff_of(request)


def draft_id_of(request: web.Request) -> UUID:
    """Return the draft's identifier in the address; a malformed one is unknown."""
    try:
        return UUID(request.match_info["id"])
    except ValueError:
        raise DefinitionDraftNotFound from None
