"""What every desk handler reads: which agent, with which roles."""

from aiohttp import web

from authority.profile import AuthorityProfile
from chassis.caller import CALLER
from chassis.errors import InvalidInput, NotAllowed
from services.procedures.desk.model import Staff
from services.procedures.requests.edge import account_of, require_gateway

ACTION_KEY = "Idempotency-Key"
MAX_KEY = 100


def staff_of(request: web.Request) -> Staff:
    """Return the agent of the signed token, or raise `NotAllowed` for anybody else."""
    require_gateway(request)
    account_id, person = account_of(request), request[CALLER].person
    roles = person.roles if person is not None else ()
    staff = Staff.with_roles(account_id, roles) if account_id is not None else None
    if staff is None or not (staff.services or staff.administrator):
        raise NotAllowed("Only staff may do this.")
    return staff


def administrator_of(request: web.Request) -> Staff:
    """Return the administrator of the signed token, or raise `NotAllowed`."""
    staff = staff_of(request)
    if not staff.administrator:
        raise NotAllowed("Only an administrator may do this.")
    return staff


def require_service(staff: Staff, service_id: str) -> str:
    """Return the service when this agent works for it, or raise `NotAllowed`."""
    if service_id not in staff.services:
        raise NotAllowed("Only the staff of this service may do this.")
    return service_id


def require_known_service(profile: AuthorityProfile, service_id: str) -> str:
    """Return the service when the authority has it, or raise `InvalidInput`."""
    if service_id not in profile.services:
        raise InvalidInput(
            [{"pointer": "/service", "code": "unknown", "message": "No such service."}]
        )
    return service_id


def require_supervisor(staff: Staff, service_id: str | None) -> None:
    """Raise `NotAllowed` unless this agent supervises the service."""
    if service_id not in staff.supervisor_of:
        raise NotAllowed("Only a supervisor of this service may do this.")


def action_key_of(request: web.Request) -> str | None:
    """Return the idempotency key that came with an action."""
    return request.headers.get(ACTION_KEY, "")[:MAX_KEY] or None
