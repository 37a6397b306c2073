"""The sentences of the notices, in both languages."""

from authority.text import Text

SUBJECT = Text(fr="Votre demande {number} : {label}", en="Your request {number}: {label}")
BODY = Text(
    fr="""Bonjour,

{label}.

Demande : {title}
Numéro de dossier : {number}
Date : {day}
{deadline}
Pour lire le détail et répondre, rendez-vous sur {address} avec votre numéro de dossier et votre \
code de suivi, ou depuis votre compte.

Ce message est automatique : n’y répondez pas. Pour joindre le service : {service}, {telephone}.

{authority}
""",
    en="""Hello,

{label}.

Request: {title}
Request number: {number}
Date: {day}
{deadline}
To read more and to answer, go to {address} with your request number and your tracking code, or \
from your account.

This message is automatic: please do not reply. To reach the service: {service}, {telephone}.

{authority}
""",
)
DEADLINE = Text(fr="Réponse attendue avant le {day}\n", en="Answer expected before {day}\n")
ATTACHED = Text(
    fr="Le courrier joint donne les motifs et les recours.\n",
    en="The attached letter gives the reasons and the remedies.\n",
)
SERVICE_SUBJECT = "Dossier {number} : à regarder"
SERVICE_BODY = """Bonjour,

Le dossier {number} ({title}) attend le service : {state}.
{late}
{address}
"""
LATE = "Réponse promise à la personne pour le {day}.\n"
