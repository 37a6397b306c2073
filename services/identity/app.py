"""The service's application: which parts its handlers find, and its health."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web

from chassis.application import CLOCK, HEALTH, build_service
from chassis.clock import Clock
from services.identity import parts as keys
from services.identity.assembly import Parts, open_parts
from services.identity.problems import PROBLEMS
from services.identity.routes import ROUTES
from services.identity.settings import Settings

SERVICE = "identity"


def build_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """Build the service's application."""

    async def open_all(application: web.Application) -> AsyncIterator[None]:
        async with open_parts(settings, application[CLOCK]) as parts:
            _place(application, parts)
            _watch(application, parts)
            yield
            await parts.core.journal.drain()

    return build_service(SERVICE, settings.process, ROUTES, PROBLEMS, [open_all], clock=clock)


def _place(application: web.Application, parts: Parts) -> None:
    application[keys.ACCOUNTS] = parts.accounts
    application[keys.COPIES] = parts.copies
    application[keys.EMAIL_CHANGES] = parts.email_changes
    application[keys.ERASURES] = parts.erasures
    application[keys.EVENTS] = parts.core.events
    application[keys.FACTORS] = parts.factors
    application[keys.FAVOURITES] = parts.favourites
    application[keys.FEDERATIONS] = parts.federations
    application[keys.OPENINGS] = parts.openings
    application[keys.FREEZES] = parts.freezes
    application[keys.COLLEAGUES] = parts.colleagues
    application[keys.MODERATION] = parts.moderation
    application[keys.OWN_PASSWORDS] = parts.own_passwords
    application[keys.PASSWORDS] = parts.passwords
    application[keys.PROFILES] = parts.core.profiles
    application[keys.RECOVERIES] = parts.recoveries
    application[keys.REGISTRATIONS] = parts.registrations
    application[keys.RIGHTS] = parts.rights
    application[keys.SIGN_INS] = parts.sign_ins


def _watch(application: web.Application, parts: Parts) -> None:
    async def check_redis() -> Mapping[str, Any]:
        await parts.base.redis.ping()
        return {}

    health = application[HEALTH]
    health.essential |= {"database": parts.database.check, "redis": check_redis}
    health.others["passwords"] = parts.base.hashing.check
