"""What the other services hold about a person: each gives its part at `/accounts/{id}/data`."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.caller import Person
from chassis.http_client import Call, ServiceClient, ServiceProblem, ServiceUnavailable


class Contributors:
    """The services that are asked for their part."""

    def __init__(self, clients: Sequence[ServiceClient]) -> None:
        self._clients = clients

    async def gather(self, account_id: UUID) -> tuple[Mapping[str, Any], Sequence[str]]:
        """Return the parts by service, and the names of those that gave none."""
        parts: dict[str, Any] = {}
        missing = []
        for client in self._clients:
            call = Call("GET", f"/accounts/{account_id}/data", person=Person(str(account_id)))
            try:
                parts[client.service] = (await client.send(call)).json()
            except (ServiceUnavailable, ServiceProblem, ValueError):
                missing.append(client.service)
        return parts, missing
