"""What this service itself holds about a person: everything but secrets."""

from typing import Any
from uuid import UUID

from chassis.database import Database
from services.identity.accounts.service import AccountService
from services.identity.events.model import AccountEvent
from services.identity.events.service import EventService
from services.identity.favourites.service import FavouriteService
from services.identity.federations.linking import Linking
from services.identity.federations.model import Link
from services.identity.profiles.service import ProfileService
from services.identity.rights.service import RightsService
from services.identity.second_factors.service import SecondFactorService


class OwnPart:
    """Gathers the identity service's part of a copy."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        profiles: ProfileService,
        favourites: FavouriteService,
        factors: SecondFactorService,
        linking: Linking,
        rights: RightsService,
        events: EventService,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._profiles = profiles
        self._favourites = favourites
        self._factors = factors
        self._linking = linking
        self._rights = rights
        self._events = events

    async def gather(self, account_id: UUID) -> dict[str, Any]:
        """Return the part; raise `AccountNotFound`."""
        async with self._database.connection() as connection:
            account = await self._accounts.find_account(connection, account_id)
            fields = await self._profiles.list_fields(connection, account_id)
            pinned = await self._favourites.read(connection, account_id)
            links = await self._linking.list_links(connection, account_id)
        factors, codes_left = await self._factors.list_factors(account_id)
        return {
            "account": {
                "account_id": str(account.id),
                "identifier": account.profile.identifier,
                "email": account.profile.email,
                "state": account.state,
                "language": account.language,
                "roles": list(account.roles),
                "created_at": account.created_at.isoformat(),
            },
            "profile": {one.name: one.value for one in fields},
            "favourites": list(pinned),
            "second_factors": [
                {"kind": one.kind, "label": one.label, "created_at": one.created_at.isoformat()}
                for one in factors
            ],
            "recovery_codes_left": codes_left,
            "linked_identities": [_link(link) for link in links],
            "rights_requests": [
                {
                    "right": one.right,
                    "received_on": one.received_on.isoformat(),
                    "state": one.state,
                    "text": one.text,
                    "answer": one.answer,
                }
                for one in await self._rights.list_own(account_id)
            ],
            "journal": [_event(event) for event in await self._all_events(account_id)],
        }

    async def _all_events(self, account_id: UUID) -> list[AccountEvent]:
        found: list[AccountEvent] = []
        while page := await self._events.list_events(account_id, found[-1].id if found else None):
            found += page
        return found


def _link(link: Link) -> dict[str, Any]:
    used = link.last_used_at
    return {
        "provider": link.identity.provider,
        "issuer": link.identity.issuer,
        "subject": link.identity.subject,
        "claims": dict(link.identity.claims),
        "linked_at": link.linked_at.isoformat(),
        "last_used_at": used.isoformat() if used else None,
    }


def _event(event: AccountEvent) -> dict[str, Any]:
    return {
        "at": event.recorded_at.isoformat(),
        "action": event.action,
        "actor": event.actor.kind,
        "detail": dict(event.detail),
    }
