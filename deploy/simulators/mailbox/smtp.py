"""The SMTP side: accepts every mail for everybody and delivers it nowhere but here."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.simulators.mailbox.store import MailStore


class MailReceiver:
    """Puts what the SMTP server receives in the store."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    # the name is the one that aiosmtpd looks for
    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail; the answer goes to the sender, who tries again after a 4xx."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            number = self._store.add(list(envelope.rcpt_tos), content)
        except OSError as error:
            return f"451 cannot keep the mail: {error.strerror}"
        return f"250 kept as {number}"


class SmtpServer:
    """An SMTP server that lives as long as the web application."""

    def __init__(self, store: MailStore, host: str, port: int) -> None:
        self._receiver = MailReceiver(store)
        self._host = host
        self._port = port

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        """Listen until the application stops (an aiohttp cleanup context)."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._protocol, self._host, self._port)
        yield
        server.close()
        await server.wait_closed()

    def _protocol(self) -> SMTP:
        # the name is given, lest every connection looks this machine's up
        return SMTP(
            self._receiver,
            hostname="localhost",
            ident="Parvis mailbox",
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )
