"""The data that a person chose to keep: each one changed or erased on its own (ACC-04)."""

import re
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_own, signed_in
from gateway.pages.account.faults import faults_of
from gateway.parts import PROFILE
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

PROFILE_PAGE = "/compte/informations"
FRENCH_DATE = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")


@signed_in
async def show_profile(request: web.Request) -> web.Response:
    """GET /compte/informations."""
    kept = await _kept(request)
    return await _show(request, kept, kept, [])


@signed_in
async def save_profile(request: web.Request) -> web.Response:
    """POST /compte/informations: what is left empty is erased."""
    visit, fields = visit_of(request), request[FORM]
    kept = await _kept(request)
    names = [field["id"] for field in _fields(request)]
    typed = {name: text_of(fields, name)[:1000] for name in names}
    changed = {name: tidy(name, value) for name, value in typed.items()}
    changed = {name: value for name, value in changed.items() if value != kept.get(name, "")}
    if not changed:
        return redirect(PROFILE_PAGE)
    try:
        await call_own(request, "PATCH", "/profile", {"fields": changed}, repeatable=True)
    except ServiceProblem as problem:
        return await _show(request, typed, kept, faults_of(problem, visit.gettext))
    _ = visit.gettext
    session = await session_of(request)
    await rename(request, session)
    session.flash("success", _("Vos informations sont enregistrées."))
    return redirect(PROFILE_PAGE)


@signed_in
async def erase_field(request: web.Request) -> web.Response:
    """POST /compte/informations/effacement: one datum, at once."""
    name = text_of(request[FORM], "field")
    if name in {field["id"] for field in _fields(request)}:
        try:
            await call_own(request, "DELETE", f"/profile/{name}")
        except ServiceProblem as problem:
            if problem.status != 404:
                raise
    _ = visit_of(request).gettext
    session = await session_of(request)
    await rename(request, session)
    session.flash("success", _("L’information est effacée."))
    return redirect(PROFILE_PAGE)


async def rename(request: web.Request, session: Any) -> None:
    """Call the person by the name that is now kept."""
    shown = (await call_own(request, "GET")).json()
    session.put("account", {**session.account, "display_name": shown["display_name"]})


async def _kept(request: web.Request) -> dict[str, str]:
    answer = await call_own(request, "GET", "/profile")
    return {one["name"]: one["value"] for one in answer.json()["fields"]}


def tidy(name: str, value: str) -> str:
    """Return a datum without its outer spaces, a French date as an ISO one."""
    found = FRENCH_DATE.fullmatch(value.strip()) if name == "birth_date" else None
    if found is None:
        return value.strip()
    day, month, year = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _fields(request: web.Request) -> list[dict[str, Any]]:
    _ = visit_of(request).gettext
    titles = [("madame", _("Madame")), ("monsieur", _("Monsieur"))]
    genders = [("female", _("Féminin")), ("male", _("Masculin"))]
    communes = [(one.insee, one.name) for one in request.app[PROFILE].communes]
    return [
        _field("title", _("Civilité"), "select", options=titles),
        _field("family_name", _("Nom de naissance"), autocomplete="family-name"),
        _field("usual_name", _("Nom d’usage")),
        _field("given_name", _("Prénom"), autocomplete="given-name"),
        _field("birth_date", _("Date de naissance"), "date", autocomplete="bday"),
        _field("birth_place", _("Lieu de naissance")),
        _field("gender", _("Sexe à l’état civil"), "select", options=genders),
        _field(
            "birth_commune",
            _("Code Insee de la commune de naissance"),
            "short",
            help=_("Cinq caractères, par exemple 30189. Vide pour une naissance à l’étranger."),
        ),
        _field(
            "birth_country",
            _("Code Insee du pays de naissance"),
            "short",
            help=_("Cinq chiffres : 99100 pour la France."),
        ),
        _field("street_address", _("Numéro et rue"), autocomplete="address-line1"),
        _field("address_complement", _("Complément d’adresse"), autocomplete="address-line2"),
        _field("postal_code", _("Code postal"), "short", autocomplete="postal-code"),
        _field("city", _("Ville"), autocomplete="address-level2"),
        _field("commune", _("Commune de l’agglomération"), "select", options=communes),
        _field("phone", _("Téléphone"), "tel", autocomplete="tel"),
    ]


def _field(name: str, label: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    options = [{"value": value, "label": text} for value, text in more.pop("options", ())]
    return {
        "id": name,
        "label": label,
        "kind": kind,
        "help": more.get("help"),
        "required": False,
        "options": options,
        "autocomplete": more.get("autocomplete"),
    }


async def _show(
    request: web.Request,
    typed: dict[str, str],
    kept: dict[str, str],
    errors: list[dict[str, str]],
) -> web.Response:
    return await show_page(
        request,
        "account/profile.html",
        status=422 if errors else 200,
        form=True,
        fields=_fields(request),
        typed=typed,
        kept=kept,
        errors=errors,
    )
