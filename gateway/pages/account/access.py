"""What every page of an account begins with: who is signed in, and calls on their behalf."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer
from gateway.pages.account.device import describe_device
from gateway.parts import SERVICES, SESSIONS
from gateway.responses import redirect
from gateway.visits import session_of, visit_of

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


def signed_in(page: Page) -> Page:
    """Send a visitor to the sign-in page first, and back afterwards."""

    @wraps(page)
    async def handle(request: web.Request) -> web.StreamResponse:
        if visit_of(request).account is None:
            back = request.path if request.method == "GET" else "/compte"
            return redirect(f"/connexion?return_to={quote(back)}")
        return await page(request)

    return handle


async def call_own(
    request: web.Request,
    method: str,
    suffix: str = "",
    json: Any = None,
    *,
    repeatable: bool = False,
) -> ServiceAnswer:
    """Call an address of one's own account; raises as `ServiceClient.send`."""
    call = own_call(request, method, suffix, json, repeatable=repeatable)
    return await request.app[SERVICES].identity.send(call)


def own_call(
    request: web.Request,
    method: str,
    suffix: str = "",
    json: Any = None,
    *,
    repeatable: bool = False,
) -> Call:
    """Return a call, not yet made, to an address of one's own account."""
    visit = visit_of(request)
    path = f"/accounts/{visit.account['account_id']}{suffix}"
    headers = {"Client-Address": visit.address}
    return Call(
        method, path, person=visit.person, json=json, headers=headers, repeatable=repeatable
    )


async def call_identity(request: web.Request, path: str, json: Any) -> ServiceAnswer:
    """Post to the identity service for a browser, signed in or not."""
    visit = visit_of(request)
    headers = {
        "Client-Address": visit.address,
        "Client-Device": describe_device(request.headers.get("User-Agent", "")),
    }
    call = Call("POST", path, person=visit.person, json=json, headers=headers)
    return await request.app[SERVICES].identity.send(call)


async def step_up(request: web.Request, password: str) -> str:
    """Return a token for one sensitive change; raises as `ServiceClient.send`."""
    answer = await call_own(request, "POST", "/step-ups", {"password": password[:1024]})
    return str(answer.json()["step_up"])


async def keep_secret(request: web.Request, place: str) -> web.Response | None:
    """Move the secret of a mailed link from the address to the session, then go on without it.

    None when there is nothing to move. No later address, log or Referer holds the secret.
    """
    secret = request.query.get("lien", "")
    if not secret:
        return None
    (await session_of(request)).put(f"link {place}", secret[:200])
    return redirect(request.path)


async def secret_of(request: web.Request, place: str) -> str:
    """Return the secret that was moved there, '' when there is none."""
    return str((await session_of(request)).get(f"link {place}", ""))


async def end_other_sessions(request: web.Request, epoch: int) -> None:
    """End the account's other sessions; this one goes on under another token."""
    session, sessions = await session_of(request), request.app[SESSIONS]
    account = dict(session.account or {})
    await sessions.end_account(account["account_id"], but=session)
    sessions.rotate(session)
    session.put("account", {**account, "session_epoch": epoch})
