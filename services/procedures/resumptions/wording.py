"""The mail that holds the link."""

from authority.text import Text

SUBJECT = Text("Reprendre votre brouillon : {title}", "Go on with your draft: {title}")
BODY = Text(
    "Bonjour,\n\nVous avez demandé à reprendre plus tard la démarche « {title} ». Ce lien ouvre "
    "votre brouillon :\n\n{address}\n\nIl sert autant de fois qu’il le faut jusqu’au {day}, tant "
    "que la demande n’est pas déposée. Un nouveau lien met fin à celui-ci. Gardez-le pour vous : "
    "qui le possède lit et modifie le brouillon.\n\nSi vous n’avez rien demandé, ne faites rien : "
    "une personne s’est sans doute trompée d’adresse.\n\n{authority}\n",
    "Hello,\n\nYou asked to go on later with the procedure “{title}”. This link opens your draft:"
    "\n\n{address}\n\nIt may be used as often as needed until {day}, as long as the request is not "
    "filed. A new link ends this one. Keep it to yourself: whoever has it reads and changes the "
    "draft.\n\nIf you asked for nothing, do nothing: somebody probably mistyped an address.\n\n"
    "{authority}\n",
)
