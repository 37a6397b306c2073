"""Composition root: what the gateway is made of, and in which order it opens and closes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web
from redis.asyncio import BlockingConnectionPool, Redis

from authority.profile import AuthorityProfile, load_profile
from chassis.application import CLOCK, HEALTH, build_application
from chassis.caller import CallerSigner, load_private_key
from chassis.clock import Clock
from chassis.http_client import open_session
from chassis.logs import request_id_middleware
from chassis.metrics import measure
from chassis.traces import trace_middleware
from gateway.assets import FOLDER, Assets
from gateway.crowd import keep_door, open_door
from gateway.csrf import check_form
from gateway.errors import last_resort, show_errors
from gateway.forms import MAX_UPLOAD_BYTES
from gateway.headers import add_headers
from gateway.last_known import LastKnown
from gateway.one_name import lead_to_name
from gateway.openid.provider import OpenIdProvider
from gateway.parts import (
    ASSETS,
    LAST_KNOWN,
    LIMITS,
    PROFILE,
    PROVIDERS,
    RENDERER,
    SERVICES,
    SESSIONS,
    SETTINGS,
    SIGNER,
)
from gateway.publications import follow_publications
from gateway.rate_limits import RateLimits
from gateway.rendering import Renderer
from gateway.routes import register_pages
from gateway.services import build_services, stop_watching
from gateway.session_ends import follow_session_ends
from gateway.sessions import SessionStore
from gateway.settings import Settings
from gateway.theme import theme_stylesheet
from gateway.visits import open_visit

NAME = "gateway"
REDIS_CONNECTIONS = 50
REDIS_SECONDS = 2.0

# the outermost first
MIDDLEWARES = (
    request_id_middleware(trust_inbound=False),
    trace_middleware,
    measure,
    add_headers,
    lead_to_name,
    last_resort,
    keep_door,
    open_visit,
    show_errors,
    check_form,
)


def build_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """Build the gateway's application."""
    profile = load_profile(settings.authority_folder)
    application = build_application(
        NAME, MIDDLEWARES, [_open_all], clock=clock or Clock(), max_bytes=MAX_UPLOAD_BYTES
    )
    assets = Assets(_theme(profile))
    application[SETTINGS] = settings
    application[PROFILE] = profile
    application[ASSETS] = assets
    application[RENDERER] = Renderer(profile, assets)
    application[LAST_KNOWN] = LastKnown(application[CLOCK])
    open_door(application)
    register_pages(application)
    return application


async def _open_all(application: web.Application) -> AsyncIterator[None]:
    settings, clock = application[SETTINGS], application[CLOCK]
    pool = BlockingConnectionPool.from_url(
        settings.redis_url,
        max_connections=REDIS_CONNECTIONS,
        timeout=REDIS_SECONDS,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
    session = open_session()
    signer = CallerSigner(NAME, load_private_key(settings.process.private_key_file), clock)
    services = build_services(settings, session, signer, clock)
    async with Redis.from_pool(pool) as redis:
        application[SERVICES] = services
        application[SIGNER] = signer
        application[PROVIDERS] = {
            name: OpenIdProvider(one, session, settings.public_url, clock)
            for name, one in settings.providers.items()
        }
        application[SESSIONS] = SessionStore(
            redis,
            settings.session_key,
            clock,
            idle_seconds=settings.idle_minutes * 60,
            absolute_seconds=settings.absolute_hours * 3600,
        )
        application[LIMITS] = RateLimits(settings.redis_url, pool, settings.session_key)
        health = application[HEALTH]
        health.essential["redis"] = lambda: _check_redis(redis)
        health.others |= {client.service: client.check for client in services.all()}
        watch = asyncio.create_task(services.watch())
        news = asyncio.create_task(follow_publications(redis, application[LAST_KNOWN]))
        ends = asyncio.create_task(follow_session_ends(redis, application[SESSIONS]))
        try:
            yield
        finally:
            await stop_watching(watch)
            await stop_watching(news)
            await stop_watching(ends)
            await session.close()


async def _check_redis(redis: Redis) -> Mapping[str, Any]:
    await redis.ping()
    return {}


def _theme(profile: AuthorityProfile) -> str:
    if not (profile.theme.light or profile.theme.dark):
        return ""
    tokens = (FOLDER / "css" / "tokens.css").read_text(encoding="utf-8")
    return theme_stylesheet(tokens, profile.theme.light, profile.theme.dark)
