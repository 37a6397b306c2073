"""What people are told while a part of the portal does not answer (AVA-03)."""

from collections.abc import Callable

from gateway.services import NAMES, Services

Translate = Callable[[str], str]


def outages(services: Services, _: Translate) -> list[dict[str, str]]:
    """Return `{title, text}` for each service that is down, in plain words."""
    told = {
        "legal": (
            _("Les conditions d’utilisation ne répondent pas."),
            _("Commencer une nouvelle demande attendra un peu ; tout le reste fonctionne."),
        ),
        "identity": (
            _("La connexion aux comptes ne répond pas."),
            _("Les démarches se font aussi sans compte ; rien n’est perdu."),
        ),
        "procedures": (
            _("Les demandes ne répondent pas pour le moment."),
            _(
                "Commencer, déposer ou suivre une demande attendra un peu. Ce qui est enregistré "
                "ou déposé est conservé."
            ),
        ),
    }
    return [
        {"title": told[name][0], "text": told[name][1]} for name in NAMES if name in services.down
    ]
