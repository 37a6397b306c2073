"""The use cases, in order of dependence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.blobs import BlobStore
from chassis.caller import CallerSigner, load_private_key
from chassis.circuit_breaker import CircuitBreaker
from chassis.database import Database
from chassis.http_client import ServiceClient
from services.identity.accounts.lifecycle_service import LifecycleService
from services.identity.accounts.service import AccountService
from services.identity.colleagues.service import ColleagueService
from services.identity.copies.contributors import Contributors
from services.identity.copies.own_part import OwnPart
from services.identity.copies.service import CopyService
from services.identity.core import Core, Foundation, build_core
from services.identity.credentials.own import OwnPasswordService
from services.identity.credentials.service import PasswordService
from services.identity.credentials.sign_in import SignInService
from services.identity.emails.service import EmailChangeService
from services.identity.erasures.journal import ErasureJournal
from services.identity.erasures.service import ErasureService
from services.identity.favourites.service import FavouriteService
from services.identity.federations.opening import OpeningService
from services.identity.federations.service import FederationService
from services.identity.freezes.service import FreezeService
from services.identity.moderation.authority import StaffAuthority
from services.identity.moderation.service import ModerationService
from services.identity.recoveries.service import RecoveryService
from services.identity.registrations.service import RegistrationService
from services.identity.rights.service import RightsService
from services.identity.second_factors.service import SecondFactorService


@dataclass(frozen=True)
class Parts:
    """The use cases."""

    base: Foundation
    core: Core
    favourites: FavouriteService
    factors: SecondFactorService
    sign_ins: SignInService
    registrations: RegistrationService
    recoveries: RecoveryService
    own_passwords: OwnPasswordService
    email_changes: EmailChangeService
    freezes: FreezeService
    erasures: ErasureService
    rights: RightsService
    copies: CopyService
    moderation: ModerationService
    federations: FederationService
    openings: OpeningService
    colleagues: ColleagueService

    @property
    def database(self) -> Database:
        """Return the service's database."""
        return self.base.database

    @property
    def accounts(self) -> AccountService:
        """Return the accounts, on which everything is built."""
        return self.core.accounts

    @property
    def passwords(self) -> PasswordService:
        """Return the passwords."""
        return self.core.passwords


def build_parts(base: Foundation) -> Parts:
    """Build the use cases, each on those that it needs."""
    core = build_core(base)
    database, clock, zone = base.database, base.clock, base.profile.zone
    accounts, proofs, events, notices = core.accounts, core.proofs, core.events, core.notices
    favourites = FavouriteService(database, accounts)
    factors = _build_factors(base, core)
    lifecycle, staff, ends = LifecycleService(), StaffAuthority(accounts), core.ends
    contributors = _contributors(base)
    erasures = _build_erasures(base, core, lifecycle, contributors)
    rights = RightsService(
        database, accounts, lifecycle, erasures, staff, events, notices, ends, zone, clock
    )
    own = OwnPart(
        database, accounts, core.profiles, favourites, factors, core.linking, rights, events
    )
    return Parts(
        base=base,
        core=core,
        favourites=favourites,
        factors=factors,
        erasures=erasures,
        rights=rights,
        copies=CopyService(database, accounts, own, contributors, events, notices, zone, clock),
        moderation=ModerationService(
            database, accounts, staff, factors, proofs, events, notices, ends, base.profile
        ),
        colleagues=ColleagueService(database, accounts, staff),
        email_changes=EmailChangeService(database, accounts, proofs, events, notices, clock),
        freezes=FreezeService(database, accounts, proofs, events, notices, ends),
        **_build_sign_ins(base, core),
    )


def _build_sign_ins(base: Foundation, core: Core) -> Mapping[str, Any]:
    """Return what opens an account, signs in, recovers and changes a password."""
    database, accounts, passwords, proofs = (
        base.database,
        core.accounts,
        core.passwords,
        core.proofs,
    )
    events, notices, ends, linking = core.events, core.notices, core.ends, core.linking
    throttle, journal, profiles, checks = core.throttle, core.journal, core.profiles, core.checks
    sign_ins = SignInService(
        database, accounts, passwords, checks, proofs, throttle, journal, linking
    )
    recoveries = RecoveryService(
        database,
        accounts,
        passwords,
        checks,
        proofs,
        events,
        notices,
        ends,
        linking,
        base.keys.proofs,
    )
    return {
        "sign_ins": sign_ins,
        "recoveries": recoveries,
        "federations": FederationService(
            database, accounts, linking, sign_ins, passwords, proofs, journal
        ),
        "openings": OpeningService(database, accounts, linking, profiles, proofs, notices),
        "registrations": RegistrationService(
            database, accounts, passwords, proofs, events, notices
        ),
        "own_passwords": OwnPasswordService(
            database, accounts, passwords, profiles, proofs, events, notices, throttle, ends
        ),
    }


def _build_factors(base: Foundation, core: Core) -> SecondFactorService:
    return SecondFactorService(
        base.database,
        core.accounts,
        core.checks,
        core.proofs,
        core.events,
        core.notices,
        core.passkeys,
        base.keys.index,
        base.clock,
        base.profile.short_name.fr,
    )


def _build_erasures(
    base: Foundation, core: Core, lifecycle: LifecycleService, contributors: Contributors
) -> ErasureService:
    return ErasureService(
        base.database,
        core.accounts,
        lifecycle,
        core.proofs,
        core.events,
        core.notices,
        core.ends,
        ErasureJournal(BlobStore.open(base.settings.erasures_url)),
        contributors,
        base.clock,
        inactive_months=base.profile.retention.inactive_account_months,
        zone=base.profile.zone,
    )


def _contributors(base: Foundation) -> Contributors:
    """Return the clients of the services that hold something about a person."""
    key = load_private_key(base.settings.process.private_key_file)
    signer = CallerSigner("identity", key, base.clock)
    return Contributors(
        [
            ServiceClient(base.calls, name, url, signer, CircuitBreaker(base.clock))
            for name, url in base.settings.contributors.items()
        ]
    )
