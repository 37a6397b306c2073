"""HTTP address of feedback."""

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import NotAllowed
from chassis.routing import BODY
from services.legal.feedback.model import Feedback
from services.legal.parts import FEEDBACK
from services.legal.staff import PORTAL


async def send_feedback(request: web.Request) -> web.Response:
    """POST /feedback: 201, whether it was just kept or already was."""
    if request[CALLER].service != PORTAL:
        raise NotAllowed("Only the gateway collects feedback.")
    body = dict(request[BODY])
    token, language = body.pop("form_token"), body.pop("language")
    stored = await request.app[FEEDBACK].receive(token, Feedback(**body), language)
    return web.json_response(
        {
            "reference": str(stored.id),
            "received_at": stored.received_at.isoformat(),
            "acknowledged_by_mail": stored.reply_wanted,
        },
        status=201,
    )
