"""Composition root: what the service is made of, and in which order it opens and closes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from authority.profile import AuthorityProfile, load_profile
from chassis.application import CLOCK, HEALTH, build_service
from chassis.caller import CallerSigner, SignatureChecker, load_private_key, load_public_keys
from chassis.clock import Clock
from chassis.database import Database
from chassis.keyring import Keyring
from services.legal.acceptances.service import AcceptanceService
from services.legal.documents.news import PublicationNews
from services.legal.documents.publishing import PublicationService
from services.legal.documents.service import DocumentService
from services.legal.drafts.service import DraftService
from services.legal.feedback.service import FeedbackService
from services.legal.heads.service import HeadService
from services.legal.parts import ACCEPTANCES, DOCUMENTS, DRAFTS, FEEDBACK, HEADS, PUBLICATIONS
from services.legal.problems import PROBLEMS
from services.legal.routes import ROUTES
from services.legal.settings import Settings

SERVICE = "legal"


@dataclass(frozen=True)
class Parts:
    """The use cases of the service, ready; the worker and the commands use the same."""

    profile: AuthorityProfile
    database: Database
    news: PublicationNews
    documents: DocumentService
    publications: PublicationService
    drafts: DraftService
    acceptances: AcceptanceService
    heads: HeadService
    feedback: FeedbackService


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock) -> AsyncIterator[Parts]:
    """Open the database and Redis, and build the use cases on them."""
    database = await Database.open(settings.database_url)
    news = PublicationNews(settings.redis_url)
    try:
        yield _parts(settings, clock, database, news)
    finally:
        await news.close()
        await database.close()


def _parts(settings: Settings, clock: Clock, database: Database, news: PublicationNews) -> Parts:
    profile = load_profile(settings.authority_folder)
    signer = CallerSigner(SERVICE, load_private_key(settings.process.private_key_file), clock)
    checker = SignatureChecker(
        SERVICE, load_public_keys(settings.process.public_keys_folder), clock
    )
    keyring = Keyring(settings.master_key)
    documents = DocumentService(database, clock, profile.zone)
    publications = PublicationService(database, clock, news)
    return Parts(
        profile=profile,
        database=database,
        news=news,
        documents=documents,
        publications=publications,
        drafts=DraftService(database, documents, publications, profile, clock),
        acceptances=AcceptanceService(database, documents, signer, clock),
        heads=HeadService(database, signer, clock),
        feedback=FeedbackService(database, keyring, checker, profile, clock),
    )


def build_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """Build the service's application."""

    async def open_all(application: web.Application) -> AsyncIterator[None]:
        async with open_parts(settings, application[CLOCK]) as parts:
            application[DOCUMENTS] = parts.documents
            application[PUBLICATIONS] = parts.publications
            application[DRAFTS] = parts.drafts
            application[ACCEPTANCES] = parts.acceptances
            application[HEADS] = parts.heads
            application[FEEDBACK] = parts.feedback
            health = application[HEALTH]
            health.essential["database"] = parts.database.check
            health.others["redis"] = parts.news.check
            yield

    return build_service(SERVICE, settings.process, ROUTES, PROBLEMS, [open_all], clock=clock)
