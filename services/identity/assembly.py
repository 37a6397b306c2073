"""Builds the use cases on an open database, Redis and hashing threads, in order of dependence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import BlockingConnectionPool, Redis

from authority.profile import AuthorityProfile, load_profile
from chassis.clock import Clock
from chassis.database import Database
from chassis.keyring import Keyring
from services.identity.accounts.sealing import AccountSeal
from services.identity.accounts.service import AccountService
from services.identity.credentials.hashing import PasswordHashing
from services.identity.credentials.journal import SignInJournal
from services.identity.credentials.own import OwnPasswordService
from services.identity.credentials.policy import BreachedFile, PasswordPolicy
from services.identity.credentials.service import PasswordService
from services.identity.credentials.sign_in import SignInService
from services.identity.credentials.throttle import SignInThrottle
from services.identity.emails.service import EmailChangeService
from services.identity.events.service import EventService
from services.identity.favourites.service import FavouriteService
from services.identity.freezes.service import FreezeService
from services.identity.keys.service import KeyService, ServiceKeys
from services.identity.notices.service import NoticeService
from services.identity.profiles.service import ProfileService
from services.identity.profiles.validation import ProfileValidation
from services.identity.proofs.service import ProofService
from services.identity.recoveries.service import RecoveryService
from services.identity.registrations.service import RegistrationService
from services.identity.second_factors.passkeys import Passkeys
from services.identity.second_factors.service import SecondFactorService
from services.identity.second_factors.verification import FactorVerification
from services.identity.session_ends import SessionEnds
from services.identity.settings import Settings

REDIS_CONNECTIONS = 20
REDIS_SECONDS = 2.0
PORTAL_WORDS = ("parvis", "portail")


@dataclass(frozen=True)
class Foundation:
    """What every use case is built on."""

    settings: Settings
    clock: Clock
    profile: AuthorityProfile
    database: Database
    redis: Redis
    hashing: PasswordHashing
    keyring: Keyring
    keys: ServiceKeys
    seal: AccountSeal


@dataclass(frozen=True)
class Parts:
    """The use cases."""

    base: Foundation
    accounts: AccountService
    proofs: ProofService
    events: EventService
    notices: NoticeService
    profiles: ProfileService
    favourites: FavouriteService
    passwords: PasswordService
    factors: SecondFactorService
    journal: SignInJournal
    sign_ins: SignInService
    registrations: RegistrationService
    recoveries: RecoveryService
    own_passwords: OwnPasswordService
    email_changes: EmailChangeService
    freezes: FreezeService

    @property
    def database(self) -> Database:
        """Return the service's database."""
        return self.base.database


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock) -> AsyncIterator[Parts]:
    """Open the database, Redis and the hashing threads, and build the use cases on them."""
    former = [settings.former_master_key] if settings.former_master_key else []
    keyring = Keyring(settings.master_key, *former)
    database = await Database.open(settings.database_url)
    hashing = PasswordHashing(settings.hashing)
    try:
        async with open_redis(settings.redis_url) as redis:
            keys = await KeyService(database, keyring).open_keys()
            profile = load_profile(settings.authority_folder)
            seal = AccountSeal(keyring, keys.index)
            base = Foundation(
                settings, clock, profile, database, redis, hashing, keyring, keys, seal
            )
            yield _build(base)
    finally:
        hashing.close()
        await database.close()


def open_redis(url: str) -> Redis:
    """Return a client of at most REDIS_CONNECTIONS; those who come later wait a little."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=REDIS_CONNECTIONS,
        timeout=REDIS_SECONDS,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
    return Redis.from_pool(pool)


def _policy(base: Foundation) -> PasswordPolicy:
    file = base.settings.breached_passwords_file
    words = (*PORTAL_WORDS, base.profile.seat.city)
    return PasswordPolicy(words, BreachedFile(file) if file is not None else None)


def _build(base: Foundation) -> Parts:
    database, clock, keys, url = base.database, base.clock, base.keys, base.settings.public_url
    accounts = AccountService(database, base.seal, clock)
    proofs = ProofService(keys.proofs, clock)
    events = EventService(database, accounts, clock)
    notices = NoticeService(database, accounts, proofs, keys.proofs, base.profile, url)
    validation = ProfileValidation(base.profile)
    profiles = ProfileService(database, accounts, events, validation, base.profile.zone, clock)
    passwords = PasswordService(database, base.seal, base.hashing, _policy(base), clock)
    name = base.profile.short_name.fr
    passkeys = Passkeys(url, name)
    checks = FactorVerification(accounts, passkeys, keys.index, clock)
    factors = SecondFactorService(
        database, accounts, checks, proofs, events, notices, passkeys, keys.index, clock, name
    )
    throttle = SignInThrottle(base.redis, keys.index, clock)
    ends = SessionEnds(base.redis)
    journal = SignInJournal(database, accounts, events, clock)
    return Parts(
        base=base,
        accounts=accounts,
        proofs=proofs,
        events=events,
        notices=notices,
        profiles=profiles,
        favourites=FavouriteService(database, accounts),
        passwords=passwords,
        factors=factors,
        journal=journal,
        sign_ins=SignInService(database, accounts, passwords, checks, proofs, throttle, journal),
        registrations=RegistrationService(database, accounts, passwords, proofs, events, notices),
        recoveries=RecoveryService(
            database, accounts, passwords, checks, proofs, events, notices, ends, keys.proofs
        ),
        own_passwords=OwnPasswordService(
            database, accounts, passwords, profiles, proofs, events, notices, throttle, ends
        ),
        email_changes=EmailChangeService(database, accounts, proofs, events, notices, clock),
        freezes=FreezeService(database, accounts, proofs, events, notices, ends),
    )
