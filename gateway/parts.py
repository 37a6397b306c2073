"""The parts of the running gateway, by typed key."""

from aiohttp import web

from authority.profile import AuthorityProfile
from chassis.caller import CallerSigner
from gateway.assets import Assets
from gateway.last_known import LastKnown
from gateway.openid.provider import OpenIdProvider
from gateway.rate_limits import RateLimits
from gateway.rendering import Renderer
from gateway.services import Services
from gateway.sessions import SessionStore
from gateway.settings import Settings

ASSETS = web.AppKey("assets", Assets)
LAST_KNOWN = web.AppKey("last_known", LastKnown)
PROVIDERS = web.AppKey("providers", dict[str, OpenIdProvider])
LIMITS = web.AppKey("limits", RateLimits)
PROFILE = web.AppKey("profile", AuthorityProfile)
RENDERER = web.AppKey("renderer", Renderer)
SERVICES = web.AppKey("services", Services)
SESSIONS = web.AppKey("sessions", SessionStore)
SIGNER = web.AppKey("signer", CallerSigner)
SETTINGS = web.AppKey("settings", Settings)
