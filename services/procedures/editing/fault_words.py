"""The checks’ messages in French: the files’ writers read English, the pages’ writers may not."""

import re

from authority.text import Text

# the message of a check -> the sentence in French; \1 is what the check names
RULES = tuple(
    (re.compile(pattern + r"\Z", re.DOTALL), french)
    for pattern, french in (
        (r"is missing", "à remplir"),
        (r"must not be empty", "ne doit pas être vide"),
        (r"is not a known key", "ce mot n’est pas connu ici"),
        (r"must hold keys and values", "doit contenir des mots suivis de leurs valeurs"),
        (r"must be a list", "doit être une liste"),
        (r"must be text", "doit être un texte"),
        (r"(?:must be a whole number|not a valid number)", "doit être un nombre entier"),
        (r"must be a day, as (.*)", r"doit être un jour, par exemple \1"),
        (r"must be a day or today", "doit être un jour, ou « today » pour aujourd’hui"),
        (
            r"must be a whole number, a day or today",
            "doit être un nombre entier, un jour, ou « today » pour aujourd’hui",
        ),
        (r"must be a day of the year, as (.*)", r"doit être un jour de l’année, comme \1"),
        (
            r"must be lower-case-letters-like-this",
            "doit s’écrire en minuscules sans accent, chiffres et tirets",
        ),
        (r"(?:not https|not a valid URL)", "doit être une adresse en https"),
        (r"must be true or false", "doit être true (oui) ou false (non)"),
        (r"must be either once or yearly", "doit être soit « once », soit « yearly »"),
        (r"must not be before from", "la fin vient avant le début"),
        (r"means nothing for (.*)", r"n’a pas de sens pour « \1 »"),
        (r"goes with an internal procedure", "ne va qu’avec une démarche remplie ici"),
        (
            r"goes with state: suspended, and only with it",
            "ne va qu’avec une démarche suspendue",
        ),
        (r"must have two options or more", "proposez au moins deux choix"),
        (
            r"(?:is not for a field of a group|is not for a repeated group)",
            "ce type ne va pas dans un groupe répété",
        ),
        (r"must be one of: (.*)", r"doit être l’un de ceux-ci : \1"),
        (
            r"is missing: what a person reads when the answer is",
            "écrivez ce que la personne lit quand elle n’a pas répondu",
        ),
        (r"must not be less than min", "le maximum est plus petit que le minimum"),
        (
            r"must be greater than or equal to (\S+) and less than or equal to (\S+)",
            r"doit être entre \1 et \2",
        ),
        (r"(?:shorter than minimum length|longer than maximum length) (.*)", r"longueur : \1"),
        (r"'(.*)' is no service of .*there are (.*)", r"« \1 » n’est pas un service : \2"),
        (r"'(.*)' is no counter of .*there are (.*)", r"« \1 » n’est pas un guichet : \2"),
        (r"'(.*)' is no theme of .*there are (.*)", r"« \1 » n’est pas un thème : \2"),
        (r"'(.*)' is no audience of .*there are (.*)", r"« \1 » n’est pas un public : \2"),
        (
            r"'(.*)' is no document of the procedure; there are (.*)",
            r"« \1 » n’est pas un document de la démarche : \2",
        ),
        (r"'(.*)' is given twice", r"« \1 » est donné deux fois"),
        (
            r"must be the file's name without .yaml",
            "l’identifiant d’une démarche ne change pas",
        ),
        (r"'?(.*?)'? is not in _shared.yaml", r"« \1 » n’est pas une question commune"),
        (
            r"can never be true: nobody would reach it",
            "cette condition n’est jamais vraie : personne ne verrait ceci",
        ),
        (r"gives (.*), and result says (.*)", r"le calcul donne « \1 », pas « \2 »"),
        (r"'(.*)' is asked on a later page", r"« \1 » est demandé à une étape suivante"),
        (r"'(.*)' is no choice of the form", r"« \1 » n’est pas un choix du formulaire"),
        (r"'(.*)' is no option of '(.*)'", r"« \1 » n’est pas un choix de « \2 »"),
        (r"depends on itself: (.*)", r"dépend de soi-même : \1"),
        (r"'(.*)' is no field of the form", r"« \1 » n’est pas un champ du formulaire"),
        (
            r"'(.*)' is none of the options: (.*)",
            r"« \1 » n’est pas l’un des choix : \2",
        ),
        (
            r"'(.*)' is no part of this (.*); there are: (.*)",
            r"« \1 » n’est pas une partie de « \2 » : \3",
        ),
        (r"must be true or false, not (.*)", r"doit être une condition (vraie ou fausse), pas \1"),
        (r"'(.*)' must be true or false, not (.*)", r"« \1 » doit être une condition, pas \2"),
        (r"cannot be read: (.*)", r"cette condition n’a pas pu être lue : \1"),
        (r"may not hold ['\"](.*)['\"]", r"« \1 » n’est pas permis dans une condition"),
        (r"is longer than (\d+) characters", r"dépasse \1 caractères"),
        (r"is longer than (\d+) bytes", r"dépasse \1 octets"),
        (r"is nested too deeply", "contient trop de niveaux les uns dans les autres"),
        (r"has too many parts", "contient trop d’éléments"),
        (
            r"compares more than two things at once: use and",
            "compare plus de deux choses : reliez deux comparaisons par « and »",
        ),
        (r"may list texts only", "ne peut énumérer que des textes entre apostrophes"),
        (r"calls an unknown function; there are (.*)", r"fonction inconnue ; il y a \1"),
        (r"is called as (.*)", r"s’écrit \1"),
        (r"holds a number .*", "contient un nombre qui n’a pas de sens"),
        (r"(\S+) means nothing between (.*) and (.*)", r"« \1 » n’a pas de sens entre \2 et \3"),
        (r"(.*) is never (?:compared with|in) (.*)", r"\1 ne se compare pas à \2"),
        (r"(.*) and (.*) cannot be compared so", r"\1 et \2 ne se comparent pas ainsi"),
        (r"(\w+) takes .*", r"« \1 » ne s’emploie pas ainsi"),
        (r"may not hold an alias .*", "les renvois (*nom) sont refusés : répétez la valeur"),
        (r"may not hold an anchor .*", "les ancres (&nom) sont refusées : écrivez la valeur"),
        (r"may not hold a tag .*", "les étiquettes (!nom) sont refusées"),
        (r"'(.*)' is no day that exists", r"« \1 » n’est pas un jour qui existe"),
        (r"holds a forbidden character", "contient un caractère invisible interdit"),
        (r"not YAML: (.*)", r"ce n’est pas du YAML correct (\1)"),
        (
            r"another version was published since",
            "une autre version a été publiée depuis : reprenez ses changements, puis dites-le",
        ),
        (r"is the same as the version in force", "rien n’est changé à la version en vigueur"),
    )
)


def fault_text(message: str) -> Text:
    """Return a check's message in both languages."""
    english = message[:1].upper() + message[1:]
    for pattern, french in RULES:
        found = pattern.match(message)
        if found:
            said = found.expand(french)
            return Text(said[:1].upper() + said[1:], english)
    return Text(f"À revoir : {message}", english)
