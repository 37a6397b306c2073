"""What happened to an account, in words."""

from collections.abc import Callable, Mapping


def action_names(_: Callable[[str], str]) -> Mapping[str, str]:
    """Return the words of each action that the identity service records."""
    return {
        "signed-in": _("connexion"),
        "sign-in-refused": _("connexion refusée"),
        "opened": _("compte ouvert"),
        "profile-changed": _("informations changées"),
        "password-changed": _("mot de passe changé"),
        "password-recovered": _("mot de passe récupéré"),
        "email-change-asked": _("changement d’adresse demandé"),
        "email-changed": _("adresse changée"),
        "factor-added": _("double vérification ajoutée"),
        "link-added": _("identité liée"),
        "link-removed": _("identité retirée"),
        "factor-removed": _("double vérification retirée"),
        "codes-renewed": _("codes de secours renouvelés"),
        "sessions-ended": _("sessions fermées"),
        "frozen": _("compte gelé"),
        "recovered": _("compte rouvert"),
        "suspended": _("compte suspendu"),
        "terminated": _("compte résilié"),
        "reinstated": _("compte rétabli"),
        "read-by-staff": _("compte consulté"),
        "copy-asked": _("copie demandée"),
        "copy-downloaded": _("copie téléchargée"),
        "right-exercised": _("droit exercé"),
        "right-answered": _("réponse à un droit"),
        "erasure-planned": _("effacement prévu"),
        "erasure-cancelled": _("effacement annulé"),
        "inactivity-warned": _("avertissement d’inactivité"),
        "factor-reset-asked": _("retrait des vérifications demandé"),
        "factors-reset": _("vérifications retirées"),
    }
