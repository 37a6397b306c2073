"""Use case of opening an account with an identity: no password is asked for (ACC-12)."""

from uuid import UUID

from chassis.clock import hash_secret
from chassis.database import Connection, Database
from services.identity.accounts.identifiers import tidy_identifier
from services.identity.accounts.model import Profile, State
from services.identity.accounts.service import AccountService, NewAccount
from services.identity.federations.linking import Linking
from services.identity.federations.model import (
    Identity,
    LinkTaken,
    Opening,
    Provider,
    WrongProvider,
    identity_in,
)
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.profiles.service import ProfileService
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.registrations.model import Registered
from services.identity.registrations.service import CONFIRM_PATH, check_chosen

# what a profile may keep of the identity, by the provider's names
KEPT = {
    "given_name": "given_name",
    "family_name": "family_name",
    "birthdate": "birth_date",
    "gender": "gender",
    "birthplace": "birth_commune",
    "birthcountry": "birth_country",
}


class OpeningService:
    """Opens accounts for people whom FranceConnect vouches for; never for staff."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        linking: Linking,
        profiles: ProfileService,
        proofs: ProofService,
        notices: NoticeService,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._linking = linking
        self._profiles = profiles
        self._proofs = proofs
        self._notices = notices

    async def open(self, token: str, opening: Opening) -> Registered:
        """Open a pending account with the identity of a choice; its e-mail is still to be proved.

        The token makes a repetition harmless. Raises `RegistrationRefused`, `IdentifierTaken`,
        `ProofRefused`, `WrongProvider` or `LinkTaken`.
        """
        email = check_chosen(opening.identifier, opening.email)
        identifier, key = tidy_identifier(opening.identifier), hash_secret(token)
        new = NewAccount(
            Profile(identifier, "", email),
            state=State.PENDING,
            language=opening.language,
            registration_hash=key,
        )
        try:
            async with self._database.transaction() as connection:
                proof = await self._proofs.redeem(connection, Purpose.FEDERATE, token)
                identity = identity_in(proof.content)
                account_id = await self._open(connection, identity, new)
                if opening.keep_identity:
                    await self._profiles.keep_at_opening(connection, account_id, _kept(identity))
        except ProofRefused:
            return await self._repeated(key)
        return Registered(account_id, identifier)

    async def _open(self, connection: Connection, identity: Identity, new: NewAccount) -> UUID:
        if identity.provider != Provider.FRANCECONNECT:
            raise WrongProvider
        await self._release_pending(connection, identity)
        account = await self._accounts.open_account(connection, new)
        await self._linking.link_quietly(connection, account.id, identity)
        secret = await self._proofs.issue(connection, Purpose.CONFIRM_EMAIL, account.id)
        link = self._notices.link(CONFIRM_PATH, secret)
        await self._notices.tell(connection, account, Kind.CONFIRM_EMAIL, {"link": link})
        return account.id

    async def _release_pending(self, connection: Connection, identity: Identity) -> None:
        """Let whoever mistyped their e-mail begin again: nobody confirmed the former account."""
        former = await self._linking.find_account(connection, identity)
        if former is None:
            return
        account = await self._accounts.lock_account(connection, former)
        if account.state != State.PENDING:
            raise LinkTaken
        await self._proofs.revoke(connection, former)
        await self._linking.release(connection, former, identity.provider)

    async def _repeated(self, key: bytes) -> Registered:
        async with self._database.connection() as connection:
            found = await self._accounts.find_by_registration(connection, key)
        if found is None:
            raise ProofRefused
        return Registered(found.id, found.profile.identifier)


def _kept(identity: Identity) -> dict[str, str]:
    claims = identity.claims
    return {name: claims[claim] for claim, name in KEPT.items() if claim in claims}
