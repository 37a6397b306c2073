"""Where members of staff begin: what their roles let them open, and nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aiohttp import web

from gateway.errors import show_error
from gateway.responses import redirect, show_page
from gateway.visits import visit_of

HOME = "/agents"
# a role may name its service: agent:dechets
DESK = ("agent:", "supervisor:")
HEADS = ("supervisor:",)
APPLICATIONS = ("administrator",)
ACCOUNTS = ("supervisor", "dpo", "administrator")
RESETS = ("supervisor", "administrator")
RIGHTS = ("dpo", "administrator")
TEXTS = ("editor", "publisher")
PROCEDURES = ("editor", "publisher", "administrator", "supervisor:")
CASH = ("cash_officer",)


@dataclass(frozen=True)
class Room:
    """A part of the staff's pages."""

    address: str
    title: str
    text: str


async def show_home(request: web.Request) -> web.Response:
    """GET /agents: the services decide again at each page."""
    visit = visit_of(request)
    if visit.account is None:
        return redirect(f"/connexion?return_to={HOME}")
    rooms = rooms_of(visit.account.get("roles", ()), visit.gettext)
    if not rooms:
        return await show_error(request, 403)
    return await show_page(request, "staff/home.html", form=True, rooms=rooms)


def rooms_of(roles: Iterable[str], _: Callable[[str], str]) -> list[Room]:
    """Return the parts that one of these roles opens, in the order of the page."""
    held = tuple(roles)
    rooms = [
        (
            DESK,
            Room("/agents/dossiers", _("Les demandes"), _("Prendre en charge, répondre, décider.")),
        ),
        (DESK, Room("/agents/guichet", _("Le guichet"), _("Déposer une demande pour quelqu’un."))),
        (DESK, Room("/agents/statistiques", _("Les chiffres"), _("Délais promis et réels."))),
        (
            HEADS,
            Room("/agents/modeles", _("Les modèles"), _("Motifs de décision tout prêts.")),
        ),
        (CASH, Room("/agents/regie", _("Les régies"), _("Paiements, alertes, remboursements."))),
        (
            PROCEDURES,
            Room("/agents/demarches", _("Les démarches"), _("Modifier, publier, suspendre.")),
        ),
        (TEXTS, Room("/agents/textes", _("Les textes"), _("Écrire, relire, publier."))),
        (ACCOUNTS, Room("/agents/comptes", _("Les comptes"), _("Chercher, suspendre, rétablir."))),
        (
            RESETS,
            Room(
                "/agents/double-verification",
                _("Les doubles vérifications"),
                _("Confirmer un retrait demandé par un collègue."),
            ),
        ),
        (
            APPLICATIONS,
            Room("/agents/applications", _("Les applications"), _("Jetons, adresses prévenues.")),
        ),
        (
            RIGHTS,
            Room("/agents/droits", _("Les droits"), _("Le registre, et son délai d’un mois.")),
        ),
    ]
    return [room for wanted, room in rooms if _opens(held, wanted)]


def _opens(held: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(
        role == name or (name.endswith(":") and role.startswith(name))
        for role in held
        for name in wanted
    )
