"""Recapitulation, certification, filing: sent once or ten times, filed once (REQ-03, REQ-04)."""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.legal.again import conditions_to_accept
from gateway.pages.requests.amendment import CHANGES, changes_to_tell
from gateway.pages.requests.dossier import (
    Dossier,
    call_request,
    form_key,
    read_dossier,
    request_id,
    request_path,
)
from gateway.pages.requests.progress import RECAPITULATION, before, step_address, steps, steps_of
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "requests/recap.html"
JUST_FILED = "just_filed"


async def show_recapitulation(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/recapitulatif."""
    dossier = await read_dossier(request)
    if not dossier.is_draft:
        return redirect(dossier.path)
    if (conditions := await conditions_to_accept(request)) is not None:
        return redirect(conditions)
    if (changes := await changes_to_tell(request, dossier)) is not None:
        return redirect(changes)
    return await _show(request, dossier, [])


async def file_request(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/recapitulatif: repeated by the browser or by us, it files once."""
    if (conditions := await conditions_to_accept(request)) is not None:
        return redirect(conditions)
    fields, visit = request[FORM], visit_of(request)
    body = {
        "certified": text_of(fields, "certified") == "yes",
        "certification_hash": text_of(fields, "certification_hash")[:200],
        "language": visit.language,
    }
    try:
        await call_request(request, "POST", "/filing", json=body, repeatable=True)
    except ServiceProblem as problem:
        return await _show_refusal(request, problem)
    session = await session_of(request)
    session.put(JUST_FILED, request_id(request))
    return redirect(request_path(request))


async def _show_refusal(request: web.Request, problem: ServiceProblem) -> web.Response:
    if problem.code == "version-replaced":
        return redirect(f"{request_path(request)}/{CHANGES}")
    _ = visit_of(request).gettext
    told = {
        "not-certified": (
            "certified",
            _("Cochez la case pour certifier vos renseignements : sans elle, rien n’est déposé."),
        ),
        "declaration-unknown": (
            "certified",
            _("Le texte à certifier a changé. Relisez-le ci-dessous, puis cochez la case."),
        ),
        "request-incomplete": (
            "",
            _("Il manque encore quelque chose : voyez la liste ci-dessous."),
        ),
        "procedure-closed": (
            "",
            _(
                "Cette démarche n’est plus ouverte : la demande n’est pas déposée. Votre brouillon "
                "est conservé, et les autres moyens restent possibles."
            ),
        ),
    }
    if problem.code not in told:
        raise problem
    field, message = told[problem.code]
    dossier = await read_dossier(request)
    return await _show(request, dossier, [{"field": field, "message": message}])


async def _show(
    request: web.Request, dossier: Dossier, errors: list[dict[str, str]]
) -> web.Response:
    visit, here = visit_of(request), f"{dossier.path}/{RECAPITULATION}"
    certification = await call_request(
        request, "GET", "/certification", query={"language": visit.language}
    )
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        procedure=dossier.procedure,
        dossier=dossier.content,
        sections=[_section(dossier, part) for part in dossier.content["recap"]],
        certification=certification.json(),
        errors=errors,
        steps=steps(dossier, here, visit.gettext),
        back_url=before(steps_of(dossier), here),
        request_key=form_key(request),
    )


def _section(dossier: Dossier, part: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": part["title"],
        "change_url": step_address(dossier.path, part["page"]),
        "rows": part["fields"],
    }
