"""Use cases of colleagues: who works for a service, where a member of staff is written to."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from chassis.database import Database
from chassis.errors import NotAllowed
from services.identity.accounts.model import Account, AccountNotFound
from services.identity.accounts.service import AccountService
from services.identity.moderation.authority import StaffAuthority

PREFIXES = ("agent:", "supervisor:")


class ColleagueService:
    """Staff as the desk knows them; nothing here says anything of a resident."""

    def __init__(self, database: Database, accounts: AccountService, staff: StaffAuthority) -> None:
        self._database = database
        self._accounts = accounts
        self._staff = staff

    async def list_colleagues(
        self, staff_id: UUID, claimed: Iterable[str], service_id: str
    ) -> Sequence[Account]:
        """Return the active staff of a service, by name, for one of them; else `NotAllowed`."""
        roles = [prefix + service_id for prefix in PREFIXES]
        async with self._database.connection() as connection:
            await self._staff.authorise(connection, staff_id, claimed, roles)
            found = await self._accounts.list_by_roles(connection, roles)
        return sorted(found, key=lambda account: account.display_name)

    async def find_address(self, staff_id: UUID) -> Account:
        """Return an active account that holds a role at the desk; raise `AccountNotFound`."""
        account = await self._accounts.read_account(staff_id)
        if not any(role.startswith(PREFIXES) for role in account.roles):
            raise AccountNotFound
        return account


def supervises(account: Account, service_id: str) -> bool:
    """Say whether somebody heads the service."""
    return f"supervisor:{service_id}" in account.roles


def need_caller(service: str, wanted: str) -> None:
    """Raise `NotAllowed` unless this service calls."""
    if service != wanted:
        raise NotAllowed("Only the service that needs it may call this.")
