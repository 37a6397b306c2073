"""The client reads answers leniently, and nothing outside them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock
from chassis.http_client import open_session
from services.procedures.payments.payfip import (
    CreationRefused,
    CreationUnknown,
    PayFip,
    PaymentOrder,
)
from services.procedures.payments.soap import FunctionalFault, Unreadable, read_answer
from services.procedures.payments.transaction import Answered, Faulted, Silent

pytestmark = pytest.mark.promise("PAY-01", "PAY-02")
ORDER = PaymentOrder(
    "2026", "a@b.fr", "4590", "006382", "Eau", "REF123", "T", "http://n", "http://r"
)
ENVELOPE = (
    '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">'
    "<S:Body>{}</S:Body></S:Envelope>"
)
IDOP = "0191F0A0-0000-7000-8000-000000000001"
ENTITY = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
Serve = Callable[[bytes, int], Awaitable[PayFip]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    servers: list[TestServer] = []
    async with open_session() as session:

        async def answering(body: bytes, status: int = 200) -> PayFip:
            async def answer(_request: web.Request) -> web.Response:
                return web.Response(body=body, status=status)

            app = web.Application()
            app.router.add_post("/tpa/services/securite", answer)
            server = TestServer(app)
            servers.append(server)
            await server.start_server()
            address = str(server.make_url("")).rstrip("/")
            return PayFip(session, address, CircuitBreaker(Clock()))

        yield answering
    for server in servers:
        await server.close()


@pytest.mark.parametrize("name", ["idOp", "idop", "IDOP", "x:idOp"])
async def test_it_reads_the_number_in_any_spelling(serve: Serve, name: str) -> None:
    inner = (
        f'<r:R xmlns:r="r" xmlns:x="x"><return><new>1</new><{name}>{IDOP}</{name}></return></r:R>'
    )
    payfip = await serve(ENVELOPE.format(inner).encode(), 200)
    assert await payfip.create(ORDER) == IDOP.lower()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html>502</html>", 502),
        (b"", 200),
        (b"not xml", 200),
        (ENVELOPE.format("").encode(), 200),
        (ENVELOPE.format("<r><return/></r>").encode(), 200),
        (b"x" * 300_000, 200),
        (ENVELOPE.format("<S:Fault><faultstring>Tech</faultstring></S:Fault>").encode(), 500),
        (b"moved", 302),
    ],
)
async def test_a_creation_without_a_readable_answer_is_unknown(
    serve: Serve, body: bytes, status: int
) -> None:
    payfip = await serve(body, status)
    with pytest.raises(CreationUnknown):
        await payfip.create(ORDER)


async def test_nothing_was_sent_where_nobody_listens() -> None:
    async with open_session() as session:
        payfip = PayFip(session, "http://127.0.0.1:9", CircuitBreaker(Clock()))
        with pytest.raises(CreationRefused) as refused:
            await payfip.create(ORDER)
        assert refused.value.code == "unreachable"
        assert await payfip.look_up(IDOP) == Silent("NotConnected", "ClientConnectorError")


async def test_while_the_circuit_is_open_nobody_waits(serve: Serve) -> None:
    payfip = await serve(b"", 200)
    for _ in range(5):
        assert isinstance(await payfip.look_up(IDOP), Silent)
    assert await payfip.look_up(IDOP) == Silent("circuit-open")
    with pytest.raises(CreationRefused):
        await payfip.create(ORDER)


@pytest.mark.parametrize("code", ["P1", "P5", "T2", "ZZ"])
async def test_a_functional_fault_gives_its_code(serve: Serve, code: str) -> None:
    fault = (
        "<S:Fault><faultcode>S:Server</faultcode><faultstring>fr.gouv.X.FonctionnelleErreur"
        f"</faultstring><detail><F><code>{code}</code></F></detail></S:Fault>"
    )
    payfip = await serve(ENVELOPE.format(fault).encode(), 500)
    assert await payfip.look_up(IDOP) == Faulted(code, code)


async def test_a_look_up_keeps_the_whole_answer(serve: Serve) -> None:
    inner = "<r><return><resultrans> P </resultrans><montant>4590</montant></return></r>"
    body = ENVELOPE.format(inner)
    found = await (await serve(body.encode(), 200)).look_up(IDOP)
    assert isinstance(found, Answered)
    assert (found.transaction.resultrans, found.transaction.montant) == ("P", "4590")
    assert found.raw == body


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    "content", [ENTITY + "<a>&e;</a>", ENTITY + ENVELOPE.format("<r><return>&e;</return></r>")]
)
def test_no_entity_and_no_document_type_is_read(content: str) -> None:
    with pytest.raises(Unreadable):
        read_answer(content.encode())


def test_the_first_of_two_fields_counts() -> None:
    body = ENVELOPE.format("<r><return><montant>1</montant><MONTANT>2</MONTANT></return></r>")
    assert read_answer(body.encode()) == {"montant": "1"}


def test_a_fault_without_code_is_functional_without_code() -> None:
    fault = "<S:Fault><detail><FonctionnelleErreur/></detail></S:Fault>"
    with pytest.raises(FunctionalFault) as raised:
        read_answer(ENVELOPE.format(fault).encode())
    assert raised.value.code == ""
