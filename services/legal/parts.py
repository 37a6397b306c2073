"""The parts of the running service, by typed key."""

from aiohttp import web

from chassis.application import CLOCK as CLOCK
from services.legal.acceptances.service import AcceptanceService
from services.legal.documents.publishing import PublicationService
from services.legal.documents.service import DocumentService
from services.legal.drafts.service import DraftService
from services.legal.feedback.service import FeedbackService
from services.legal.heads.service import HeadService

DOCUMENTS = web.AppKey("documents", DocumentService)
PUBLICATIONS = web.AppKey("publications", PublicationService)
ACCEPTANCES = web.AppKey("acceptances", AcceptanceService)
DRAFTS = web.AppKey("drafts", DraftService)
HEADS = web.AppKey("heads", HeadService)
FEEDBACK = web.AppKey("feedback", FeedbackService)
