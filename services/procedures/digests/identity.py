"""Where a member of staff is written to, as the identity service knows now."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chassis.http_client import Call, ServiceClient, ServiceProblem


@dataclass(frozen=True)
class StaffAddress:
    """An address, the language to write in, and the roles held."""

    email: str = field(repr=False)
    language: str
    roles: Sequence[str]


FindAddress = Callable[[UUID], Awaitable[StaffAddress | None]]


async def find_address(identity: ServiceClient, staff_id: UUID) -> StaffAddress | None:
    """Return it, None for whoever left; raise `PartnerAway` while identity does not answer."""
    try:
        answer = await identity.send(Call("GET", f"/staff/{staff_id}/address"))
    except ServiceProblem as problem:
        if problem.status != 404:
            raise
        return None
    found = answer.json()
    return StaffAddress(found["email"], found["language"], tuple(found["roles"]))
