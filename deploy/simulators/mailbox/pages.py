"""What a browser is shown: the list of mails, and one mail."""

from pathlib import Path

from aiohttp import web

from deploy.simulators.mailbox.links import with_links
from deploy.simulators.mailbox.message import Message, Summary
from deploy.simulators.mailbox.store import MailStore
from deploy.simulators.site import Templates

PAGE_LENGTH = 50
_FOLDER = Path(__file__).parent / "templates"
# the part that the sender wrote in HTML may have colours, and nothing that acts or calls out
_HTML_PART_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class MailPages:
    """Server-rendered pages on the mails of `store`; no script anywhere."""

    def __init__(self, store: MailStore) -> None:
        self._store = store
        self.templates = Templates(_FOLDER, "mailbox.css")
        self.templates.environment.filters["with_links"] = with_links

    async def show_list(self, request: web.Request) -> web.Response:
        """GET /[?to=address][&before=number]: the newest mails, the newest first."""
        to = request.query.get("to", "").strip()
        before = request.query.get("before", "")
        mails = self._store.list_newest(to or None)
        if before.isascii() and before.isdigit():
            mails = [mail for mail in mails if mail.id < int(before)]
        return self.templates.page(
            "list.html", mails=mails[:PAGE_LENGTH], to=to, older=_older(mails)
        )

    async def show_message(self, request: web.Request) -> web.Response:
        """GET /messages/{id}: one mail."""
        return self.templates.page("message.html", mail=_find(self._store, request))

    async def show_html_part(self, request: web.Request) -> web.Response:
        """GET /messages/{id}/html: the HTML part alone, for the sandboxed frame."""
        html = _find(self._store, request).html
        if html is None:
            raise web.HTTPNotFound(text="This mail has no HTML part.")
        return web.Response(
            text=html,
            content_type="text/html",
            headers={"Content-Security-Policy": _HTML_PART_POLICY},
        )


def _older(mails: list[Summary]) -> int | None:
    return mails[PAGE_LENGTH - 1].id if len(mails) > PAGE_LENGTH else None


def _find(store: MailStore, request: web.Request) -> Message:
    mail = store.find(int(request.match_info["id"]))
    if mail is None:
        raise web.HTTPNotFound(text="No such mail.")
    return mail
