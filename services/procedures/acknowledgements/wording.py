"""The sentences of an acknowledgement, in both languages."""

from authority.text import Text

TITLE = Text(fr="Accusé de réception électronique", en="Electronic acknowledgement of receipt")
INTRODUCTION = Text(
    fr="Nous avons bien reçu votre demande « {title} ».",
    en="We have received your request “{title}”.",
)
YOUR_REQUEST = Text(fr="Votre demande", en="Your request")
NUMBER = Text(fr="Numéro de dossier", en="Request number")
RECEIVED = Text(fr="Date de réception", en="Date of receipt")
RECEIVED_AT = Text(fr="{day} à {time}", en="{day} at {time}")
CERTIFIED = Text(fr="Déclaration certifiée", en="Declaration certified")
CERTIFIED_TEXT = Text(
    fr="« {title} », version {version}, empreinte {hash}, le {at}",
    en="“{title}”, version {version}, fingerprint {hash}, on {at}",
)
TERMS = Text(fr="Conditions générales acceptées", en="Terms of use accepted")
TERMS_TEXT = Text(
    fr="version {version}, empreinte {hash}", en="version {version}, fingerprint {hash}"
)
SERVICE = Text(fr="Le service chargé de votre dossier", en="The service in charge")
TELEPHONE = Text(fr="Téléphone", en="Telephone")
EMAIL = Text(fr="Courriel", en="E-mail")
ADDRESS = Text(fr="Adresse", en="Address")
MISSING = Text(fr="Documents manquants", en="Missing documents")
NOTHING_MISSING = Text(
    fr="Aucun document obligatoire ne manque à la date de cet accusé de réception.",
    en="No required document was missing when this acknowledgement was issued.",
)
DECISION = Text(fr="Décision", en="Decision")
USUAL_DELAY = Text(fr="Délai habituel", en="Usual time")
IMPLICIT_ACCEPTANCE = Text(
    fr="Sans réponse de notre part le {day}, votre demande sera considérée comme acceptée. Vous "
    "pourrez alors demander une attestation au service chargé de votre dossier.",
    en="If you have no answer by {day}, your request will be considered accepted. You may then ask "
    "the service in charge for a certificate.",
)
IMPLICIT_REFUSAL = Text(
    fr="Sans réponse de notre part le {day}, votre demande sera considérée comme refusée.",
    en="If you have no answer by {day}, your request will be considered refused.",
)
NO_IMPLICIT = Text(
    fr="Pour cette démarche, une absence de réponse ne vaut pas décision.",
    en="For this procedure, the absence of an answer is not a decision.",
)
LEGAL_BASIS = Text(fr="Texte applicable", en="Legal basis")
REMEDIES = Text(fr="Voies et délais de recours", en="Remedies and time limits")
FOLLOW = Text(fr="Suivre votre dossier", en="Tracking your request")
FOLLOW_HOW = Text(
    fr="Rendez-vous sur {address} avec votre numéro de dossier et votre code de suivi :",
    en="Go to {address} with your request number and your tracking code:",
)
KEEP_CODE = Text(
    fr="Gardez ce code pour vous : avec le numéro de dossier, il donne accès à votre demande.",
    en="Keep this code to yourself: with the request number it gives access to your request.",
)
SUBJECT = Text(
    fr="Votre demande {number} : accusé de réception", en="Your request {number}: acknowledgement"
)
IMPLICIT_LABELS = {"acceptance": IMPLICIT_ACCEPTANCE, "refusal": IMPLICIT_REFUSAL}
