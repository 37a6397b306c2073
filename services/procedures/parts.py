"""The parts of the running service, by typed key."""

from aiohttp import web

from services.procedures.acknowledgements.service import AcknowledgementService
from services.procedures.amendments.service import AmendmentService
from services.procedures.declarations.service import DeclarationService
from services.procedures.documents.service import DocumentService
from services.procedures.dossiers.reader import DossierReader
from services.procedures.filing.service import FilingService
from services.procedures.renewals.service import RenewalService
from services.procedures.requests.service import RequestService
from services.procedures.resumptions.service import ResumptionService

RENEWALS = web.AppKey("renewals", RenewalService)
RESUMPTIONS = web.AppKey("resumptions", ResumptionService)
REQUESTS = web.AppKey("requests", RequestService)
DOCUMENTS = web.AppKey("documents", DocumentService)
AMENDMENTS = web.AppKey("amendments", AmendmentService)
DECLARATIONS = web.AppKey("declarations", DeclarationService)
FILING = web.AppKey("filing", FilingService)
DOSSIERS = web.AppKey("dossiers", DossierReader)
ACKNOWLEDGEMENTS = web.AppKey("acknowledgements", AcknowledgementService)
