"""What the identity service refuses, in the words of the page: which field, and what to do."""

from collections.abc import Callable, Mapping, Sequence

from chassis.http_client import ServiceProblem

Fault = dict[str, str]
Gettext = Callable[[str], str]


def faults_of(problem: ServiceProblem, _: Gettext) -> list[Fault]:
    """Return the faults to show; raise the problem again when it is none of the person's."""
    texts = _texts(_)
    if problem.code in ("registration-refused", "profile-refused"):
        return [_one(error, texts) for error in problem.problem.get("errors", [])]
    if problem.code == "password-refused":
        return [{"field": "new_password", "message": _rules(problem, _)}]
    if problem.status == 429:
        seconds = int(problem.problem.get("retry_after", 60))
        return [
            {
                "field": "",
                "message": _("Trop d’essais en peu de temps. Réessayez dans %s secondes.")
                % seconds,
            }
        ]
    known = _places(_)
    if problem.code not in known:
        raise problem
    field, message = known[problem.code]
    return [{"field": field, "message": message}]


def _one(error: Mapping[str, str], texts: Mapping[str, str]) -> Fault:
    field = error.get("pointer", "").strip("/").partition("/")[0]
    return {"field": field, "message": texts.get(error.get("code", ""), texts["invalid"])}


def _rules(problem: ServiceProblem, _: Gettext) -> str:
    missing: Sequence[str] = problem.problem.get("rules", [])
    if missing == ["unrelated"]:
        return _("Choisissez un mot de passe sans lien avec vous.")
    if missing == ["uncommon"]:
        return _("Ce mot de passe est trop courant. Choisissez-en un autre.")
    return _("Le mot de passe ne remplit pas encore toutes les règles.")


def _places(_: Gettext) -> Mapping[str, tuple[str, str]]:
    expired = _("Ce lien ou cette étape a expiré. Recommencez depuis le début.")
    return {
        "password-wrong": ("password", _("Ce n’est pas votre mot de passe actuel.")),
        **_linked_places(_),
        "identifier-taken": (
            "identifier",
            _(
                "Cet identifiant, ou un autre qui lui ressemble, est déjà pris. "
                "Choisissez-en un autre."
            ),
        ),
        "email-unchanged": ("email", _("C’est déjà l’adresse de votre compte.")),
        "factor-refused": ("code", _("Ce code n’est pas le bon, ou il a déjà servi.")),
        "factor-needed": ("", _("Un agent garde toujours une double vérification.")),
        "too-many-factors": ("", _("Retirez d’abord une double vérification.")),
        "too-many-copies": ("", _("Trois copies attendent déjà. Téléchargez-en une d’abord.")),
        "too-many-favourites": (
            "",
            _("Trente démarches sont déjà épinglées. Retirez-en une."),
        ),
        "staff-account-kept": (
            "",
            _("Le compte d’un agent s’efface après la fin de ses fonctions."),
        ),
        "proof-refused": ("", expired),
        "registration-conflict": ("", expired),
    }


def _linked_places(_: Gettext) -> Mapping[str, tuple[str, str]]:
    return {
        "password-missing": (
            "password",
            _(
                "Ce compte n’a pas encore de mot de passe. Demandez un lien pour en choisir un "
                "dans « Connexions et sécurité »."
            ),
        ),
        "link-taken": ("", _("Cette identité est déjà liée à un autre compte.")),
        "link-not-found": ("", _("Ce lien n’existe plus.")),
        "last-way-in": (
            "",
            _(
                "Choisissez d’abord un mot de passe : sans lui ni ce lien, vous ne pourriez plus "
                "entrer dans votre compte."
            ),
        ),
        "wrong-provider": (
            "",
            _("Les agents se connectent avec ProConnect, les autres personnes avec FranceConnect."),
        ),
    }


def _texts(_: Gettext) -> Mapping[str, str]:
    return {
        "invalid": _("Cette saisie ne convient pas."),
        "identifier-length": _("L’identifiant a de 3 à 40 caractères."),
        "identifier-characters": _(
            "L’identifiant n’a que des lettres, des chiffres, des points, des tirets et des "
            "soulignés, sans espace."
        ),
        "identifier-ends": _("L’identifiant commence et finit par une lettre ou un chiffre."),
        "identifier-reserved": _("Cet identifiant est réservé. Choisissez-en un autre."),
        "email-invalid": _("Écrivez l’adresse avec un @, par exemple nom@exemple.fr"),
        "date-invalid": _("Écrivez une date qui existe, par exemple 12/04/1985."),
        "date-out-of-range": _("Écrivez une date passée, après 1900."),
        "phone-invalid": _("Écrivez un numéro de téléphone valable, par exemple 06 12 34 56 78."),
        "postal-code-invalid": _("Le code postal a cinq chiffres, par exemple 30000."),
        "commune-mismatch": _("Ce code postal n’est pas celui de la commune choisie."),
        "commune-unknown": _("Choisissez une commune de la liste."),
        "too-long": _("Raccourcissez : 200 caractères au plus."),
        "title-unknown": _("Choisissez dans la liste."),
        "gender-unknown": _("Choisissez dans la liste."),
        "birth-commune-invalid": _(
            "Écrivez le code Insee de la commune : cinq caractères, par exemple 30189."
        ),
        "birth-country-invalid": _(
            "Écrivez le code Insee du pays : cinq chiffres, par exemple 99100 pour la France."
        ),
    }
