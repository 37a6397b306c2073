"""The sentences of a payment's acknowledgement and of its states, in both languages."""

from babel.numbers import format_currency

from authority.text import Text
from services.procedures.payments.model import AttemptState

LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def euros(cents: int, language: str) -> str:
    """Return e.g. `45,90 €`."""
    return str(format_currency(cents / 100, "EUR", locale=LOCALES.get(language, "fr_FR")))


TITLE = Text(fr="Attestation de paiement", en="Acknowledgement of payment")
INTRODUCTION = Text(
    fr="Nous avons bien reçu votre paiement de {amount} pour « {title} ».",
    en="We have received your payment of {amount} for “{title}”.",
)
YOUR_PAYMENT = Text(fr="Votre paiement", en="Your payment")
REFERENCE = Text(fr="Référence", en="Reference")
AMOUNT = Text(fr="Montant", en="Amount")
PAID_AT = Text(fr="Date du paiement", en="Date of payment")
MEANS = Text(fr="Moyen de paiement", en="Means of payment")
CARD = Text(fr="Carte bancaire", en="Bank card")
DEBIT = Text(fr="Prélèvement unique", en="One-off direct debit")
AUTHORISATION = Text(fr="Numéro d’autorisation", en="Authorisation number")
PROVIDER = Text(
    fr="Le paiement a été fait sur PayFiP, le service de la direction générale des Finances "
    "publiques, "
    "qui vous envoie aussi son ticket. Ce portail n’a jamais eu votre numéro de carte.",
    en="The payment was made on PayFiP, the service of the French public finances directorate, "
    "which also sends you its receipt. This portal never had your card number.",
)
OVERPAID = Text(
    fr="Cette facture avait déjà été payée. Le régisseur en est averti et étudie le remboursement.",
    en="This bill had already been paid. The cash officer is told and is considering the refund.",
)
SUBJECT = Text(fr="Votre paiement {reference}", en="Your payment {reference}")

STATES = {
    AttemptState.STARTED: Text(
        fr="Nous préparons le paiement avec la DGFiP.",
        en="We are preparing the payment with the DGFiP.",
    ),
    AttemptState.UNKNOWN: Text(
        fr="La DGFiP n’a pas répondu à temps. Rien n’a été débité. Vous pourrez réessayer dans "
        "un quart d’heure.",
        en="The DGFiP did not answer in time. Nothing was charged. You can try again in a "
        "quarter of an hour.",
    ),
    AttemptState.OPEN: Text(
        fr="Nous vérifions auprès de la DGFiP. Ne payez pas une seconde fois.",
        en="We are checking with the DGFiP. Do not pay a second time.",
    ),
    AttemptState.DECLARED: Text(
        fr="Paiement déclaré. Nous attendons la confirmation de la DGFiP, sous quelques jours. "
        "Ne payez pas "
        "une seconde fois.",
        en="Payment declared. We are waiting for the DGFiP’s confirmation, within a few days. Do "
        "not pay a "
        "second time.",
    ),
    AttemptState.DISPUTED: Text(
        fr="La réponse de la DGFiP ne correspond pas à ce qui était demandé. Le régisseur "
        "vérifie. Ne payez "
        "pas une seconde fois.",
        en="The DGFiP’s answer does not match what was asked. The cash officer is checking. Do "
        "not pay a "
        "second time.",
    ),
    AttemptState.PAID: Text(fr="Payé.", en="Paid."),
    AttemptState.REFUSED: Text(
        fr="Le paiement a été refusé par la banque. Rien n’a été débité.",
        en="The bank refused the payment. Nothing was charged.",
    ),
    AttemptState.ABANDONED: Text(
        fr="Le paiement a été abandonné. Rien n’a été débité.",
        en="The payment was abandoned. Nothing was charged.",
    ),
    AttemptState.EXPIRED: Text(
        fr="Aucun paiement n’a été fait dans le temps prévu.", en="No payment was made in time."
    ),
    AttemptState.FAILED: Text(
        fr="La DGFiP n’a pas accepté d’ouvrir le paiement. Rien n’a été débité.",
        en="The DGFiP did not open the payment. Nothing was charged.",
    ),
}
