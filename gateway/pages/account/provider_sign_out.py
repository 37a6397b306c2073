"""Signing out at the provider too: our session has ended before the browser leaves.

The form of the sign-out may lead to no other site (form-action): a page of ours comes in between.
"""

from aiohttp import web

from chassis.clock import IdSource, same_secret
from gateway.openid.provider import ProviderAway
from gateway.openid.tokens import AnswerRefused
from gateway.pages.account.entering import FEDERATION
from gateway.pages.account.federation_parts import provider_of
from gateway.parts import PROVIDERS
from gateway.responses import SEE_OTHER, redirect, show_page
from gateway.visits import session_of, sign_out, visit_of

LEAVING = "leaving_provider"
HOME = "/"


async def leave_provider(request: web.Request) -> str:
    """End our session; return where to go on: to the provider of the sign-in, or home."""
    session = visit_of(request).session
    federation = session.get(FEDERATION) if session is not None else None
    await sign_out(request)
    if federation is None or federation["provider"] not in request.app[PROVIDERS]:
        return HOME
    # another session, of nobody: the token never leaves the server but for the provider itself
    (await session_of(request)).put(LEAVING, {**federation, "state": IdSource().new_secret()})
    return f"/deconnexion/{federation['provider']}"


async def show_leaving(request: web.Request) -> web.Response:
    """GET /deconnexion/{provider}: goes on by itself, and by a link."""
    provider, session = provider_of(request), visit_of(request).session
    if session is None or session.get(LEAVING) is None:
        return redirect(HOME)
    leave_url = f"/deconnexion/{provider.settings.name}/aller"
    response = await show_page(
        request,
        "account/provider_sign_out.html",
        title=provider.settings.title,
        leave_url=leave_url,
    )
    response.headers["Refresh"] = f"0; url={leave_url}"
    return response


async def leave(request: web.Request) -> web.Response:
    """GET /deconnexion/{provider}/aller: to the provider's own sign-out."""
    provider, session = provider_of(request), visit_of(request).session
    leaving = session.get(LEAVING) if session is not None else None
    if session is None or leaving is None:
        return redirect(HOME)
    try:
        address = await provider.sign_out_url(leaving["id_token"], leaving["state"])
    except (ProviderAway, AnswerRefused):
        session.pop(LEAVING)
        _ = visit_of(request).gettext
        text = _("Vous êtes déconnecté de ce site. %s ne répond pas : fermez votre navigateur.")
        session.flash("warning", text % provider.settings.title)
        return redirect(HOME)
    return web.Response(status=SEE_OTHER, headers={"Location": address})


async def come_back(request: web.Request) -> web.Response:
    """GET /deconnexion/{provider}/retour?state=."""
    provider, session = provider_of(request), visit_of(request).session
    leaving = session.pop(LEAVING) if session is not None else None
    if session is None or leaving is None:
        return redirect(HOME)
    if same_secret(request.query.get("state", "").encode(), leaving["state"].encode()):
        _ = visit_of(request).gettext
        text = _("Vous êtes déconnecté, de ce site et de %s.")
        session.flash("success", text % provider.settings.title)
    return redirect(HOME)
