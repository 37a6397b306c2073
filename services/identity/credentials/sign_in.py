"""Use cases of signing in: a password, then the second step of those who have one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from chassis.database import Connection, Database
from services.identity.accounts.identifiers import fold_identifier
from services.identity.accounts.model import Account, State
from services.identity.accounts.service import AccountService
from services.identity.credentials.journal import SIGN_INS, SignInJournal
from services.identity.credentials.model import (
    AccountNotUsable,
    Attempt,
    Credential,
    Delayed,
    SignInRefused,
)
from services.identity.credentials.service import PasswordService
from services.identity.credentials.throttle import SignInThrottle
from services.identity.federations.linking import Linking
from services.identity.federations.model import identity_in
from services.identity.proofs.model import Proof, ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.second_factors.model import Answer, Factor, FactorRefused
from services.identity.second_factors.passkeys import Challenge
from services.identity.second_factors.verification import FactorVerification


@dataclass(frozen=True)
class SignedIn:
    """Who signed in; roles are given only to those who took a second step (ACC-11)."""

    account: Account
    roles: Sequence[str] = ()
    enrolment_needed: bool = False
    newly_linked: bool = False


@dataclass(frozen=True)
class SecondStep:
    """The password was right; `token` leads to the second step, 5 minutes at most."""

    token: str = field(repr=False)
    kinds: Sequence[Factor]


class SignInService:
    """Signs people in."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        passwords: PasswordService,
        verification: FactorVerification,
        proofs: ProofService,
        throttle: SignInThrottle,
        journal: SignInJournal,
        linking: Linking,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._passwords = passwords
        self._verification = verification
        self._proofs = proofs
        self._throttle = throttle
        self._journal = journal
        self._linking = linking

    async def sign_in(self, attempt: Attempt) -> SignedIn | SecondStep:
        """Return the account whose identifier and password were typed, or its second step.

        Raises `SignInRefused`, the same whatever was wrong; `AccountNotUsable` once the password
        is right; `TooManyAttempts`, `SignInsBusy` (come back later) or `SignInsUnavailable`.
        """
        found = await self.check_credentials(attempt)
        step = await self.ask_second_step_of(found.account_id) if found.has_second_factor else None
        return step or await self.finish(found.account_id, "password", attempt.device)

    async def check_credentials(self, attempt: Attempt) -> Credential:
        """Return whose identifier and password were typed; raises as `sign_in`."""
        identifier = fold_identifier(attempt.identifier)
        try:
            reservation = await self._throttle.reserve(identifier, attempt.client_address)
            try:
                right, found = await self._passwords.check_password(identifier, attempt.password)
            except Exception:
                await self._throttle.give_back(reservation)
                raise
        except Delayed as error:
            SIGN_INS.labels(error.code).inc()
            raise
        if not right or found is None:
            self._journal.record_refusal(found.account_id if found else None, "password")
            raise SignInRefused
        if found.state != State.ACTIVE:
            self._journal.record_refusal(found.account_id, "state")
            raise AccountNotUsable(found.state)
        await self._throttle.succeed(reservation)
        return found

    async def ask_passkey(self, token: str) -> tuple[str, Challenge]:
        """Return another token and what to ask of the browser; the former token is used up."""
        async with self._database.transaction() as connection:
            proof = await self._proofs.redeem(connection, Purpose.SECOND_STEP, token)
            account_id = _account_of(proof)
            challenge = await self._verification.passkey_challenge(connection, account_id)
            if challenge is None:
                raise FactorRefused
            content = {**proof.content, "challenge": challenge.challenge}
            renewed = await self._proofs.issue(connection, Purpose.SECOND_STEP, account_id, content)
        return renewed, challenge

    async def take_second_step(self, token: str, answer: Answer, attempt: Attempt) -> SignedIn:
        """Return who signed in, or raise `FactorRefused`; 5 tries for a token, then no more.

        Tries are also counted for the account, whatever the number of tokens: `TooManyAttempts`.
        An outside identity that waited for the proof is linked at the same time.
        """
        async with self._database.transaction() as connection:
            proof = await self._proofs.attempt(connection, Purpose.SECOND_STEP, token)
        account_id = _account_of(proof)
        reservation = await self._throttle.reserve(
            f"second step {account_id}", attempt.client_address
        )
        async with self._database.transaction() as connection:
            challenge = str(proof.content.get("challenge", ""))
            await self._verification.verify(connection, account_id, answer, challenge)
            await self._proofs.redeem(connection, Purpose.SECOND_STEP, token)
            if waiting := proof.content.get("federation"):
                account = await self._accounts.lock_active(connection, account_id)
                how = str(proof.content["how"])
                await self._linking.link(connection, account, identity_in(waiting), how)
        await self._throttle.succeed(reservation)
        newly = waiting is not None
        return await self.finish(account_id, answer.kind, attempt.device, newly_linked=newly)

    async def finish(
        self, account_id: UUID, method: str, device: str, *, newly_linked: bool = False
    ) -> SignedIn:
        """Write the sign-in and return who it is; the roles need a second step."""
        account = await self._accounts.read_account(account_id)
        await self._journal.record_sign_in(account.id, method, device)
        strong = method in set(Factor)
        return SignedIn(
            account,
            roles=tuple(account.roles) if strong else (),
            enrolment_needed=bool(account.roles) and not strong,
            newly_linked=newly_linked,
        )

    async def ask_second_step_of(self, account_id: UUID) -> SecondStep | None:
        """Return the second step of an account that proved its first in another way, or None."""
        async with self._database.transaction() as connection:
            return await self.ask_second_step_in(connection, account_id, {})

    async def ask_second_step_in(
        self, connection: Connection, account_id: UUID, content: Mapping[str, Any]
    ) -> SecondStep | None:
        """The same in the caller's transaction; `content` is what the step is taken for."""
        kinds = await self._verification.kinds_of(connection, account_id)
        if not kinds:
            return None
        token = await self._proofs.issue(connection, Purpose.SECOND_STEP, account_id, content)
        return SecondStep(token, kinds)


def _account_of(proof: Proof) -> UUID:
    if proof.account_id is None:
        raise ProofRefused
    return proof.account_id
