"""The mailbox receives what is sent, shows it whatever it holds, and keeps it."""

import asyncio
import os
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest
from aiohttp.test_utils import TestClient, TestServer

from chassis.clock import Clock
from deploy.local.ports import HOST, free_port
from deploy.simulators.mailbox.app import build_app
from deploy.simulators.mailbox.links import with_links
from deploy.simulators.mailbox.store import MailStore

PDF = bytes(range(256)) * 40


class Mailbox:
    """A running mailbox: its web client, and how to send to it."""

    def __init__(self, folder: Path) -> None:
        self.smtp_port = free_port()
        app = build_app(MailStore(folder, Clock()), HOST, self.smtp_port)
        self.web = TestClient(TestServer(app, host=HOST))

    async def send(self, mail: EmailMessage | bytes, to: str = "amelie@example.org") -> None:
        await aiosmtplib.send(
            mail, sender="portail@example.org", recipients=[to], hostname=HOST, port=self.smtp_port
        )

    async def json(self, path: str) -> dict:
        async with self.web.get(path) as response:
            assert response.status == 200
            return await response.json()

    async def page(self, path: str) -> str:
        async with self.web.get(path) as response:
            assert response.status == 200
            assert "script" not in response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            return await response.text()


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    box = Mailbox(tmp_path)
    await box.web.start_server()
    yield box
    await box.web.close()


def _mail(subject: str = "Accusé de réception", text: str = "Bonjour") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Portail <portail@example.org>"
    mail["To"] = "amelie@example.org"
    mail["Subject"] = subject
    mail.set_content(text)
    return mail


async def test_it_receives_a_mail_and_gives_it_decoded(mailbox: Mailbox) -> None:
    mail = _mail(text="Votre demande n° 2026-42 est déposée.\nÀ bientôt\n")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="accusé n°1.pdf")
    await mailbox.send(mail)

    (summary,) = (await mailbox.json("/api/messages"))["messages"]
    assert summary["subject"] == "Accusé de réception"
    assert summary["recipients"] == ["amelie@example.org"]
    found = await mailbox.json(f"/api/messages/{summary['id']}")
    assert found["text"] == "Votre demande n° 2026-42 est déposée.\nÀ bientôt\n"
    (attachment,) = found["attachments"]
    assert (attachment["name"], attachment["size"]) == ("accusé n°1.pdf", len(PDF))
    async with mailbox.web.get(attachment["url"]) as response:
        assert await response.read() == PDF
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.content_disposition
        assert response.content_disposition.filename == "accusé n°1.pdf"


async def test_it_lists_the_newest_first_and_by_recipient(mailbox: Mailbox) -> None:
    await mailbox.send(_mail("un"), to="amelie@example.org")
    await mailbox.send(_mail("deux"), to="Bruno@example.org")
    assert [m["subject"] for m in (await mailbox.json("/api/messages"))["messages"]] == [
        "deux",
        "un",
    ]
    only = await mailbox.json("/api/messages?to=bruno@example.org")
    assert [m["subject"] for m in only["messages"]] == ["deux"]
    page = await mailbox.page("/?to=bruno@example.org")
    assert "deux" in page
    assert ">un<" not in page


async def test_it_shows_hostile_content_as_text(mailbox: Mailbox) -> None:
    attack = "<script>alert(1)</script>"
    mail = _mail(attack, f'{attack} http://127.0.0.1:8000/suivi?a=1&b="onload=alert(1)')
    mail.add_alternative(f"<p>{attack}</p>", subtype="html")
    mail.add_attachment(b"x", maintype="text", subtype="html", filename=f"{attack}.html")
    await mailbox.send(mail)
    for path in ("/", "/messages/1"):
        page = await mailbox.page(path)
        assert attack not in page
        assert "&lt;script&gt;" in page
    page = await mailbox.page("/messages/1")
    assert '<a href="http://127.0.0.1:8000/suivi?a=1&amp;b="' in page
    assert "<iframe sandbox src=" in page
    async with mailbox.web.get("/messages/1/html") as response:
        policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    async with mailbox.web.get("/api/messages/1/attachments/0") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n\r\n",
        b"Subject: =?utf-9?q?x?=\r\nContent-Type: text/plain; charset=martian\r\n\r\n\xff\xfe",
        b"Subject: \xe9\xff\r\nFrom: <<>>@@,;\r\nContent-Type: multipart/mixed\r\n\r\n--x",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Disposition: attachment; filename*=martian''%ff\r\n\r\nx",
        b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ntext",
        bytes(range(256)) * 20,
    ],
)
async def test_it_shows_a_broken_mail_rather_than_failing(tmp_path: Path, raw: bytes) -> None:
    store = MailStore(tmp_path, Clock())
    number = store.add(["amélie@example.org"], raw)
    assert store.list_newest("amélie@example.org")
    app = build_app(store, HOST, free_port())
    async with TestClient(TestServer(app, host=HOST)) as client:
        for path in ("/", f"/messages/{number}", f"/api/messages/{number}"):
            assert (await client.get(path)).status == 200


async def test_it_keeps_mails_over_a_restart_and_the_last_ones_only(tmp_path: Path) -> None:
    store = MailStore(tmp_path, Clock(), kept=3)
    for number in range(5):
        store.add(["amelie@example.org"], f"Subject: {number}\r\n\r\n".encode())
    again = MailStore(tmp_path, Clock(), kept=3)
    assert [mail.subject for mail in again.list_newest()] == ["4", "3", "2"]
    assert len(os.listdir(tmp_path)) == 3  # noqa: PTH208 - pathlib is refused in async code
    assert again.add(["amelie@example.org"], b"Subject: 5\r\n\r\n") == 6


async def test_it_forgets_on_demand_and_says_what_is_not_there(mailbox: Mailbox) -> None:
    await mailbox.send(_mail())
    async with mailbox.web.delete("/api/messages") as response:
        assert response.status == 204
    assert (await mailbox.json("/api/messages"))["messages"] == []
    assert "No mail yet" in await mailbox.page("/")
    for path in ("/messages/1", "/api/messages/1", "/messages/1/html", "/api/messages/x"):
        async with mailbox.web.get(path) as response:
            assert response.status == 404
            assert "Content-Security-Policy" in response.headers


async def test_it_answers_to_no_foreign_name(mailbox: Mailbox) -> None:
    async with mailbox.web.get("/api/messages", headers={"Host": "evil.example"}) as response:
        assert response.status == 403


async def test_it_pages_a_long_list(tmp_path: Path) -> None:
    store = MailStore(tmp_path, Clock())
    for number in range(60):
        store.add(["amelie@example.org"], f"Subject: mail {number:02}\r\n\r\n".encode())
    app = build_app(store, HOST, free_port())
    async with TestClient(TestServer(app, host=HOST)) as client:
        first = await (await client.get("/")).text()
        older = await (await client.get("/?before=11")).text()
    assert "mail 59" in first
    assert "mail 09" not in first
    assert 'href="/?to=&amp;before=11"' in first
    assert "mail 09" in older
    assert "mail 10" not in older


async def test_it_takes_several_mails_at_once(mailbox: Mailbox) -> None:
    await asyncio.gather(*(mailbox.send(_mail(f"mail {number}")) for number in range(10)))
    subjects = {m["subject"] for m in (await mailbox.json("/api/messages"))["messages"]}
    assert subjects == {f"mail {number}" for number in range(10)}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "voir http://a.fr/b.",
            '<a href="http://a.fr/b" rel="noopener noreferrer">http://a.fr/b</a>.',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("<b>", "&lt;b&gt;"),
        ("http://a.fr/<b>", 'noopener noreferrer">http://a.fr/</a>&lt;b&gt;'),
    ],
)
def test_it_links_web_addresses_only(text: str, html: str) -> None:
    assert html in str(with_links(text))
