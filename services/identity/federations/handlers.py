"""HTTP addresses of outside identities."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.routing import BODY
from services.identity.access import (
    NO_STORE,
    client_address,
    client_device,
    need_gateway,
    owner_of,
    person_id,
)
from services.identity.credentials.delays import telling_delays
from services.identity.credentials.handlers import signed_in_response
from services.identity.credentials.model import Attempt
from services.identity.federations.model import (
    Choice,
    Identity,
    Link,
    LinkNotFound,
    Opening,
    Provider,
    known_claims,
)
from services.identity.parts import FEDERATIONS, OPENINGS


async def sign_in(request: web.Request) -> web.Response:
    """POST /federated-sign-ins: who it is, or what somebody unknown may choose."""
    need_gateway(request)
    body = request[BODY]
    provider = Provider(body["provider"])
    claims = known_claims(provider, body["claims"])
    identity = Identity(provider, body["issuer"], body["subject"], claims)
    owner: UUID | None = person_id(request) if body["link"] else None
    client_address(request)
    done = await request.app[FEDERATIONS].sign_in(identity, client_device(request), owner)
    if isinstance(done, Choice):
        return web.json_response({"choice": _choice_view(done)}, headers=NO_STORE)
    return signed_in_response(done)


@telling_delays
async def prove(request: web.Request) -> web.Response:
    """POST /federated-sign-ins/proofs: signs in and links; 401 and 429 as for a sign-in."""
    need_gateway(request)
    body, address = request[BODY], client_address(request)
    attempt = Attempt(body["identifier"], body["password"], address, client_device(request))
    return signed_in_response(await request.app[FEDERATIONS].prove(body["token"], attempt))


async def open_account(request: web.Request) -> web.Response:
    """POST /federated-sign-ins/registrations: a pending account; repeated, the same answer."""
    need_gateway(request)
    body = request[BODY]
    opening = Opening(
        body["identifier"], body["email"], body["language"], keep_identity=body["keep_identity"]
    )
    done = await request.app[OPENINGS].open(body["token"], opening)
    view = {"account_id": str(done.account_id), "identifier": done.identifier}
    return web.json_response(view, status=201, headers=NO_STORE)


async def list_links(request: web.Request) -> web.Response:
    """GET /accounts/{id}/links."""
    links, has_password = await request.app[FEDERATIONS].list_links(owner_of(request))
    view = {"links": [_link_view(link) for link in links], "has_password": has_password}
    return web.json_response(view, headers=NO_STORE)


async def unlink(request: web.Request) -> web.Response:
    """POST /accounts/{id}/links/{provider}/removal: needs a step-up token."""
    account_id, step_up = owner_of(request), request[BODY]["step_up"]
    await request.app[FEDERATIONS].unlink(account_id, _provider(request), step_up)
    return web.Response(status=204)


async def refuse(request: web.Request) -> web.Response:
    """POST /accounts/{id}/links/{provider}/refusal: the account is not that of who came in."""
    account_id, body = owner_of(request), request[BODY]
    identity = Identity(_provider(request), body["issuer"], body["subject"], {})
    await request.app[FEDERATIONS].refuse(account_id, identity)
    return web.Response(status=204)


def _provider(request: web.Request) -> Provider:
    try:
        return Provider(request.match_info["provider"])
    except ValueError:
        raise LinkNotFound from None


def _choice_view(choice: Choice) -> dict[str, Any]:
    claims = choice.identity.claims
    family = claims.get("usual_name") or claims.get("family_name", "")
    return {
        "token": choice.token,
        "provider": choice.identity.provider,
        "name": f"{claims.get('given_name', '')} {family}".strip(),
        "email": claims.get("email", ""),
        "pending": choice.pending,
    }


def _link_view(link: Link) -> dict[str, Any]:
    used = link.last_used_at
    return {
        "provider": link.identity.provider,
        "linked_at": link.linked_at.isoformat(),
        "last_used_at": used.isoformat() if used else None,
    }
