"""The parts of the running service, by typed key."""

from aiohttp import web

from services.legal.acceptances.service import AcceptanceService
from services.legal.documents.service import DocumentService

DOCUMENTS = web.AppKey("documents", DocumentService)
ACCEPTANCES = web.AppKey("acceptances", AcceptanceService)
