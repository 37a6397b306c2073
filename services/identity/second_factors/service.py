"""Use cases of second factors: add one, list them, take one away."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.identity.accounts.model import Account
from services.identity.accounts.service import AccountService
from services.identity.blind_index import BlindIndex
from services.identity.events.model import BY_OWNER
from services.identity.events.service import EventService
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.proofs.model import Purpose
from services.identity.proofs.service import ProofService
from services.identity.second_factors.model import (
    MOST_FACTORS,
    RECOVERY_CODES,
    Enrolment,
    Factor,
    FactorNeeded,
    FactorNotFound,
    FactorRefused,
    SecondFactor,
    TooManyFactors,
    TotpOffer,
)
from services.identity.second_factors.passkeys import Passkeys
from services.identity.second_factors.repository import FactorRepository
from services.identity.second_factors.totp import (
    enrolment_uri,
    matching_step,
    new_seed,
    picture_of,
)
from services.identity.second_factors.verification import FactorVerification

CODE_CHARACTERS = 10


class SecondFactorService:
    """The second factors of an account, in the hands of its owner."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        verification: FactorVerification,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
        passkeys: Passkeys,
        index: BlindIndex,
        clock: Clock,
        issuer: str,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._verification = verification
        self._proofs = proofs
        self._events = events
        self._notices = notices
        self._passkeys = passkeys
        self._index = index
        self._clock = clock
        self._issuer = issuer
        self._ids = IdSource()
        self._factors = FactorRepository()

    async def list_factors(self, account_id: UUID) -> tuple[Sequence[SecondFactor], int]:
        """Return the factors, and how many recovery codes are left."""
        async with self._database.connection() as connection:
            factors = await self._verification.list_factors(connection, account_id)
            return factors, await self._factors.count_codes(connection, account_id)

    async def offer_totp(self, account_id: UUID, step_up: str) -> TotpOffer:
        """Return a seed to scan; it is kept only once a code of it is given."""
        async with self._database.transaction() as connection:
            account = await self._begin(connection, account_id, step_up)
            seed = new_seed()
            token = await self._proofs.issue(
                connection, Purpose.ENROL_TOTP, account_id, {"seed": seed}
            )
        uri = enrolment_uri(seed, account.profile.identifier, self._issuer)
        return TotpOffer(token, seed, uri, picture_of(uri))

    async def confirm_totp(self, account_id: UUID, token: str, code: str) -> Enrolment:
        """Keep the seed once its first code is right; that code is then used up."""
        async with self._database.transaction() as connection:
            proof = await self._proofs.attempt(connection, Purpose.ENROL_TOTP, token)
        step = matching_step(proof.content["seed"], code, self._clock.now())
        if proof.account_id != account_id or step is None:
            raise FactorRefused
        async with self._database.transaction() as connection:
            await self._proofs.redeem(connection, Purpose.ENROL_TOTP, token)
            secret = {"seed": proof.content["seed"]}
            return await self._add(connection, account_id, Factor.TOTP, "", secret, step)

    async def offer_passkey(self, account_id: UUID, step_up: str) -> tuple[str, Mapping[str, Any]]:
        """Return a token and what to ask of the browser that makes the passkey."""
        async with self._database.transaction() as connection:
            account = await self._begin(connection, account_id, step_up)
            factors = await self._verification.list_factors(connection, account_id)
            known = [one.secret["credential_id"] for one in factors if one.kind == Factor.PASSKEY]
            challenge = self._passkeys.begin_registration(
                account_id, account.profile.identifier, known
            )
            token = await self._proofs.issue(
                connection, Purpose.ENROL_PASSKEY, account_id, {"challenge": challenge.challenge}
            )
        return token, challenge.options

    async def confirm_passkey(
        self, account_id: UUID, token: str, credential: Mapping[str, Any], label: str
    ) -> Enrolment:
        """Keep the passkey that the browser made for this challenge, which is used up."""
        async with self._database.transaction() as connection:
            proof = await self._proofs.redeem(connection, Purpose.ENROL_PASSKEY, token)
            if proof.account_id != account_id:
                raise FactorRefused
            made = self._passkeys.finish_registration(credential, proof.content["challenge"])
            secret = {"credential_id": made.credential_id, "public_key": made.public_key}
            return await self._add(
                connection, account_id, Factor.PASSKEY, label, secret, made.counter
            )

    async def remove_factor(self, account_id: UUID, factor_id: UUID, step_up: str) -> None:
        """Take a factor away; a member of staff keeps one."""
        async with self._database.transaction() as connection:
            account = await self._begin(connection, account_id, step_up)
            factors = await self._verification.list_factors(connection, account_id)
            if account.roles and len(factors) == 1:
                raise FactorNeeded
            kind = await self._factors.delete_factor(connection, account_id, factor_id)
            if kind is None:
                raise FactorNotFound
            if len(factors) == 1:
                await self._factors.delete_all(connection, account_id)
            await self._events.record(
                connection, account_id, "factor-removed", BY_OWNER, {"factor": kind}
            )
            await self._notices.tell(
                connection, account, Kind.FACTOR_REMOVED, {"factor": kind}, freezable=True
            )

    async def renew_codes(self, account_id: UUID, step_up: str) -> Sequence[str]:
        """Return new recovery codes; the former ones are good for nothing."""
        async with self._database.transaction() as connection:
            await self._begin(connection, account_id, step_up)
            if not await self._verification.list_factors(connection, account_id):
                raise FactorNotFound
            await self._events.record(connection, account_id, "codes-renewed", BY_OWNER)
            return await self._give_codes(connection, account_id)

    async def reset(self, connection: Connection, account_id: UUID) -> None:
        """Take every factor away in the caller's transaction: two members of staff agreed."""
        await self._factors.delete_all(connection, account_id)

    async def add_seed(self, connection: Connection, account_id: UUID, seed: str) -> None:
        """Give an account of a local stack a factor whose seed is known (demo only)."""
        await self._factors.delete_all(connection, account_id)
        await self._store(connection, account_id, Factor.TOTP, "", {"seed": seed}, 0)

    async def _begin(self, connection: Connection, account_id: UUID, step_up: str) -> Account:
        account = await self._accounts.lock_active(connection, account_id)
        proof = await self._proofs.redeem(connection, Purpose.STEP_UP, step_up)
        if proof.account_id != account_id:
            raise FactorRefused
        return account

    async def _add(
        self,
        connection: Connection,
        account_id: UUID,
        kind: Factor,
        label: str,
        secret: Mapping[str, str],
        counter: int,
    ) -> Enrolment:
        account = await self._accounts.lock_active(connection, account_id)
        before = await self._verification.list_factors(connection, account_id)
        if len(before) >= MOST_FACTORS:
            raise TooManyFactors
        factor_id = await self._store(connection, account_id, kind, label, secret, counter)
        codes = [] if before else await self._give_codes(connection, account_id)
        await self._events.record(
            connection, account_id, "factor-added", BY_OWNER, {"factor": kind}
        )
        await self._notices.tell(
            connection, account, Kind.FACTOR_ADDED, {"factor": kind}, freezable=True
        )
        return Enrolment(factor_id, codes)

    async def _store(
        self,
        connection: Connection,
        account_id: UUID,
        kind: Factor,
        label: str,
        secret: Mapping[str, str],
        counter: int,
    ) -> UUID:
        key = await self._accounts.key_of(connection, account_id)
        now, factor_id = self._clock.now(), self._ids.new_id()
        factor = SecondFactor(factor_id, kind, label, secret, counter, now)
        handle = secret.get("credential_id")
        digest = self._index.digest("passkey", handle) if handle else None
        await self._factors.insert_factor(connection, account_id, key, factor, digest)
        return factor_id

    async def _give_codes(self, connection: Connection, account_id: UUID) -> Sequence[str]:
        codes = [new_seed()[:CODE_CHARACTERS] for _ in range(RECOVERY_CODES)]
        hashes = [self._verification.code_hash(account_id, code) for code in codes]
        await self._factors.replace_codes(connection, account_id, hashes, self._clock.now())
        return [f"{code[:5]}-{code[5:]}" for code in codes]
