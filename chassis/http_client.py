"""The one ClientSession factory, and calls between services.

Time-outs always; retries with jitter for calls that are safe to repeat; a circuit breaker per
service; the request id and the signed caller on every call.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import aiohttp
import structlog
from yarl import URL

from chassis.caller import CallerSigner, Person
from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import jitter
from chassis.errors import PartnerAway
from chassis.logs import REQUEST_ID, current_request_id
from chassis.traces import client_span, trace_headers
from chassis.validation import decode_json

log = structlog.get_logger()

# what other packages may name without being able to open one of their own
ClientSession: TypeAlias = aiohttp.ClientSession

CALL_SECONDS = 10.0
CONNECT_SECONDS = 2.0
CHUNK_BYTES = 64 * 1024
RETRIES = 3
RETRY_SECONDS = 0.15
AWAY_STATUSES = frozenset({502, 503, 504})
SAFE_METHODS = frozenset({"GET", "HEAD"})


class ServiceUnavailable(PartnerAway):
    """No usable answer came from `service`: it is down, slow, or broken."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.service = service


class ServiceUnreached(ServiceUnavailable):
    """No connection could be made to `service`: it has seen nothing of the call."""


class ServiceProblem(Exception):
    """`service` answered with a problem document (4xx)."""

    def __init__(self, service: str, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{service} {status} {problem.get('code', '')}")
        self.service = service
        self.status = status
        self.problem = problem

    @property
    def code(self) -> str:
        """Return the problem's stable name."""
        return str(self.problem.get("code", ""))


@dataclass(frozen=True)
class ServiceAnswer:
    """A 2xx or 304 answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body's JSON."""
        return decode_json(self.body)


@dataclass(frozen=True)
class Call:
    """One call to make. `repeatable` says that an unsafe method carries an idempotency key."""

    method: str
    path: str
    person: Person | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = False

    @property
    def may_repeat(self) -> bool:
        """Say whether making the call twice does no more than once."""
        return self.method in SAFE_METHODS or self.repeatable


def open_session(*, limit: int = 100) -> aiohttp.ClientSession:
    """Open the process's client session: bounded connections, no cookie kept."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=limit, keepalive_timeout=30),
        timeout=aiohttp.ClientTimeout(total=CALL_SECONDS, sock_connect=CONNECT_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


@dataclass(frozen=True)
class StreamedAnswer:
    """A 2xx answer whose body has not been read: it comes in pieces of at most 64 KiB."""

    status: int
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]


class ServiceClient:
    """Calls to one other service."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        service: str,
        url: str,
        signer: CallerSigner,
        breaker: CircuitBreaker,
    ) -> None:
        self.service = service
        self.breaker = breaker
        self._session = session
        self._url = URL(url)
        self._signer = signer

    async def send(self, call: Call) -> ServiceAnswer:
        """Make the call; raise `ServiceProblem` (4xx) or `ServiceUnavailable`."""
        attempt = 1
        while True:
            try:
                return await self._try(call)
            except ServiceUnavailable as error:
                harmless = call.may_repeat or isinstance(error, ServiceUnreached)
                if not harmless or attempt == RETRIES or self.breaker.state == "open":
                    raise
            await asyncio.sleep(jitter(RETRY_SECONDS * 2**attempt))
            attempt += 1

    async def _try(self, call: Call) -> ServiceAnswer:
        if not self.breaker.allows():
            raise ServiceUnavailable(self.service)
        return await self._ask(call)

    async def _ask(self, call: Call) -> ServiceAnswer:
        try:
            with client_span(self.service, call.method):
                answer = await self._exchange(call)
        except asyncio.CancelledError:
            self.breaker.abandoned()
            raise
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise self._away(error) from error
        return self._judge(answer)

    async def _exchange(self, call: Call) -> ServiceAnswer:
        async with self._request(call) as response:
            return ServiceAnswer(response.status, response.headers, await response.read())

    @asynccontextmanager
    async def stream(
        self, call: Call, *, silence: float = CALL_SECONDS
    ) -> AsyncIterator[StreamedAnswer]:
        """Make a call whose answer may be long, once; `silence` is how long it may say nothing (s).

        Raises `ServiceProblem` (4xx) or `ServiceUnavailable` before anything is given. What fails
        later breaks the pieces off with `ServiceUnavailable`.
        """
        if not self.breaker.allows():
            raise ServiceUnavailable(self.service)
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=silence)
        try:
            response = await self._request(call, timeout=timeout)
            body = await response.read() if response.status >= 400 else b""
        except asyncio.CancelledError:
            self.breaker.abandoned()
            raise
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise self._away(error) from error
        try:
            self._judge(ServiceAnswer(response.status, response.headers, body))
            yield StreamedAnswer(response.status, response.headers, self._pieces(response))
        finally:
            response.close()  # when it was read to its end, its connection is free already

    async def _pieces(self, response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
        try:
            async for piece in response.content.iter_chunked(CHUNK_BYTES):
                yield piece
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise self._away(error) from error

    def _away(self, error: Exception) -> ServiceUnavailable:
        self.breaker.failed()
        log.warning("service unreachable", to=self.service, error=type(error).__name__)
        unreached = isinstance(error, aiohttp.ClientConnectorError)
        return (ServiceUnreached if unreached else ServiceUnavailable)(self.service)

    def _request(self, call: Call, **more: Any) -> Any:
        headers = {
            "Authorization": f"Bearer {self._signer.token(self.service, call.person)}",
            REQUEST_ID: current_request_id(),
            **trace_headers(),
            **call.headers,
        }
        url = self._url.joinpath(call.path.lstrip("/"), encoded=True).with_query(call.query)
        return self._session.request(
            call.method,
            url,
            json=call.json,
            data=call.data() if callable(call.data) else call.data,
            headers=headers,
            allow_redirects=False,
            **more,
        )

    def _judge(self, answer: ServiceAnswer) -> ServiceAnswer:
        if answer.status in AWAY_STATUSES:
            self.breaker.failed()
        else:  # 500: it broke on this one call, and works; nobody can close it to all by that
            self.breaker.succeeded()
        if answer.status >= 500:
            log.warning("service failed", to=self.service, status=answer.status)
            raise ServiceUnavailable(self.service)
        if answer.status >= 400:
            problem = answer.json() if "json" in answer.headers.get("Content-Type", "") else {}
            raise ServiceProblem(self.service, answer.status, problem)
        return answer

    async def check(self) -> Mapping[str, Any]:
        """Health check: is the service ready? It is asked while the circuit is open too."""
        await self._ask(Call("GET", "/health/ready"))
        return {"circuit": self.breaker.state}
