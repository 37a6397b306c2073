"""The same mails as JSON, for tests and tools."""

from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from aiohttp import web

from deploy.simulators.mailbox.message import Message
from deploy.simulators.mailbox.store import MailStore


class MailApi:
    """JSON addresses on the mails of `store`."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def list_messages(self, request: web.Request) -> web.Response:
        """GET /api/messages[?to=address]: {"messages": [summary]}, the newest first."""
        mails = self._store.list_newest(request.query.get("to"))
        return web.json_response({"messages": [asdict(mail) for mail in mails]})

    async def show_message(self, request: web.Request) -> web.Response:
        """GET /api/messages/{id}: summary, decoded text and html, attachments with their URL."""
        return web.json_response(_as_json(self._find(request)))

    async def show_attachment(self, request: web.Request) -> web.Response:
        """GET /api/messages/{id}/attachments/{number}: the file, numbered from 0, to download."""
        attachments = self._find(request).attachments
        number = int(request.match_info["number"])
        if number >= len(attachments):
            raise web.HTTPNotFound(text="No such attachment.")
        attachment = attachments[number]
        name = quote(attachment.name, safe="")
        return web.Response(
            body=attachment.content,
            headers={
                "Content-Type": attachment.media_type,
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            },
        )

    async def clear(self, _request: web.Request) -> web.Response:
        """DELETE /api/messages: forget them all."""
        self._store.clear()
        return web.Response(status=204)

    def _find(self, request: web.Request) -> Message:
        mail = self._store.find(int(request.match_info["id"]))
        if mail is None:
            raise web.HTTPNotFound(text="No such mail.")
        return mail


def _as_json(mail: Message) -> dict[str, Any]:
    return {
        **asdict(mail.summary),
        "text": mail.text,
        "html": mail.html,
        "attachments": [
            {
                "number": number,
                "name": attachment.name,
                "media_type": attachment.media_type,
                "size": len(attachment.content),
                "url": f"/api/messages/{mail.summary.id}/attachments/{number}",
            }
            for number, attachment in enumerate(mail.attachments)
        ],
    }
