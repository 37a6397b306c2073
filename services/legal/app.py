"""Composition root: what the service is made of, and in which order it opens and closes."""

from collections.abc import AsyncIterator

from aiohttp import web

from chassis.application import CLOCK, HEALTH, build_service
from chassis.caller import CallerSigner, load_private_key
from chassis.clock import Clock
from chassis.database import Database
from services.legal.acceptances.service import AcceptanceService
from services.legal.documents.service import DocumentService
from services.legal.parts import ACCEPTANCES, DOCUMENTS
from services.legal.problems import PROBLEMS
from services.legal.routes import ROUTES
from services.legal.settings import Settings

SERVICE = "legal"


def build_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """Build the service's application."""

    async def open_all(application: web.Application) -> AsyncIterator[None]:
        clock = application[CLOCK]
        key = load_private_key(settings.process.private_key_file)
        database = await Database.open(settings.database_url)
        try:
            documents = DocumentService(database, clock)
            signer = CallerSigner(SERVICE, key, clock)
            application[DOCUMENTS] = documents
            application[ACCEPTANCES] = AcceptanceService(database, documents, signer, clock)
            application[HEALTH].essential["database"] = database.check
            yield
        finally:
            await database.close()

    return build_service(SERVICE, settings.process, ROUTES, PROBLEMS, [open_all], clock=clock)
