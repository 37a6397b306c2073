"""Composition root: what the service is made of, and in which order it opens and closes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from authority.profile import AuthorityProfile, load_profile
from chassis.application import CLOCK, HEALTH, build_service
from chassis.blobs import BlobStore
from chassis.caller import CallerSigner, SignatureChecker, load_private_key, load_public_keys
from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock, IdSource
from chassis.database import Database
from chassis.http_client import ClientSession, ServiceClient, open_session
from chassis.keyring import Keyring
from services.procedures.acknowledgements.service import AcknowledgementService
from services.procedures.amendments.service import AmendmentService
from services.procedures.cashier import CASHIER, Cashier, build_cashier
from services.procedures.catalogue.handlers import CATALOGUE
from services.procedures.catalogue.service import CatalogueService
from services.procedures.catalogue.state_handlers import STATES
from services.procedures.catalogue.states import ProcedureStates
from services.procedures.declarations.legal import fetch_declaration
from services.procedures.declarations.service import DeclarationService
from services.procedures.documents.clamav import ClamavScanner
from services.procedures.documents.service import DocumentService
from services.procedures.documents.upkeep import DocumentUpkeep
from services.procedures.dossiers.reader import DossierReader
from services.procedures.drafts.service import DraftService
from services.procedures.editing.approval import ApprovalService
from services.procedures.editing.checking import SourceChecker
from services.procedures.editing.handlers import EDITING, EditingRoom
from services.procedures.editing.keeping import DraftKeeper
from services.procedures.editing.preview import Previewer
from services.procedures.editing.repository import DraftRepository as DefinitionDrafts
from services.procedures.editing.service import EditingService
from services.procedures.filing.service import FilingService
from services.procedures.holdings.handlers import HOLDINGS
from services.procedures.holdings.service import HoldingsService
from services.procedures.office import OFFICE, Office, build_office, build_reception
from services.procedures.parts import (
    ACKNOWLEDGEMENTS,
    AMENDMENTS,
    DECLARATIONS,
    DOCUMENTS,
    DOSSIERS,
    FILING,
    RENEWALS,
    REQUESTS,
    RESUMPTIONS,
)
from services.procedures.problems import PROBLEMS
from services.procedures.renewals.service import RenewalService
from services.procedures.requests.sealing import RequestSeal
from services.procedures.requests.service import RequestService
from services.procedures.requests.terms import TermsReceipts
from services.procedures.resumptions.service import ResumptionService
from services.procedures.routes import ROUTES
from services.procedures.settings import Settings

SERVICE = "procedures"
MAX_UPLOAD_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Parts:
    """The use cases of the service, ready; the worker uses the same."""

    database: Database
    catalogue: CatalogueService
    requests: RequestService
    documents: DocumentService
    drafts: DraftService
    renewals: RenewalService
    resumptions: ResumptionService
    holdings: HoldingsService
    upkeep: DocumentUpkeep
    declarations: DeclarationService
    filing: FilingService
    acknowledgements: AcknowledgementService
    dossiers: DossierReader
    office: Office
    cashier: Cashier
    legal: ServiceClient


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock) -> AsyncIterator[Parts]:
    """Open the database, the blob store and the client, and build the use cases on them."""
    database = await Database.open(settings.database_url)
    session = open_session()
    try:
        yield _parts(settings, clock, database, session)
    finally:
        await session.close()
        await database.close()


def _others(settings: Settings, clock: Clock, session: ClientSession) -> dict[str, ServiceClient]:
    """Return the clients of the other services, each with a circuit breaker of its own."""
    key = load_private_key(settings.process.private_key_file)
    signer = CallerSigner(SERVICE, key, clock)
    urls = {"legal": settings.legal_url, "identity": settings.identity_url}
    return {
        name: ServiceClient(session, name, url, signer, CircuitBreaker(clock))
        for name, url in urls.items()
    }


def _resumptions(settings: Settings, requests: RequestService) -> ResumptionService:
    return ResumptionService(requests, IdSource(), settings.tracking_key, settings.public_url)


def _requests(
    settings: Settings, clock: Clock, database: Database, receipts: TermsReceipts
) -> RequestService:
    profile: AuthorityProfile = load_profile(settings.authority_folder)
    catalogue = CatalogueService(database, profile, clock)
    seal = RequestSeal(Keyring(settings.master_key))
    return RequestService(database, catalogue, seal, receipts, profile, clock)


def _parts(settings: Settings, clock: Clock, database: Database, session: ClientSession) -> Parts:
    others = _others(settings, clock, session)
    keys = load_public_keys(settings.process.public_keys_folder)
    receipts = TermsReceipts(SignatureChecker(SERVICE, keys, clock))
    requests = _requests(settings, clock, database, receipts)
    blobs = BlobStore.open(settings.blobs_url)
    scanner = ClamavScanner(settings.clamav_url) if settings.clamav_url else None
    documents = DocumentService(requests, blobs, IdSource(), scanner)
    upkeep = DocumentUpkeep(requests, blobs, scanner)
    resumptions = _resumptions(settings, requests)
    drafts = DraftService(requests, blobs, upkeep, resumptions, settings.public_url)
    declarations = DeclarationService(database, partial(fetch_declaration, others["legal"]), clock)
    reception = build_reception(requests, settings)
    filing = FilingService(
        requests, documents, declarations, settings.tracking_key, reception.on_filed
    )
    dossiers = DossierReader(requests, documents, filing)
    acknowledgements = AcknowledgementService(requests, documents, filing, declarations)
    return Parts(
        database,
        requests.catalogue,
        requests,
        documents,
        drafts,
        RenewalService(requests, receipts),
        resumptions,
        HoldingsService(requests, dossiers, drafts),
        upkeep,
        declarations,
        filing,
        acknowledgements,
        dossiers,
        build_office(reception, documents, dossiers, blobs, settings, others["identity"]),
        build_cashier(requests, receipts, session, settings),
        others["legal"],
    )


def _editing_room(settings: Settings, parts: Parts, clock: Clock) -> EditingRoom:
    checker = SourceChecker(settings.authority_folder, parts.catalogue.profile)
    keeper = DraftKeeper(parts.database, parts.catalogue, checker, clock, DefinitionDrafts())
    previewer = Previewer(parts.catalogue.profile, clock)
    return EditingRoom(keeper, EditingService(keeper), ApprovalService(keeper), previewer)


def build_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """Build the service's application."""

    async def open_all(application: web.Application) -> AsyncIterator[None]:
        async with open_parts(settings, application[CLOCK]) as parts:
            application[CATALOGUE] = parts.catalogue
            application[STATES] = ProcedureStates(
                parts.database, parts.catalogue, application[CLOCK]
            )
            application[EDITING] = _editing_room(settings, parts, application[CLOCK])
            application[REQUESTS] = parts.requests
            application[DOCUMENTS] = parts.documents
            application[DECLARATIONS] = parts.declarations
            application[FILING] = parts.filing
            application[AMENDMENTS] = AmendmentService(parts.requests, parts.documents)
            application[ACKNOWLEDGEMENTS] = parts.acknowledgements
            application[DOSSIERS] = parts.dossiers
            application[RENEWALS] = parts.renewals
            application[RESUMPTIONS] = parts.resumptions
            application[HOLDINGS] = parts.holdings
            application[OFFICE] = parts.office
            application[CASHIER] = parts.cashier
            health = application[HEALTH]
            health.essential["database"] = parts.database.check
            health.others["legal"] = parts.legal.check
            yield

    return build_service(
        SERVICE,
        settings.process,
        ROUTES,
        PROBLEMS,
        [open_all],
        clock=clock,
        max_bytes=MAX_UPLOAD_BYTES,
    )
