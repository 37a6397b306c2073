"""When somebody does not come in from a provider: what happened, what was kept, what to do."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from aiohttp import web

from gateway.errors import PARKED
from gateway.responses import local_path, redirect, show_page
from gateway.visits import session_of, visit_of

FAILURE = "federation_failure"
TEMPLATE = "account/federation_failed.html"
STATUSES: Mapping[str, int] = {"cancelled": 200, "expired": 200, "away": 503, "portal": 503}


async def fail(request: web.Request, reason: str, return_to: str, state: str = "") -> web.Response:
    """Keep what is to be told and go on to an address that holds neither code nor state."""
    failure = {"reason": reason, "return_to": return_to, "state": state}
    (await session_of(request)).put(FAILURE, failure)
    return redirect(f"/connexion/{request.match_info['provider']}/echec")


async def failure_page(
    request: web.Request, title: str, failure: Mapping[str, Any]
) -> web.Response:
    """Show a failure that was kept."""
    visit, reason = visit_of(request), str(failure["reason"])
    heading, told = _texts(visit.gettext, title)[reason]
    return_to = local_path(str(failure["return_to"]), "")
    name = request.match_info["provider"]
    return await show_page(
        request,
        TEMPLATE,
        status=STATUSES.get(reason, 403),
        heading=heading,
        told=told,
        account_state=failure["state"],
        parked=visit.session is not None and bool(visit.session.get(PARKED)),
        title=title,
        again_url=f"/connexion/{name}{_query(return_to)}",
        password_url=f"/connexion{_query(return_to)}",
        signed_in=visit.account is not None,
    )


def _query(return_to: str) -> str:
    return f"?return_to={quote(return_to)}" if return_to else ""


def _texts(_: Callable[[str], str], title: str) -> Mapping[str, tuple[str, str]]:
    texts = {**_of_the_provider(_), **_of_the_account(_)}
    return {reason: (heading % title, told) for reason, (heading, told) in texts.items()}


def _of_the_provider(_: Callable[[str], str]) -> Mapping[str, tuple[str, str]]:
    return {
        "cancelled": (
            _("Vous avez annulé la connexion avec %s"),
            _("Vous êtes revenu sans vous identifier. Rien ne nous a été transmis."),
        ),
        "expired": (
            _("Cette connexion avec %s n’est plus valable"),
            _("Elle a déjà servi, a duré trop longtemps, ou a commencé dans un autre navigateur."),
        ),
        "away": (
            _("%s ne répond pas pour le moment"),
            _("Cela ne vient ni de vous ni de ce site. Réessayez dans quelques minutes."),
        ),
        "portal": (
            _("Vous êtes identifié par %s, mais les comptes ne répondent pas pour le moment"),
            _("Cela ne vient pas de vous : une partie de ce site ne répond pas."),
        ),
        "refused": (
            _("La réponse reçue au nom de %s n’est pas sûre"),
            _(
                "Nous n’avons pas pu vérifier qu’elle vient bien de lui. Par sécurité, personne "
                "n’est connecté."
            ),
        ),
    }


def _of_the_account(_: Callable[[str], str]) -> Mapping[str, tuple[str, str]]:
    return {
        "account-not-usable": (
            _("Votre compte ne peut pas être utilisé avec %s pour le moment"),
            _(
                "Votre identité est reconnue, mais le compte auquel elle est liée est fermé à "
                "l’usage."
            ),
        ),
        "wrong-provider": (
            _("Ce compte ne se connecte pas avec %s"),
            _("Les agents se connectent avec ProConnect, les autres personnes avec FranceConnect."),
        ),
        "link-taken": (
            _("Cette identité %s est déjà liée à un autre compte"),
            _(
                "Une identité n’ouvre qu’un compte. Connectez-vous à l’autre compte pour retirer "
                "le lien."
            ),
        ),
    }
