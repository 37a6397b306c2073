"""Composition of the mailbox: store, SMTP server, pages, API."""

from aiohttp import web

from deploy.simulators.mailbox.api import MailApi
from deploy.simulators.mailbox.pages import MailPages
from deploy.simulators.mailbox.smtp import SmtpServer
from deploy.simulators.mailbox.store import MailStore
from deploy.simulators.site import build_site

_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)


def build_app(store: MailStore, host: str, smtp_port: int) -> web.Application:
    """Return the web application, which runs the SMTP server beside it."""
    pages, api = MailPages(store), MailApi(store)
    app = build_site(
        [
            web.get("/", pages.show_list),
            web.get("/mailbox.css", pages.templates.show_style),
            web.get(r"/messages/{id:\d{1,12}}", pages.show_message),
            web.get(r"/messages/{id:\d{1,12}}/html", pages.show_html_part),
            web.get("/api/messages", api.list_messages),
            web.delete("/api/messages", api.clear),
            web.get(r"/api/messages/{id:\d{1,12}}", api.show_message),
            web.get(
                r"/api/messages/{id:\d{1,12}}/attachments/{number:\d{1,4}}", api.show_attachment
            ),
        ],
        _POLICY,
    )
    # it listens before the first request is taken
    app.cleanup_ctx.append(SmtpServer(store, host, smtp_port).run)
    return app
