"""What is said to a payer of each fault in a bill."""

from authority.text import Text

REFERENCE_MISSING = Text(
    fr="Indiquez la référence qui figure sur la facture.", en="Enter the reference on the bill."
)
REFERENCE_INVALID = Text(
    fr="La référence a de 6 à 30 lettres ou chiffres, sans accent ni signe : vérifiez-la sur la "
    "facture.",
    en="The reference has 6 to 30 letters or figures, without accents or signs: check it on the "
    "bill.",
)
AMOUNT_MISSING = Text(
    fr="Indiquez le montant à payer, par exemple 45,90.",
    en="Enter the amount to pay, for example 45.90.",
)
AMOUNT_INVALID = Text(
    fr="Écrivez le montant en euros, avec deux décimales au plus, par exemple 45,90.",
    en="Write the amount in euros, with two decimals at most, for example 45.90.",
)
AMOUNT_LOW = Text(
    fr="Le paiement en ligne commence à {limit}.", en="Online payment begins at {limit}."
)
AMOUNT_HIGH = Text(
    fr="Le paiement en ligne s’arrête à {limit}. Au-delà, payez par une autre voie.",
    en="Online payment ends at {limit}. Above it, pay in another way.",
)
AMOUNT_DIFFERS = Text(
    fr="Ce montant n’est pas celui de la facture : vérifiez-le sur la facture.",
    en="This is not the amount of the bill: check it on the bill.",
)
EMAIL_MISSING = Text(
    fr="Indiquez une adresse électronique : la DGFiP y envoie votre ticket de paiement.",
    en="Enter an e-mail address: the DGFiP sends your payment receipt there.",
)
EMAIL_INVALID = Text(
    fr="Cette adresse électronique n’est pas valable, ou dépasse 80 caractères. Exemple : "
    "nom@exemple.fr.",
    en="This e-mail address is not valid, or is longer than 80 characters. Example: "
    "name@example.com.",
)
YEAR_INVALID = Text(
    fr="L’exercice est une année de quatre chiffres, par exemple 2026.",
    en="The financial year has four figures, for example 2026.",
)
