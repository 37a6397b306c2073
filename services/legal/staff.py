"""Who may act on the texts: the signed person of the caller's token, and that person's roles."""

from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER, Person
from chassis.errors import NotAllowed

PORTAL = "gateway"
WRITERS = frozenset({"editor"})
APPROVERS = frozenset({"editor", "publisher"})
STAFF = frozenset({"editor", "publisher"})


def staff_member(request: web.Request, roles: frozenset[str]) -> UUID:
    """Return the account of the member of staff who acts; raise `NotAllowed` for anybody else."""
    person = signed_person(request)
    if not roles.intersection(person.roles):
        raise NotAllowed("This needs a role that the person does not have.")
    return account_of(person)


def signed_person(request: web.Request) -> Person:
    """Return the person for whom the gateway calls; raise `NotAllowed` when there is none."""
    caller = request[CALLER]
    if caller.service != PORTAL or caller.person is None:
        raise NotAllowed("Only a person who signed in may do this.")
    return caller.person


def account_of(person: Person) -> UUID:
    """Return the person's account id; raise `NotAllowed` when it is not one."""
    try:
        return UUID(person.account_id)
    except ValueError:
        raise NotAllowed("The person is not known by an account.") from None
