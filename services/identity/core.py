"""What every use case is built on: the database, the keys, and what several of them share."""

from dataclasses import dataclass

from redis.asyncio import Redis

from authority.profile import AuthorityProfile
from chassis.clock import Clock
from chassis.database import Database
from chassis.http_client import ClientSession
from chassis.keyring import Keyring
from services.identity.accounts.sealing import AccountSeal
from services.identity.accounts.service import AccountService
from services.identity.credentials.hashing import PasswordHashing
from services.identity.credentials.journal import SignInJournal
from services.identity.credentials.policy import BreachedFile, PasswordPolicy
from services.identity.credentials.service import PasswordService
from services.identity.credentials.throttle import SignInThrottle
from services.identity.events.service import EventService
from services.identity.federations.linking import Linking
from services.identity.keys.service import ServiceKeys
from services.identity.notices.service import NoticeService
from services.identity.profiles.service import ProfileService
from services.identity.profiles.validation import ProfileValidation
from services.identity.proofs.service import ProofService
from services.identity.second_factors.passkeys import Passkeys
from services.identity.second_factors.verification import FactorVerification
from services.identity.session_ends import SessionEnds
from services.identity.settings import Settings

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
    calls: ClientSession


@dataclass(frozen=True)
class Core:
    """What several use cases share."""

    accounts: AccountService
    proofs: ProofService
    events: EventService
    notices: NoticeService
    profiles: ProfileService
    passwords: PasswordService
    passkeys: Passkeys
    checks: FactorVerification
    throttle: SignInThrottle
    ends: SessionEnds
    journal: SignInJournal
    linking: Linking


def build_core(base: Foundation) -> Core:
    """Build what several use cases share."""
    database, clock, keys = base.database, base.clock, base.keys
    url, profile = base.settings.public_url, base.profile
    accounts = AccountService(database, base.seal, clock)
    proofs = ProofService(keys.proofs, clock)
    events = EventService(database, accounts, clock)
    validation = ProfileValidation(profile)
    passkeys = Passkeys(url, profile.short_name.fr)
    notices = NoticeService(database, accounts, proofs, keys.proofs, profile, url)
    return Core(
        accounts=accounts,
        proofs=proofs,
        events=events,
        notices=notices,
        profiles=ProfileService(
            database, accounts, events, validation, keys.index, profile.zone, clock
        ),
        passwords=PasswordService(database, base.seal, base.hashing, _policy(base), clock),
        passkeys=passkeys,
        checks=FactorVerification(accounts, passkeys, keys.index, clock),
        throttle=SignInThrottle(base.redis, keys.index, clock),
        ends=SessionEnds(base.redis),
        journal=SignInJournal(database, accounts, events, clock),
        linking=Linking(accounts, events, notices, keys.index, clock),
    )


def _policy(base: Foundation) -> PasswordPolicy:
    file = base.settings.breached_passwords_file
    words = (*PORTAL_WORDS, base.profile.seat.city)
    return PasswordPolicy(words, BreachedFile(file) if file is not None else None)
