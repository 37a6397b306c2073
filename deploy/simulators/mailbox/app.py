"""Composition of the mailbox: store, SMTP server, pages, API."""

from aiohttp import web
from aiohttp.typedefs import Handler

from deploy.simulators.mailbox.api import MailApi
from deploy.simulators.mailbox.pages import MailPages
from deploy.simulators.mailbox.smtp import SmtpServer
from deploy.simulators.mailbox.store import MailStore

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
# a foreign site that makes its name point here would send its own name
_HOSTS = {"127.0.0.1", "localhost"}


def build_app(store: MailStore, host: str, smtp_port: int) -> web.Application:
    """Return the web application, which runs the SMTP server beside it."""
    app = web.Application(middlewares=[_protect])
    app.cleanup_ctx.append(SmtpServer(store, host, smtp_port).run)
    pages, api = MailPages(store), MailApi(store)
    app.router.add_routes(
        [
            web.get("/", pages.show_list),
            web.get("/mailbox.css", pages.show_style),
            web.get(r"/messages/{id:\d{1,12}}", pages.show_message),
            web.get(r"/messages/{id:\d{1,12}}/html", pages.show_html_part),
            web.get("/api/messages", api.list_messages),
            web.delete("/api/messages", api.clear),
            web.get(r"/api/messages/{id:\d{1,12}}", api.show_message),
            web.get(
                r"/api/messages/{id:\d{1,12}}/attachments/{number:\d{1,4}}", api.show_attachment
            ),
            web.get("/health/ready", _show_ready),
        ]
    )
    return app


@web.middleware
async def _protect(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign host names and give every answer the protecting headers."""
    if request.url.host not in _HOSTS:
        raise web.HTTPForbidden(text="Ask for 127.0.0.1 or localhost.")
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(_HEADERS)
        raise
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _show_ready(_request: web.Request) -> web.Response:
    # the SMTP server listens before the first request is taken
    return web.json_response({"status": "up"})
