"""What a payer is told when a payment cannot begin, the same words on every page."""

from typing import Any


def refusals(_: Any) -> dict[str, str]:
    """Return the sentence for each code of procedures that says that nothing can begin now."""
    return {
        "already-paid": _("Cette facture est déjà payée. Ne la payez pas une seconde fois."),
        "payment-underway": _(
            "Un paiement est déjà en cours pour cette facture. Nous vérifions auprès de la DGFiP."
        ),
        "online-payment-closed": closed(_),
        "provider-unavailable": _(
            "La DGFiP ne répond pas en ce moment. Rien n’a été débité, et votre saisie est "
            "gardée : réessayez dans quelques minutes, ou payez par un autre moyen."
        ),
    }


def closed(_: Any) -> str:
    """Return the sentence for a service in charge that takes no online payment."""
    return str(
        _(
            "Le paiement en ligne n’est pas possible en ce moment pour ce service. Les autres "
            "moyens, au bas de cette page, restent ouverts."
        )
    )
