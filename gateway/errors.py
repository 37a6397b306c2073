"""When something fails: a page that says what happened, what was kept, and what to do next.

A form that could not be handled comes back with its typing, ready to be sent again (SES-03).
"""

import asyncio
from contextlib import suppress
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from chassis.http_client import ServiceProblem, ServiceUnavailable
from chassis.logs import current_request_id
from gateway.csrf import UNSAFE, ForeignOrigin, FormExpired
from gateway.forms import FORM, FormRefused, kept_fields, read_fields, read_form, text_of
from gateway.i18n import choose_language
from gateway.parts import PROFILE, RENDERER, SETTINGS
from gateway.rate_limits import TooManyRequests
from gateway.responses import HTML, show_page
from gateway.visits import VISIT, SessionsUnavailable, Visit, session_of, visit_of

RETRY_SECONDS = "10"
EXPIRED_PAGE = "errors/expired.html"
PARKED = "parked"
# what a service refused -> what a person is told: what was sent is not what a form of ours sends
TOLD = {400: 400, 403: 403, 409: 409, 413: 413, 422: 400, 429: 429}
JSON = "application/json"

log = structlog.get_logger()


@web.middleware
async def show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what a page raised into a page; runs inside the visit, so that it has a session."""
    try:
        return await handler(request)
    except FormExpired as error:
        return await _show_expired(request, error.reason)
    except ServiceUnavailable as error:
        return await _show_outage(request, error)
    except ServiceProblem as error:
        return await _show_problem(request, error)
    except TooManyRequests as error:
        return await _show_delay(request, error.retry_after)
    except ForeignOrigin:
        return await show_error(request, 403)
    except FormRefused:
        return await show_error(request, 400)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return await show_error(request, error.status)


@web.middleware
async def last_resort(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer when even the error page failed, or when no session can be read."""
    try:
        return await handler(request)
    except asyncio.CancelledError:
        raise
    except SessionsUnavailable:
        return await _without_session(request)
    except web.HTTPException:
        raise
    except Exception:
        log.exception("unexpected failure")
        return await _last_page(request)


async def show_error(request: web.Request, status: int, **more: Any) -> web.Response:
    """Show the error page of a status; `more` goes to the template (docs/design-system.md)."""
    return await show_page(
        request, "errors/error.html", status=status, request_id=current_request_id(), **more
    )


async def show_kept_form(
    request: web.Request, reason: str, status: int, action: str, kept: list[dict[str, Any]]
) -> web.Response:
    """Show a form's typing with a button that sends it again."""
    return await show_page(
        request, EXPIRED_PAGE, status=status, form=True, reason=reason, action=action, kept=kept
    )


async def _show_expired(request: web.Request, reason: str) -> web.Response:
    """Keep the typing of a form whose session or token is gone.

    No cookie at all where one was just given: the browser refuses them (SES-01).
    """
    visit = visit_of(request)
    if request.headers.get("Accept") == JSON:
        # a script, not a person: the form itself, sent next, must still find its session gone
        return web.json_response({"reason": reason}, status=403)
    fields = request[FORM]
    kept = kept_fields(fields)
    typed = any(field["shown"] for field in kept)
    if not visit.cookie and (not typed or text_of(fields, "again")):
        return await show_page(
            request, "errors/cookies.html", status=403, form=True, return_to=_page_of(request)
        )
    if reason == "session" and _belongs_to_an_account(request):
        session = await session_of(request)
        session.put(PARKED, {"action": request.path, "kept": kept})
        reason = "account"
    return await show_kept_form(request, reason, 403, request.path, kept)


async def _show_outage(request: web.Request, error: ServiceUnavailable) -> web.Response:
    log.warning("page without its service", service=error.service)
    if request.method in UNSAFE and FORM in request:
        kept = kept_fields(request[FORM])
        if any(field["shown"] for field in kept):
            response = await show_kept_form(request, "outage", 503, request.path, kept)
            response.headers["Retry-After"] = RETRY_SECONDS
            return response
    _ = visit_of(request).gettext
    response = await show_error(
        request, 503, actions=[{"label": _("Réessayer"), "url": _page_of(request)}]
    )
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


async def _show_problem(request: web.Request, error: ServiceProblem) -> web.Response:
    if error.status in (404, 410):
        return await show_error(request, 404)
    log.warning("service refused", service=error.service, status=error.status, code=error.code)
    return await show_error(request, TOLD.get(error.status, 500))


async def _show_delay(request: web.Request, retry_after: int) -> web.Response:
    # the limit on all forms is spent before the form is read; a file would be lost anyway
    kept = None
    if request.method in UNSAFE and request.content_type != "multipart/form-data":
        with suppress(FormRefused, web.HTTPRequestEntityTooLarge):
            kept = kept_fields(await read_form(request))
    if kept is not None:
        response = await show_kept_form(request, "delay", 429, request.path, kept)
    else:
        response = await show_error(request, 429, retry_after=retry_after)
    response.headers["Retry-After"] = str(retry_after)
    return response


def _belongs_to_an_account(request: web.Request) -> bool:
    """A request's form without its key can only be sent again by the account that owns it."""
    return request.path.startswith("/dossiers/") and not text_of(request[FORM], "request_key")


def _page_of(request: web.Request) -> str:
    return request.path_qs if request.method == "GET" else request.path


async def _without_session(request: web.Request) -> web.Response:
    """Show the typing with the token that it came with: it works again once Redis does."""
    kept, token = [], ""
    with suppress(FormRefused, web.HTTPRequestEntityTooLarge):
        fields = await read_fields(request)
        kept, token = kept_fields(fields), text_of(fields, "csrf_token")
    language, _chosen = choose_language("", "", request.headers.get("Accept-Language", ""))
    request[VISIT] = Visit(language, "", "")
    return await show_page(
        request,
        EXPIRED_PAGE,
        status=503,
        reason="outage",
        action=request.path,
        kept=kept,
        csrf_token=token,
    )


async def _last_page(request: web.Request) -> web.Response:
    profile = request.app[PROFILE]
    html = request.app[RENDERER].render(
        "errors/last_resort.html",
        "fr",
        {
            "authority_name": profile.name.in_language("fr"),
            "telephone": profile.telephone,
            "request_id": current_request_id(),
            "public_url": request.app[SETTINGS].public_url,
        },
    )
    return web.Response(text=html, content_type=HTML, status=500)
