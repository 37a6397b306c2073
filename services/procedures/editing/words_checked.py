"""The checks of accessibility by name, what each says, and the words that it looks for."""

import re
from collections.abc import Mapping

from authority.text import Text

# in the order of the report
CHECKS: Mapping[str, Text] = {
    "labels": Text("Chaque question a un libellé distinct", "Each question has a label of its own"),
    "formats": Text("Les formats attendus sont expliqués", "The formats expected are explained"),
    "senses": Text(
        "Rien ne tient à la couleur ou à la place seules",
        "Nothing rests on colour or position alone",
    ),
    "headings": Text("Les titres se suivent dans l’ordre", "Headings follow in order"),
    "language": Text("Les phrases sont courtes et traduites", "Sentences are short, translated"),
    "errors": Text("Les messages d’erreur disent quoi faire", "Error messages say what to do"),
    "typography": Text("La typographie française est respectée", "French is well typeset"),
    "notice": Text(
        "Il est dit ce qui est demandé, pourquoi, pour qui et pour combien de temps",
        "It says what is asked, why, for whom and for how long",
    ),
    "filling": Text(
        "Le navigateur peut remplir ce que la personne a déjà donné",
        "The browser can fill in what the person gave before",
    ),
}
SAYINGS: Mapping[str, Text] = {
    "title-twice": Text(
        "Une autre étape s’appelle déjà «\u00a0{label}\u00a0»",
        "Another step is already called “{label}”",
    ),
    "label-twice": Text(
        "Une autre question de l’étape s’appelle déjà «\u00a0{label}\u00a0»\u00a0: qui écoute la "
        "page ne les distingue pas",
        "Another question of the step is already called “{label}”: nobody who listens to the "
        "page can tell them apart",
    ),
    "option-twice": Text(
        "Un autre choix s’appelle déjà «\u00a0{label}\u00a0»",
        "Another choice is already called “{label}”",
    ),
    "label-long": Text(
        "Plus de {most} caractères\u00a0: mettez les détails dans l’aide",
        "More than {most} characters: put the details in the help",
    ),
    "no-help": Text(
        "Montrez dans l’aide ce qui est attendu, par exemple les limites ou un modèle",
        "Show in the help what is expected: the limits, or an example",
    ),
    "colour": Text(
        "«\u00a0{words}\u00a0»\u00a0: une couleur ne suffit pas, tout le monde ne la voit pas",
        "“{words}”: a colour is not enough, not everybody sees it",
    ),
    "position": Text(
        "«\u00a0{words}\u00a0»\u00a0: nommez la chose, sa place change selon l’écran",
        "“{words}”: name the thing, its place changes with the screen",
    ),
    "link": Text(
        "«\u00a0{words}\u00a0»\u00a0: dites où mène le lien",
        "“{words}”: say where the link leads",
    ),
    "level": Text(
        "Le titre «\u00a0{words}\u00a0» saute un niveau\u00a0: commencez par ##, puis ###",
        "The heading “{words}” skips a level: begin with ##, then ###",
    ),
    "nothing-under": Text("Rien ne vient sous cet intertitre", "Nothing comes under this heading"),
    "sentence-long": Text(
        "Une phrase de {count} mots\u00a0: au-delà de {most}, elle se lit mal",
        "A sentence of {count} words: beyond {most} it is hard to read",
    ),
    "not-translated": Text(
        "L’anglais est le même texte que le français",
        "The English is the same text as the French",
    ),
    "page-long": Text(
        "{count} questions sur une étape\u00a0: au-delà de {most}, faites-en deux",
        "{count} questions on one step: beyond {most}, make two",
    ),
    "error-vague": Text(
        "Dites quoi faire, par exemple «\u00a0Indiquez votre nom.\u00a0»",
        "Say what to do, for example “Enter your name.”",
    ),
    "error-unfinished": Text(
        "Terminez la phrase par un point", "End the sentence with a full stop"
    ),
    "typography": Text(
        "Espaces, apostrophes ou guillemets à corriger",
        "Spaces, apostrophes or quotation marks to mend",
    ),
    "to-complete": Text("Remplacez […] par votre texte", "Replace […] by your own text"),
    "notice-short": Text(
        "Trop court pour que la personne sache à quoi s’en tenir",
        "Too short for the person to know what to expect",
    ),
    "no-duration": Text(
        "Dites une durée\u00a0: mois, années, ou jusqu’à quel moment",
        "Give a length of time: months, years, or until when",
    ),
    "no-autocomplete": Text(
        "Prérempli depuis le compte, mais le navigateur ne sait pas le remplir (autocomplete)",
        "Prefilled from the account, but the browser cannot fill it in (autocomplete)",
    ),
}
COLOUR = re.compile(
    r"\ben (?:rouge|vert|bleu|jaune|orange|gris)\b"
    r"|\b(?:champs?|cases?|boutons?|texte) (?:rouges?|verte?s?|bleue?s?)\b"
    r"|\bin (?:red|green|blue|yellow)\b|\b(?:red|green|blue) (?:fields?|button|box)\b",
    re.IGNORECASE,
)
POSITION = re.compile(
    r"\bci-contre\b|\b(?:colonne|menu|case|champ|bouton) (?:de|à) (?:droite|gauche)\b"
    r"|\ben (?:haut|bas) (?:à|de) (?:droite|gauche)\b"
    r"|\bon the (?:right|left)(?:-hand)? (?:side|of the (?:page|screen))\b"
    r"|\b(?:top|bottom) (?:right|left)\b",
    re.IGNORECASE,
)
VAGUE_LINK = re.compile(r"\bcliquez ici\b|\bclick here\b|\[(?:ici|here|lien|link)\]", re.IGNORECASE)
VAGUE_ERROR = re.compile(
    r"champ (?:obligatoire|requis|invalide)|required field|this field is|invalid", re.IGNORECASE
)
HEADING = re.compile(r"^(#{1,6})\s+(.+)$", re.MULTILINE)
DURATION = re.compile(
    r"\d|\bans?\b|ann[ée]e|\bmois\b|\bjours?\b|semaine|durée|jusqu|tant que|aussi longtemps"
    r"|year|month|\bdays?\b|week|until|as long|duration|time",
    re.IGNORECASE,
)
