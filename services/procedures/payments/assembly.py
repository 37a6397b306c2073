"""The use cases of payments, built on one database and one address of the DGFiP."""

from dataclasses import dataclass

from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock
from chassis.database import Database
from chassis.http_client import ClientSession
from chassis.keyring import Keyring
from services.procedures.catalogue.service import CatalogueService
from services.procedures.partners.service import DisclosureJournal
from services.procedures.payments.following import Following
from services.procedures.payments.opening import Opening
from services.procedures.payments.ordering import Ordering
from services.procedures.payments.payfip import PayFip
from services.procedures.payments.regie import accepted_saisies
from services.procedures.payments.returning import Returning
from services.procedures.payments.sealing import PayerSeal, ReturnTokens
from services.procedures.payments.service import PaymentService
from services.procedures.payments.settling import Settling
from services.procedures.payments.starting import Starting
from services.procedures.requests.terms import TermsReceipts


@dataclass(frozen=True)
class PaymentKeys:
    """What the portal is here: its environment, its address, the DGFiP's, and its secrets."""

    environment: str
    public_url: str
    provider_url: str
    master_key: bytes
    token_key: bytes


@dataclass(frozen=True)
class Payments:
    """The use cases of payments."""

    seal: PayerSeal
    payfip: PayFip
    settling: Settling
    opening: Opening
    starting: Starting
    returning: Returning
    following: Following
    service: PaymentService


def build_payments(
    database: Database,
    catalogue: CatalogueService,
    receipts: TermsReceipts,
    session: ClientSession,
    clock: Clock,
    keys: PaymentKeys,
) -> Payments:
    """Build them; `session` is the process's own."""
    seal = PayerSeal(Keyring(keys.master_key))
    payfip = PayFip(session, keys.provider_url, CircuitBreaker(clock))
    settling = Settling(database, seal, clock, accepted_saisies(keys.environment))
    opening = Opening(database, catalogue, seal, receipts, clock)
    ordering = Ordering(keys.public_url, keys.provider_url, ReturnTokens(keys.token_key))
    starting = Starting(settling, payfip, ordering, seal, DisclosureJournal(clock))
    returning = Returning(settling, payfip)
    service = PaymentService(opening, settling, starting, returning, payfip)
    following = Following(settling, payfip)
    return Payments(seal, payfip, settling, opening, starting, returning, following, service)
