"""The warning that a draft will be destroyed."""

from authority.text import Text

SUBJECT = Text(
    "Votre brouillon sera supprimé le {day}",
    "Your draft will be deleted on {day}",
)
BODY = Text(
    "Bonjour,\n\nVous avez commencé sur ce portail la démarche «\u00a0{title}\u00a0» et ne l’avez "
    "pas déposée.\n\nSans nouvelle saisie de votre part, ce que vous avez écrit et les fichiers "
    "joints seront supprimés le {day}.\n\nPour le garder, rouvrez-le depuis votre compte ou depuis "
    "le navigateur où vous l’avez commencé, et enregistrez une étape\u00a0: {address}\n\n"
    "Vous pouvez aussi faire cette démarche autrement\u00a0: {service}, {telephone}.\n\n"
    "{authority}\n",
    "Hello,\n\nYou began the procedure “{title}” on this portal and did not file it.\n\n"
    "Unless you come back to it, what you wrote and the files that you joined will be deleted on "
    "{day}.\n\nTo keep it, open it from your account or from the browser in which you began it, "
    "and save a step: {address}\n\nYou can also do this in another way: {service}, {telephone}.\n\n"
    "{authority}\n",
)
