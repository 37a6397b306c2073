"""The sentences of a decision's letter, in both languages, and the shipped reasons."""

from collections.abc import Mapping

from authority.text import Text
from services.procedures.decisions.model import Template

TITLES: Mapping[str, Text] = {
    "accepted": Text(fr="Décision : demande acceptée", en="Decision: request accepted"),
    "refused": Text(fr="Décision : demande refusée", en="Decision: request refused"),
    "closed": Text(
        fr="Décision : demande classée sans suite",
        en="Decision: request closed without follow-up",
    ),
    "suspended": Text(fr="Suspension de votre demande", en="Suspension of your request"),
    "terminated": Text(fr="Fin de votre demande", en="End of your request"),
}
INTRODUCTION = Text(
    fr="Vous avez déposé le {filed_on} la demande « {title} ». Voici ce qui a été décidé le {day}.",
    en="On {filed_on} you filed the request “{title}”. Here is what was decided on {day}.",
)
REASONS = Text(fr="Motifs", en="Reasons")
SERVICE = Text(fr="Le service chargé de votre dossier", en="The service in charge")
REMEDIES = Text(fr="Voies et délais de recours", en="Remedies and time limits")

DEFAULT_TEMPLATES = (
    Template(
        "acceptee",
        "accepted",
        None,
        "Demande complète et conforme",
        "Votre demande {number} est complète et remplit les conditions prévues. Elle est acceptée.",
        "Your request {number} is complete and meets the conditions. It is accepted.",
    ),
    Template(
        "refusee-conditions",
        "refused",
        None,
        "Conditions non remplies",
        "Votre demande {number} ne remplit pas les conditions prévues pour « {procedure} » : "
        "[précisez la condition et le texte qui la prévoit].",
        "Your request {number} does not meet the conditions set for “{procedure}”: "
        "[state the condition and the text that sets it].",
    ),
    Template(
        "classee-incomplete",
        "closed",
        None,
        "Dossier resté incomplet",
        "Les éléments demandés pour compléter votre demande {number} ne nous sont pas parvenus "
        "dans le délai indiqué. Vous pouvez déposer une nouvelle demande à tout moment.",
        "What was asked to complete your request {number} did not reach us in time. You may file "
        "a new request at any time.",
    ),
    Template(
        "suspendue-declaration",
        "suspended",
        None,
        "Déclaration inexacte",
        "Des informations certifiées dans votre demande {number} paraissent inexactes : [précisez "
        "lesquelles]. Vous pouvez présenter vos observations en répondant depuis la page de suivi.",
        "Some information certified in your request {number} seems inexact: [say which]. You may "
        "answer from the tracking page.",
    ),
)
