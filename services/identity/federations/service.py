"""Use cases of outside identities: sign in, prove an account, open one, unlink (ACC-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.database import Connection, Database
from services.identity.accounts.model import Account, State
from services.identity.accounts.service import AccountService
from services.identity.credentials.journal import SignInJournal
from services.identity.credentials.model import AccountNotUsable, Attempt
from services.identity.credentials.service import PasswordService
from services.identity.credentials.sign_in import SecondStep, SignedIn, SignInService
from services.identity.federations.linking import Linking, check_provider
from services.identity.federations.model import (
    Choice,
    Identity,
    LastWayIn,
    Link,
    LinkTaken,
    Provider,
    content_of,
    identity_in,
)
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService

# an identity that another answer has just linked is looked for once more
TRIES = 2


@dataclass(frozen=True)
class Found:
    """Whose identity it is: `linked` just now, or once the `step` of its second factor is taken."""

    account: Account | None = None
    step: SecondStep | None = None
    linked: bool = False


class FederationService:
    """Signs people in with an identity that a provider vouches for, never by e-mail alone."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        linking: Linking,
        sign_ins: SignInService,
        passwords: PasswordService,
        proofs: ProofService,
        journal: SignInJournal,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._linking = linking
        self._sign_ins = sign_ins
        self._passwords = passwords
        self._proofs = proofs
        self._journal = journal

    async def sign_in(
        self, identity: Identity, device: str, owner: UUID | None = None
    ) -> SignedIn | SecondStep | Choice:
        """Return who it is, their second step, or the choice of somebody who is not known yet.

        An `owner` who is signed in wants to link this identity to their account: nothing is then
        linked without their password. Raises `AccountNotUsable`, `WrongProvider` or `LinkTaken`.
        """
        found = await self._find(identity, owner)
        if found.step is not None:
            return found.step
        account = found.account
        if account is None:
            return await self._offer(identity)
        if owner is not None and account.id != owner:
            raise LinkTaken
        check_provider(account, identity.provider)
        if account.state == State.PENDING:
            return await self._offer(identity, pending=True)
        if account.state != State.ACTIVE:
            self._journal.record_refusal(account.id, "state")
            raise AccountNotUsable(account.state)
        async with self._database.transaction() as connection:
            await self._linking.note_used(connection, account.id, identity.provider)
        step = await self._sign_ins.ask_second_step_of(account.id)
        if step is not None:
            return step
        return await self._sign_ins.finish(
            account.id, identity.provider, device, newly_linked=found.linked
        )

    async def prove(self, token: str, attempt: Attempt) -> SignedIn | SecondStep:
        """Link the identity of a choice to the account whose password was typed.

        An account with a second factor is linked by it. Raises as `SignInService.sign_in`, and
        `ProofRefused`, `WrongProvider` or `LinkTaken`.
        """
        async with self._database.connection() as connection:
            await self._proofs.look_at(connection, Purpose.FEDERATE, token)
        found = await self._sign_ins.check_credentials(attempt)
        async with self._database.transaction() as connection:
            identity = await self._redeem(connection, token)
            account = await self._accounts.lock_active(connection, found.account_id)
            check_provider(account, identity.provider)
            content = {"federation": content_of(identity), "how": "proof"}
            if step := await self._sign_ins.ask_second_step_in(connection, account.id, content):
                return step
            await self._linking.link(connection, account, identity, "proof")
        return await self._sign_ins.finish(
            account.id, "password", attempt.device, newly_linked=True
        )

    async def list_links(self, account_id: UUID) -> tuple[Sequence[Link], bool]:
        """Return the links of an account, and whether it has a password."""
        async with self._database.connection() as connection:
            links = await self._linking.list_links(connection, account_id)
            return links, await self._passwords.has_password(connection, account_id)

    async def unlink(self, account_id: UUID, provider: Provider, step_up: str) -> None:
        """Forget a link; raise `LinkNotFound`, `ProofRefused` or `LastWayIn`."""
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_active(connection, account_id)
            proof = await self._proofs.redeem(connection, Purpose.STEP_UP, step_up)
            if proof.account_id != account_id:
                raise ProofRefused
            if not await self._passwords.has_password(connection, account_id):
                raise LastWayIn
            await self._linking.unlink(connection, account, provider)

    async def refuse(self, account_id: UUID, identity: Identity) -> None:
        """Unlink the identity that came in, at the word of its holder: the account is not theirs.

        The account keeps its password. Raises `LinkNotFound` or `LastWayIn`.
        """
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_active(connection, account_id)
            if not await self._passwords.has_password(connection, account_id):
                raise LastWayIn
            await self._linking.refuse(connection, account, identity)

    async def _find(self, identity: Identity, owner: UUID | None) -> Found:
        """Return whose identity it is, linked now when all six pivot data match one account.

        An account with a second factor is linked by it: its step is returned in its place.
        """
        for _ in range(TRIES):
            try:
                async with self._database.transaction() as connection:
                    account_id = await self._linking.find_account(connection, identity)
                    if account_id is not None:
                        return Found(await self._accounts.find_account(connection, account_id))
                    return Found() if owner else await self._match(connection, identity)
            except LinkTaken:
                continue
        raise LinkTaken

    async def _match(self, connection: Connection, identity: Identity) -> Found:
        matches = await self._linking.list_matches(connection, identity)
        if len(matches) != 1:
            return Found()
        account = await self._accounts.lock_account(connection, matches[0].account_id)
        if account.roles or account.state == State.PENDING:
            return Found()
        if account.state != State.ACTIVE:
            return Found(account if matches[0].vouched else None)
        content = {"federation": content_of(identity), "how": "pivot"}
        if step := await self._sign_ins.ask_second_step_in(connection, account.id, content):
            return Found(step=step)
        await self._linking.link(connection, account, identity, "pivot")
        return Found(account, linked=True)

    async def _offer(self, identity: Identity, *, pending: bool = False) -> Choice:
        async with self._database.transaction() as connection:
            token = await self._proofs.issue(
                connection, Purpose.FEDERATE, None, content_of(identity)
            )
        return Choice(token, identity, pending)

    async def _redeem(self, connection: Connection, token: str) -> Identity:
        proof = await self._proofs.redeem(connection, Purpose.FEDERATE, token)
        return identity_in(proof.content)
