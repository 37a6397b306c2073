"""What pages show of the identity providers that are configured."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from gateway.openid.provider import OpenIdProvider
from gateway.pages.account.entering import FEDERATION
from gateway.parts import PROVIDERS
from gateway.sessions import Session
from gateway.visits import visit_of

PENDING = "federation_choice"


def provider_of(request: web.Request) -> OpenIdProvider:
    """Return the provider of the address; raise `HTTPNotFound` when it is not configured."""
    provider = request.app[PROVIDERS].get(request.match_info["provider"])
    if provider is None:
        raise web.HTTPNotFound
    return provider


def offered(request: web.Request, *, staff: bool = False) -> dict[str, str] | None:
    """Return the provider to offer, None when it is not configured: ProConnect is for staff."""
    provider = request.app[PROVIDERS].get("proconnect" if staff else "franceconnect")
    return _view(provider) if provider is not None else None


def linkable(request: web.Request, links: Sequence[dict[str, Any]]) -> dict[str, str] | None:
    """Return the provider that the account signed in may still be linked to."""
    account = visit_of(request).account
    staff = bool(account.get("roles")) or bool(account.get("enrolment_needed"))
    found = offered(request, staff=staff)
    linked = {link["provider"] for link in links}
    return found if found is not None and found["name"] not in linked else None


def shown_links(links: Sequence[dict[str, Any]], session: Session) -> list[dict[str, Any]]:
    """Return the links with the names of their providers, configured or no longer.

    `came` says that this session began with the link's identity.
    """
    titles = {"franceconnect": "FranceConnect", "proconnect": "ProConnect"}
    came = (session.get(FEDERATION) or {}).get("provider")
    return [
        {**link, "title": titles[link["provider"]], "came": link["provider"] == came}
        for link in links
    ]


def _view(provider: OpenIdProvider) -> dict[str, str]:
    settings = provider.settings
    return {"name": settings.name, "title": settings.title, "about_url": settings.about_url}
