"""What the other services hold about a person: each gives its part, or gives it up."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.caller import Person
from chassis.http_client import Call, ServiceClient, ServiceProblem, ServiceUnavailable
from services.identity.copies.model import CopiedFile

# under /accounts/{id}, where each service gives what it holds (DAT-02)
PARTS = {"procedures": "data", "legal": "acceptances"}
# the service whose part has files
FILES = "procedures"
# the proof of an acceptance outlives the account: the legal service gives nothing up
ERASERS = frozenset({"procedures"})


class Contributors:
    """The other services, called in the name of the account's owner."""

    def __init__(self, clients: Sequence[ServiceClient]) -> None:
        self._clients = clients

    async def gather(self, account_id: UUID) -> tuple[Mapping[str, Any], Sequence[str]]:
        """Return the parts by service, and the names of those that gave none."""
        parts: dict[str, Any] = {}
        missing = []
        for client in self._clients:
            path = f"/accounts/{account_id}/{PARTS[client.service]}"
            call = Call("GET", path, person=Person(str(account_id)))
            try:
                parts[client.service] = (await client.send(call)).json()
            except (ServiceUnavailable, ServiceProblem, ValueError):
                missing.append(client.service)
        return parts, missing

    async def read_file(self, account_id: UUID, file: CopiedFile) -> bytes | None:
        """Return the bytes of a file, None when its service has it no more, or may not give it.

        Raises `ServiceUnavailable`.
        """
        path = f"/accounts/{account_id}/requests/{file.request_id}/files/{file.file_id}"
        client = next(one for one in self._clients if one.service == FILES)
        try:
            answer = await client.send(Call("GET", path, person=Person(str(account_id))))
        except ServiceProblem:
            return None
        return answer.body

    async def give_up(self, account_id: UUID) -> None:
        """Have what is not to be kept destroyed, and the rest cut from the account (DAT-03).

        Done again it does nothing. Raises `ServiceUnavailable`, `ServiceProblem`.
        """
        for client in self._clients:
            if client.service in ERASERS:
                path, person = f"/accounts/{account_id}/erasure", Person(str(account_id))
                await client.send(Call("POST", path, person=person, repeatable=True))
