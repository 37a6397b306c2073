"""Notifications are sent when they are due: at once, twice, hours later, never, or reversed."""

from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from chassis.http_client import open_session
from deploy.simulators.dgfip.app import Dgfip
from deploy.simulators.dgfip.model import Decision
from deploy.simulators.dgfip.notifications import Notifier

pytestmark = pytest.mark.promise("PAY-01")


class Merchant:
    """What the merchant's notification address received, in order."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str]] = []

    async def take(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.received += [(name, str(text)) for name, text in form.items()]
        return web.Response(text="ok")


@pytest.fixture
async def merchant() -> AsyncIterator[tuple[Merchant, str]]:
    found, app = Merchant(), web.Application()
    app.router.add_post("/notification", found.take)
    async with TestServer(app, host="127.0.0.1") as server:
        yield found, str(server.make_url("/notification"))


async def test_each_way_of_notifying(
    dgfip: Dgfip, merchant: tuple[Merchant, str], fields: Callable[..., dict[str, str]]
) -> None:
    received, address = merchant
    register = dgfip.register
    ways = ("now", "twice", "late", "overnight", "never")
    idops = {way: register.create(fields(urlnotif=address)).idop for way in ways}
    for way in ("late", "overnight", "never", "twice", "now"):
        register.decide(idops[way], Decision("P", way))
    async with open_session() as session:
        notifier = Notifier(register)
        assert await notifier.send_due(session) == 3
        # both spellings of the field
        assert {name for name, _ in received.received} == {"idop", "idOp"}
        dgfip.clock.advance(7200)
        assert await notifier.send_due(session) == 1
        dgfip.clock.advance(36_000)
        assert await notifier.send_due(session) == 1
    assert [idop for _, idop in received.received[3:]] == [idops["late"], idops["overnight"]]
    assert idops["never"] not in {idop for _, idop in received.received}


async def test_it_calls_nobody_outside_this_machine(
    dgfip: Dgfip, fields: Callable[..., dict[str, str]]
) -> None:
    idop = dgfip.register.create(fields(urlnotif="http://192.0.2.1/x")).idop
    dgfip.register.decide(idop, Decision("P"))
    async with open_session() as session:
        assert await Notifier(dgfip.register).send_due(session) == 1
