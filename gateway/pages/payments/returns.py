"""Coming back from the DGFiP, and its notifications: any method, any spelling, no session.

Nothing that comes is believed: procedures looks the payment up before anything is shown. Both
addresses always answer 200 with HTML, as the protocol asks.
"""

from aiohttp import web

from chassis.http_client import Call, ServiceProblem, ServiceUnavailable
from gateway.forms import FormRefused, read_fields
from gateway.parts import LIMITS, SERVICES
from gateway.rate_limits import TooManyRequests
from gateway.responses import HTML, show_page
from gateway.visits import visit_of

MAX_PAIRS = 60
MAX_TEXT = 400
TEMPLATE = "payments/return.html"


async def come_back(request: web.Request) -> web.Response:
    """GET or POST /paiements/retour/{token}."""
    body = {
        "token": request.match_info["token"][:200],
        "pairs": await _pairs(request),
        "language": visit_of(request).language,
    }
    call = Call("POST", "/payment-returns", json=body, repeatable=True)
    payment = None
    try:
        await request.app[LIMITS].spend("return", visit_of(request).address)
        payment = (await request.app[SERVICES].procedures.send(call)).json()
        state = str(payment["state"])
    except (ServiceUnavailable, TooManyRequests):
        state = "checking"
    except ServiceProblem:
        state = "not-recognised"
    session = visit_of(request).session
    own = payment is not None and session is not None and session.key_of(payment["id"])
    return await show_page(
        request,
        TEMPLATE,
        payment=payment,
        state=state,
        own_url=f"/paiements/{payment['id']}" if own and payment is not None else "",
    )


async def take_notification(request: web.Request) -> web.Response:
    """GET or POST /paiements/notifications: repeated or forged, it does no harm.

    Nothing is lost when it cannot be passed on: open payments are followed anyway.
    """
    call = Call("POST", "/payment-notifications", json={"pairs": await _pairs(request)})
    try:
        await request.app[LIMITS].spend("notification", visit_of(request).address)
        await request.app[SERVICES].procedures.send(call)
    except (ServiceUnavailable, ServiceProblem, TooManyRequests):
        pass
    return web.Response(text="<!DOCTYPE html><title>OK</title>OK", content_type=HTML)


async def _pairs(request: web.Request) -> list[list[str]]:
    """Return what was sent, names and texts in their order; a doubled name stays doubled."""
    pairs = list(request.query.items())
    if request.method == "POST":
        try:
            form = await read_fields(request)
        except (FormRefused, web.HTTPRequestEntityTooLarge):
            form = None
        pairs += [(k, v) for k, v in form.items() if isinstance(v, str)] if form else []
    return [[name[:MAX_TEXT], text[:MAX_TEXT]] for name, text in pairs[:MAX_PAIRS]]


# the DGFiP's browser and server have neither session nor token of a form
come_back.called_by_partners = True  # type: ignore[attr-defined]
take_notification.called_by_partners = True  # type: ignore[attr-defined]
