"""How "come back later" is told over HTTP: 429 with Retry-After and the seconds in the body."""

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from chassis.problems import problem_response
from services.identity.credentials.model import Delayed

DELAYED_STATUS = 429
DELAYED_TITLE = "Come back later"

Handler = Callable[[web.Request], Awaitable[web.Response]]


def telling_delays(handler: Handler) -> Handler:
    """Make a handler answer 429 when a use case raises `Delayed`."""

    @wraps(handler)
    async def handle(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except Delayed as error:
            return problem_response(
                DELAYED_STATUS,
                error.code,
                DELAYED_TITLE,
                headers={"Retry-After": str(error.retry_after)},
                extra=error.extra,
            )

    return handle
