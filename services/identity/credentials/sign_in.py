"""Use cases of signing in: a password, then the second step of those who have one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chassis.database import Database
from services.identity.accounts.identifiers import fold_identifier
from services.identity.accounts.model import Account, State
from services.identity.accounts.service import AccountService
from services.identity.credentials.journal import SIGN_INS, SignInJournal
from services.identity.credentials.model import (
    AccountNotUsable,
    Attempt,
    Delayed,
    SignInRefused,
)
from services.identity.credentials.service import PasswordService
from services.identity.credentials.throttle import SignInThrottle
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
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._passwords = passwords
        self._verification = verification
        self._proofs = proofs
        self._throttle = throttle
        self._journal = journal

    async def sign_in(self, attempt: Attempt) -> SignedIn | SecondStep:
        """Return the account whose identifier and password were typed, or its second step.

        Raises `SignInRefused`, the same whatever was wrong; `AccountNotUsable` once the password
        is right; `TooManyAttempts`, `SignInsBusy` (come back later) or `SignInsUnavailable`.
        """
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
        if found.has_second_factor:
            return await self._ask_second_step(found.account_id)
        return await self.finish(found.account_id, "password", attempt.device)

    async def ask_passkey(self, token: str) -> tuple[str, Challenge]:
        """Return another token and what to ask of the browser; the former token is used up."""
        async with self._database.transaction() as connection:
            proof = await self._proofs.redeem(connection, Purpose.SECOND_STEP, token)
            account_id = _account_of(proof)
            challenge = await self._verification.passkey_challenge(connection, account_id)
            if challenge is None:
                raise FactorRefused
            content = {"challenge": challenge.challenge}
            renewed = await self._proofs.issue(connection, Purpose.SECOND_STEP, account_id, content)
        return renewed, challenge

    async def take_second_step(self, token: str, answer: Answer, attempt: Attempt) -> SignedIn:
        """Return who signed in, or raise `FactorRefused`; 5 tries for a token, then no more.

        Tries are also counted for the account, whatever the number of tokens: `TooManyAttempts`.
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
        await self._throttle.succeed(reservation)
        return await self.finish(account_id, answer.kind, attempt.device)

    async def finish(self, account_id: UUID, method: str, device: str) -> SignedIn:
        """Write the sign-in and return who it is; the roles need a second step."""
        account = await self._accounts.read_account(account_id)
        await self._journal.record_sign_in(account.id, method, device)
        strong = method in set(Factor)
        return SignedIn(
            account,
            roles=tuple(account.roles) if strong else (),
            enrolment_needed=bool(account.roles) and not strong,
        )

    async def ask_second_step_of(self, account_id: UUID) -> SecondStep | None:
        """Return the second step of an account that proved its first in another way, or None."""
        async with self._database.connection() as connection:
            kinds = await self._verification.kinds_of(connection, account_id)
        return await self._ask_second_step(account_id) if kinds else None

    async def _ask_second_step(self, account_id: UUID) -> SecondStep:
        async with self._database.transaction() as connection:
            kinds = await self._verification.kinds_of(connection, account_id)
            token = await self._proofs.issue(connection, Purpose.SECOND_STEP, account_id)
        return SecondStep(token, kinds)


def _account_of(proof: Proof) -> UUID:
    if proof.account_id is None:
        raise ProofRefused
    return proof.account_id
