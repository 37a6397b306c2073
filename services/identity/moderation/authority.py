"""Who among the staff may act now: the role signed in with, still held, on an active account."""

from collections.abc import Iterable
from uuid import UUID

from chassis.database import Connection
from chassis.errors import NotAllowed
from services.identity.accounts.model import AccountNotFound, State
from services.identity.accounts.service import AccountService
from services.identity.events.model import STAFF, Actor


class StaffAuthority:
    """Checks roles against the accounts themselves: a role taken away is gone at once."""

    def __init__(self, accounts: AccountService) -> None:
        self._accounts = accounts

    async def authorise(
        self,
        connection: Connection,
        staff_id: UUID,
        claimed: Iterable[str],
        allowed: Iterable[str],
    ) -> Actor:
        """Return the member of staff as an actor, or raise `NotAllowed`."""
        try:
            account = await self._accounts.find_account(connection, staff_id)
        except AccountNotFound:
            raise NotAllowed("This needs a role that the person does not have.") from None
        held = set(account.roles) & set(claimed) & set(allowed)
        if account.state != State.ACTIVE or not held:
            raise NotAllowed("This needs a role that the person does not have.")
        return Actor(STAFF, staff_id)
