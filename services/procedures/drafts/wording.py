"""The warning that a draft will be destroyed: it says only what still works."""

from authority.text import Text

SUBJECT = Text(
    "Votre brouillon sera supprimé le {day}",
    "Your draft will be deleted on {day}",
)
BODY = Text(
    "Bonjour,\n\nVous avez commencé sur ce portail la démarche «\u00a0{title}\u00a0» et ne l’avez "
    "pas déposée.\n\nSans nouvelle saisie de votre part, ce que vous avez écrit et les fichiers "
    "joints seront supprimés le {day}.\n\n{way}\n\n"
    "Vous pouvez aussi faire cette démarche autrement\u00a0: {service}, {telephone}.\n\n"
    "{authority}\n",
    "Hello,\n\nYou began the procedure “{title}” on this portal and did not file it.\n\n"
    "Unless you come back to it, what you wrote and the files that you joined will be deleted on "
    "{day}.\n\n{way}\n\nYou can also do this in another way: {service}, {telephone}.\n\n"
    "{authority}\n",
)
# how this very draft can be reached
WAYS = {
    "account": Text(
        "Pour le garder, rouvrez-le depuis votre compte et enregistrez une étape\u00a0: {address}",
        "To keep it, open it from your account and save a step: {address}",
    ),
    "link": Text(
        "Pour le garder, ouvrez-le par ce lien et enregistrez une étape\u00a0: {address}",
        "To keep it, open it with this link and save a step: {address}",
    ),
    "none": Text(
        "Commencé sans compte et sans lien de reprise, il ne peut plus être rouvert une fois le "
        "navigateur fermé. Pour faire la démarche, recommencez-la\u00a0: {address}",
        "Begun without an account or a link to come back, it can no longer be opened once the "
        "browser was closed. To go on, please begin again: {address}",
    ),
}
