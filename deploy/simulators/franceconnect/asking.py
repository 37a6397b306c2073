"""Checks what a browser was sent with: to /authorize and to /session/end."""

from aiohttp import web
from multidict import MultiMapping
from yarl import URL

from deploy.simulators.franceconnect.endpoints import issuer_of
from deploy.simulators.franceconnect.model import Asked, Client, Flavour, Refused
from deploy.simulators.franceconnect.register import Register

PKCE = frozenset({"code_challenge", "code_challenge_method"})
ACR_VALUES = frozenset({"eidas1", "eidas2", "eidas3"})


def read_asked(request: web.Request, register: Register, flavour: Flavour) -> Asked:
    """Return what the query of /authorize asks; raise `Refused`, and nobody is sent anywhere."""
    query, client = request.query, register.clients[flavour.name]
    _check_parameters(query, flavour, PKCE if register.pkce else frozenset())
    if query.get("client_id") != client.client_id:
        raise Refused("invalid_client", "client_id is not known")
    if query.get("redirect_uri") not in client.redirect_uris:
        raise Refused("invalid_request", "redirect_uri is not registered")
    if query.get("response_type") != "code":
        raise Refused("unsupported_response_type", "only code")
    if query.get("acr_values", "") not in ACR_VALUES:
        raise Refused("invalid_request", "acr_values must be eidas1, eidas2 or eidas3")
    return Asked(
        flavour,
        issuer_of(request, flavour),
        query["redirect_uri"],
        _scopes(query.get("scope", ""), flavour),
        _secret(query, "state", flavour),
        _secret(query, "nonce", flavour),
        query.get("code_challenge", ""),
        register.clock.now(),
    )


def read_end(query: MultiMapping[str], client: Client) -> str:
    """Return where /session/end leads back to; raise `Refused`."""
    address, state = query.get("post_logout_redirect_uri", ""), query.get("state", "")
    if address not in client.post_logout_uris:
        raise Refused("invalid_request", "post_logout_redirect_uri is not registered")
    if not state:
        raise Refused("invalid_request", "state is needed")
    return str(URL(address).update_query(state=state))


def _check_parameters(query: MultiMapping[str], flavour: Flavour, more: frozenset[str]) -> None:
    if any(len(query.getall(name)) > 1 for name in query):
        raise Refused("invalid_request", "a parameter is given twice")
    known = flavour.known_parameters
    if known is not None and not set(query) <= known | more:
        names = ", ".join(sorted(set(query) - known - more))
        raise Refused("invalid_request", f"unknown parameters: {names}")


def _scopes(text: str, flavour: Flavour) -> tuple[str, ...]:
    scopes = tuple(text.split())
    if "openid" not in scopes:
        raise Refused("invalid_scope", "openid is needed")
    if unknown := set(scopes) - set(flavour.scopes):
        raise Refused("invalid_scope", f"unknown scopes: {', '.join(sorted(unknown))}")
    return scopes


def _secret(query: MultiMapping[str], name: str, flavour: Flavour) -> str:
    value = query.get(name, "")
    if len(value) < flavour.shortest_secret:
        raise Refused("invalid_request", f"{name} has {flavour.shortest_secret} characters or more")
    return value
