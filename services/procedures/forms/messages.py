"""What a person reads beside a field whose answer cannot be kept."""

from authority.text import Text
from services.procedures.forms.model import FormField

LABEL_ENDS = "?: \u00a0\u202f"

MESSAGES = {
    "required": Text("Répondez à la question « {label} ».", "Answer “{label}”."),
    "wrong-shape": Text(
        "La réponse à « {label} » n’a pas pu être lue. Saisissez-la de nouveau.",
        "The answer to “{label}” could not be read. Please enter it again.",
    ),
    "control-character": Text(
        "La réponse à « {label} » contient un caractère invisible qui ne peut pas "
        "être enregistré. Saisissez-la au clavier.",
        "The answer to “{label}” contains an invisible character that cannot be kept. "
        "Please type it.",
    ),
    "too-long": Text(
        "La réponse à « {label} » est trop longue : {limit} caractères au maximum, "
        "{length} saisis.",
        "The answer to “{label}” is too long: {limit} characters at most, {length} entered.",
    ),
    "not-an-integer": Text(
        "Pour « {label} », indiquez un nombre entier en chiffres, par exemple 12.",
        "For “{label}”, enter a whole number in figures, for example 12.",
    ),
    "too-small": Text(
        "Pour « {label} », indiquez un nombre d’au moins {limit}.",
        "For “{label}”, enter a number of at least {limit}.",
    ),
    "too-large": Text(
        "Pour « {label} », indiquez un nombre d’au plus {limit}.",
        "For “{label}”, enter a number of at most {limit}.",
    ),
    "not-a-date": Text(
        "Pour « {label} », indiquez une date qui existe : jour, mois et année, par exemple "
        "14/07/1990.",
        "For “{label}”, enter a real date: day, month and year, for example 14/07/1990.",
    ),
    "too-early": Text(
        "Pour « {label} », la date ne peut pas être avant le {limit}.",
        "For “{label}”, the date cannot be before {limit}.",
    ),
    "too-late": Text(
        "Pour « {label} », la date ne peut pas être après le {limit}.",
        "For “{label}”, the date cannot be after {limit}.",
    ),
    "not-an-email": Text(
        "Pour « {label} », indiquez une adresse complète, par exemple prenom.nom@exemple.fr.",
        "For “{label}”, enter a complete address, for example first.last@example.com.",
    ),
    "not-a-phone": Text(
        "Pour « {label} », indiquez un numéro de téléphone valable, par exemple 04 66 02 55 55, "
        "ou avec l’indicatif du pays, par exemple +34 912 345 678.",
        "For “{label}”, enter a valid telephone number, for example 04 66 02 55 55, "
        "or with the country code, for example +34 912 345 678.",
    ),
    "not-a-postal-code": Text(
        "Pour « {label} », indiquez les 5 chiffres du code postal, par exemple 30000.",
        "For “{label}”, enter the 5 digits of the postal code, for example 30000.",
    ),
    "not-a-number": Text(
        "Pour « {label} », indiquez un nombre en chiffres, par exemple 12,5.",
        "For “{label}”, enter a number in figures, for example 12.5.",
    ),
    "not-an-amount": Text(
        "Pour « {label} », indiquez un montant en euros, par exemple 1250 ou 12,50.",
        "For “{label}”, enter an amount in euros, for example 1250 or 12.50.",
    ),
    "too-precise": Text(
        "Pour « {label} », écrivez au plus {limit} chiffres après la virgule.",
        "For “{label}”, write at most {limit} figures after the decimal point.",
    ),
    "not-a-time": Text(
        "Pour « {label} », indiquez une heure de 0 h 00 à 23 h 59, par exemple 14 h 30.",
        "For “{label}”, enter a time from 00:00 to 23:59, for example 14:30.",
    ),
    "not-a-siret": Text(
        "Pour « {label} », vérifiez les 14 chiffres du numéro SIRET : l’un d’eux ne convient pas.",
        "For “{label}”, check the 14 digits of the SIRET number: one of them does not fit.",
    ),
    "not-an-rna": Text(
        "Pour « {label} », indiquez la lettre W puis 9 chiffres, par exemple W302001234.",
        "For “{label}”, enter the letter W and 9 digits, for example W302001234.",
    ),
    "not-an-iban": Text(
        "Pour « {label} », vérifiez l’IBAN : un de ses caractères ne convient pas. "
        "Il se lit sur le relevé d’identité bancaire.",
        "For “{label}”, check the IBAN: one of its characters does not fit. "
        "It is on the bank details.",
    ),
    "not-a-plate": Text(
        "Pour « {label} », indiquez une immatriculation française, par exemple AB-123-CD.",
        "For “{label}”, enter a French registration number, for example AB-123-CD.",
    ),
    "not-a-signature": Text(
        "Pour « {label} », signez en écrivant votre prénom et votre nom.",
        "For “{label}”, sign by typing your first and last names.",
    ),
    "not-offered-with": Text(
        "Pour « {label} », choisissez une des réponses qui vont avec « {followed} ».",
        "For “{label}”, choose one of the answers that go with “{followed}”.",
    ),
    "wrong-order": Text(
        "Pour « {label} », le dernier jour ne peut pas précéder le premier.",
        "For “{label}”, the last day cannot be before the first.",
    ),
    "too-few": Text(
        "Pour « {label} », le nombre de réponses doit être d’au moins {limit}.",
        "For “{label}”, the number of answers must be at least {limit}.",
    ),
    "too-many": Text(
        "Pour « {label} », le nombre de réponses doit être d’au plus {limit}.",
        "For “{label}”, the number of answers must be at most {limit}.",
    ),
    "unknown-choice": Text(
        "Pour « {label} », choisissez une des réponses proposées.",
        "For “{label}”, choose one of the answers offered.",
    ),
    "unknown-commune": Text(
        "Pour « {label} », choisissez une commune de la liste.",
        "For “{label}”, choose a municipality from the list.",
    ),
}


def message_for(field: FormField, code: str, language: str, **figures: object) -> str:
    """Return the sentence for a fault; the definition's own `ask` tells a missing answer."""
    if code == "required" and field.ask is not None:
        return field.ask.in_language(language)
    label = field.label.in_language(language).rstrip(LABEL_ENDS)
    return MESSAGES[code].in_language(language).format(label=label, **figures)
