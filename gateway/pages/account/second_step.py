"""The second step of a sign-in: a code of the application, a recovery code, or a passkey."""

import json
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, object_of, text_of
from gateway.pages.account.access import call_identity
from gateway.pages.account.entering import FEDERATION, STEP, enter
from gateway.pages.account.faults import faults_of
from gateway.parts import LIMITS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of


async def show_second_step(request: web.Request) -> web.Response:
    """GET /connexion/verification."""
    return await _show(request, [])


async def take_second_step(request: web.Request) -> web.Response:
    """POST /connexion/verification."""
    visit, fields = visit_of(request), request[FORM]
    await request.app[LIMITS].spend("sign-in", visit.address)
    session = await session_of(request)
    step = session.get(STEP)
    if step is None:
        return redirect("/connexion")
    try:
        body = {"token": step["token"], **_answer(fields)}
        answer = await call_identity(request, "/sign-ins/second-step", body)
    except ServiceProblem as problem:
        if problem.code == "proof-refused":
            session.pop(STEP)
        return await _show(request, faults_of(problem, visit.gettext))
    session.pop(STEP)
    return await enter(request, answer.json(), step["return_to"], step.get(FEDERATION))


def _answer(fields: Any) -> dict[str, Any]:
    if text_of(fields, "credential"):
        return {"kind": "passkey", "credential": object_of(fields, "credential")}
    code = text_of(fields, "code").strip()[:40]
    kind = "totp" if code.replace(" ", "").isdigit() else "recovery"
    return {"kind": kind, "code": code}


async def _show(request: web.Request, errors: list[dict[str, str]]) -> web.Response:
    session = await session_of(request)
    step = session.get(STEP)
    if step is None and not errors:
        return redirect("/connexion")
    options = None
    if step is not None and "passkey" in step["kinds"]:
        body = {"token": step["token"]}
        asked = (await call_identity(request, "/sign-ins/passkey-challenges", body)).json()
        options = json.dumps(asked["options"])
        session.put(STEP, {**step, "token": asked["token"]})
    return await show_page(
        request,
        "account/second_step.html",
        status=422 if errors else 200,
        form=True,
        errors=errors,
        kinds=step["kinds"] if step is not None else [],
        options=options,
    )
