"""The sentences of a digest: figures and numbers, nothing that a person wrote."""

from authority.text import Text

SUBJECT = Text(fr="Vos dossiers du {day}", en="Your requests on {day}")
HELLO = Text(fr="Bonjour,", en="Hello,")
FILED = Text(fr="À prendre en charge : {count}", en="Waiting to be taken in hand: {count}")
LATE = Text(fr="En retard : {count}{numbers}", en="Late: {count}{numbers}")
MINE = Text(fr="Affectés à vous : {count}", en="Assigned to you: {count}")
MANY = Text(fr="1 000 ou plus", en="1,000 or more")
FOOT = Text(
    fr="""{address}

Vous recevez ce message parce que vous l’avez demandé. Pour en changer le rythme ou l’arrêter : \
{choice}
""",
    en="""{address}

You get this message because you asked for it. To change how often, or to stop it: {choice}
""",
)
