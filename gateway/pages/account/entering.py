"""What every sign-in ends with, whatever it began with: the second step, or the account."""

from typing import Any

from aiohttp import web

from gateway.errors import PARKED
from gateway.pages.account.device import describe_device
from gateway.responses import local_path, redirect
from gateway.visits import session_of, sign_in, visit_of

STEP = "second_step"
FEDERATION = "federation"
ACCOUNT = "/compte"
RESUME = "/reprise"
SECOND_STEP = "/connexion/verification"


async def enter(
    request: web.Request,
    answer: dict[str, Any],
    return_to: str,
    federation: dict[str, str] | None = None,
) -> web.Response:
    """Sign in, or ask for the second step first; typing that waited comes before `return_to`.

    `federation` is the identity that came in, and the token that ends the provider's session.
    """
    session = await session_of(request)
    if "second_step" in answer:
        step = {**answer["second_step"], "return_to": return_to, FEDERATION: federation}
        session.put(STEP, step)
        return redirect(SECOND_STEP)
    sign_in(request, session, {k: v for k, v in answer.items() if k != "newly_linked"})
    session.put("device", describe_device(request.headers.get("User-Agent", "")))
    session.pop(FEDERATION)
    if federation is not None:
        session.put(FEDERATION, federation)
    if answer.get("newly_linked"):
        _ = visit_of(request).gettext
        text = _(
            "Votre identité est maintenant liée au compte « %s ». Ce n’est pas votre compte ? "
            "Dites-le dans « Connexions et sécurité »."
        )
        session.flash("success", text % answer["identifier"])
    if session.get(PARKED):
        return redirect(RESUME)
    return redirect(local_path(return_to, "") or ACCOUNT)
