"""The DGFiP's web service (PayFiP): create a payment, look one up, read a client's label.

No caller is authenticated and nothing is signed: what is learnt from it comes over TLS from the
one configured address, which is the DGFiP's own in production (settings.py).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
import structlog
from yarl import URL

from chassis.circuit_breaker import CircuitBreaker
from chassis.http_client import ClientSession
from services.procedures.payments.soap import (
    FunctionalFault,
    TechnicalFault,
    Unreadable,
    read_answer,
    write_call,
)
from services.procedures.payments.transaction import (
    Answered,
    Faulted,
    Finding,
    Silent,
    Transaction,
)

log = structlog.get_logger()

SERVICE_PATH = "/tpa/services/securite"
PAGE_PATH = "/tpa/paiementws.web"
CREATION_SECONDS = 20.0
# people wait for it: less than what their page is given
LOOK_UP_SECONDS = 6.0
MAX_BYTES = 256 * 1024
HEADERS = {
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": '""',
    # a connection kept open may be closed under a creation, which would make it unknown
    "Connection": "close",
}


@dataclass(frozen=True)
class PaymentOrder:
    """What creerPaiementSecurise takes, in the contract's order."""

    exer: str
    mel: str
    montant: str
    numcli: str
    objet: str
    refdet: str
    saisie: str
    urlnotif: str
    urlredirect: str


class CreationUnknown(Exception):
    """No readable answer came: the payment may exist, and is never asked for again (rule 6)."""


class CreationRefused(Exception):
    """The DGFiP refused the payment, or was not even asked; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PayFip:
    """The web service at `url`. The breaker spares people the wait while it is down."""

    def __init__(
        self,
        session: ClientSession,
        url: str,
        breaker: CircuitBreaker,
        *,
        look_up_seconds: float = LOOK_UP_SECONDS,
        creation_seconds: float = CREATION_SECONDS,
    ) -> None:
        self.breaker = breaker
        self._session = session
        self._url = URL(url)
        self._look_up_seconds = look_up_seconds
        self._creation_seconds = creation_seconds

    def page_address(self, idop: str) -> str:
        """Return the address of the payment page."""
        return str(self._url.with_path(PAGE_PATH).with_query(idop=idop))

    async def create(self, order: PaymentOrder) -> str:
        """Return the idOp of a new payment; sent once, whatever happens."""
        if not self.breaker.allows():
            raise CreationRefused("circuit-open")
        try:
            answer = await self._call("creerPaiementSecurise", vars(order), self._creation_seconds)
        except FunctionalFault as fault:
            raise CreationRefused(fault.code) from None
        except _NotConnected:
            raise CreationRefused("unreachable") from None
        except (_NoAnswer, TechnicalFault, Unreadable):
            raise CreationUnknown from None
        fields, _ = answer
        if not fields.get("idop"):
            raise CreationUnknown
        return fields["idop"].lower()

    async def look_up(self, idop: str) -> Finding:
        """Return what the DGFiP knows of a payment; has no side effect there, never raises."""
        if not self.breaker.allows():
            return Silent("circuit-open")
        call = {"idOp": idop}  # this case exactly: another one gives a false P1
        try:
            fields, raw = await self._call(
                "recupererDetailPaiementSecurise", call, self._look_up_seconds
            )
        except FunctionalFault as fault:
            return Faulted(fault.code, fault.code)
        except (_NoAnswer, TechnicalFault, Unreadable) as error:
            return Silent(type(error).__name__.lstrip("_"), str(error)[:200])
        return Answered(Transaction.of(fields), raw)

    async def client_label(self, numcli: str) -> str:
        """Return the name under which the DGFiP knows a client; raise `CreationRefused`."""
        try:
            fields, _ = await self._call(
                "recupererDetailClient", {"numCli": numcli}, self._look_up_seconds
            )
        except FunctionalFault as fault:
            raise CreationRefused(fault.code) from None
        except (_NoAnswer, TechnicalFault, Unreadable):
            raise CreationRefused("unreachable") from None
        lines = (fields.get(f"libellen{number}", "") for number in (1, 2, 3))
        return " ".join(line for line in lines if line)

    async def _call(
        self, operation: str, fields: Mapping[str, str], seconds: float
    ) -> tuple[dict[str, str], str]:
        """Return the answer's fields and its raw text."""
        try:
            async with asyncio.timeout(seconds):
                content = await self._exchange(write_call(operation, fields))
            answer = read_answer(content)
        except asyncio.CancelledError:
            self.breaker.abandoned()
            raise
        except FunctionalFault:
            self.breaker.succeeded()
            raise
        except (TechnicalFault, Unreadable) as error:
            self._failed(operation, error)
            raise
        except aiohttp.ClientConnectorError as error:
            self._failed(operation, error)
            raise _NotConnected(type(error).__name__) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            self._failed(operation, error)
            raise _NoAnswer(type(error).__name__) from None
        self.breaker.succeeded()
        return answer, content.decode("utf-8", "replace")

    async def _exchange(self, body: bytes) -> bytes:
        address = self._url.with_path(SERVICE_PATH)
        async with self._session.post(
            address, data=body, headers=HEADERS, allow_redirects=False
        ) as response:
            content = await response.content.read(MAX_BYTES)
            # a fault of the contract comes with HTTP 500; anything else is a server in between
            if response.status not in (200, 500) or not response.content.at_eof():
                raise Unreadable(f"HTTP {response.status}")
            return content

    def _failed(self, operation: str, error: Exception) -> None:
        self.breaker.failed()
        log.warning("payfip gave no answer", operation=operation, error=type(error).__name__)


class _NoAnswer(Exception):
    """The connection broke, or the time was over."""


class _NotConnected(_NoAnswer):
    """No connection was made: nothing was sent."""
