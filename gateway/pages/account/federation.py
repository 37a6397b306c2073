"""Leaving for FranceConnect or ProConnect, and coming back (ACC-12).

Only the state of the browser's own session lets it come back; what the provider signed is checked
before the identity service is told, and that service alone decides whose account it is.
"""

from typing import Any

import structlog
from aiohttp import web
from prometheus_client import Counter

from chassis.application import CLOCK
from chassis.http_client import ServiceProblem, ServiceUnavailable
from gateway.openid.departures import Departure, come_back, leave
from gateway.openid.provider import OpenIdProvider, ProviderAway, VouchedPerson
from gateway.openid.tokens import AnswerRefused
from gateway.pages.account.access import call_identity, signed_in
from gateway.pages.account.entering import enter
from gateway.pages.account.failures import FAILURE, fail, failure_page
from gateway.pages.account.federation_parts import PENDING, provider_of
from gateway.pages.account.sensitive import SECURITY
from gateway.parts import LIMITS
from gateway.responses import SEE_OTHER, local_path, redirect
from gateway.visits import session_of, visit_of

RETURNS = Counter(
    "parvis_provider_returns_total",
    "Returns from an identity provider",
    ["provider", "outcome"],
)

log = structlog.get_logger()


async def leave_to_sign_in(request: web.Request) -> web.Response:
    """GET /connexion/{provider}?return_to=: a link, for a form may lead to no other site."""
    return_to = local_path(request.query.get("return_to", ""), "")
    return await _leave(request, return_to, link=False)


@signed_in
async def leave_to_link(request: web.Request) -> web.Response:
    """GET /compte/liens/{provider}: nothing is linked without the password, asked afterwards."""
    return await _leave(request, SECURITY, link=True)


async def come_back_from_provider(request: web.Request) -> web.Response:
    """GET /connexion/{provider}/retour?code=&state=: at once on to an address without the code."""
    provider, name = provider_of(request), request.match_info["provider"]
    await request.app[LIMITS].spend("sign-in", visit_of(request).address)
    session, now = await session_of(request), request.app[CLOCK].now().timestamp()
    departure = come_back(session, name, request.query.get("state", ""), now)
    try:
        if departure is None:
            raise _Failed("expired")
        person = await _vouched(request, provider, departure)
        answer = await _tell_identity(request, provider, departure, person)
    except _Failed as failed:
        RETURNS.labels(name, failed.reason).inc()
        return_to = departure.return_to if departure is not None else ""
        return await fail(request, failed.reason, return_to, failed.state)
    RETURNS.labels(name, "choice" if "choice" in answer else "known").inc()
    federation = {
        "provider": name,
        "id_token": person.id_token,
        "issuer": provider.settings.issuer,
        "subject": person.subject,
    }
    if "choice" in answer:
        waiting = {**answer["choice"], "federation": federation, "link": departure.link}
        session.put(PENDING, {**waiting, "return_to": departure.return_to})
        return redirect(f"/connexion/{name}/choix")
    return await enter(request, answer, departure.return_to, federation)


async def show_failure(request: web.Request) -> web.Response:
    """GET /connexion/{provider}/echec: what happened, what was kept, what to do next."""
    provider, session = provider_of(request), visit_of(request).session
    failure = session.get(FAILURE) if session is not None else None
    if failure is None:
        return redirect("/connexion")
    return await failure_page(request, provider.settings.title, failure)


class _Failed(Exception):
    """The person does not come in this time; `state` is that of an account not usable."""

    def __init__(self, reason: str, state: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.state = state


async def _leave(request: web.Request, return_to: str, *, link: bool) -> web.Response:
    provider = provider_of(request)
    # the return is counted as a sign-in
    await request.app[LIMITS].spend("post", visit_of(request).address)
    session, now = await session_of(request), request.app[CLOCK].now().timestamp()
    state, departure = leave(session, provider.settings.name, return_to, now, link=link)
    try:
        address = await provider.departure_url(state, departure)
    except (ProviderAway, AnswerRefused):
        return await fail(request, "away", return_to)
    return web.Response(status=SEE_OTHER, headers={"Location": address})


async def _vouched(
    request: web.Request, provider: OpenIdProvider, departure: Departure
) -> VouchedPerson:
    query, name = request.query, provider.settings.name
    if error := query.get("error", ""):
        raise _Failed("cancelled" if error == "access_denied" else "away")
    try:
        if query.get("iss", provider.settings.issuer) != provider.settings.issuer:
            raise AnswerRefused("issuer")
        if not query.get("code"):
            raise AnswerRefused("no-code")
        return await provider.vouched_person(query["code"], departure)
    except ProviderAway:
        raise _Failed("away") from None
    except AnswerRefused as refused:
        log.warning("answer of an identity provider refused", provider=name, reason=refused.reason)
        # a code that is used or too old: nobody attacks whoever was slow
        late = refused.reason == "status-400"
        raise _Failed("expired" if late else "refused") from None


async def _tell_identity(
    request: web.Request, provider: OpenIdProvider, departure: Departure, person: VouchedPerson
) -> dict[str, Any]:
    if departure.link and visit_of(request).account is None:
        raise _Failed("expired")
    body = {
        "provider": provider.settings.name,
        "issuer": provider.settings.issuer,
        "subject": person.subject,
        "claims": {name: one for name, one in person.claims.items() if isinstance(one, str)},
        "link": departure.link,
    }
    try:
        answer: dict[str, Any] = (await call_identity(request, "/federated-sign-ins", body)).json()
    except ServiceUnavailable:
        raise _Failed("portal") from None
    except ServiceProblem as problem:
        if problem.code not in ("account-not-usable", "wrong-provider", "link-taken"):
            raise
        raise _Failed(problem.code, str(problem.problem.get("state", ""))) from None
    return answer
