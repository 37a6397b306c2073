"""What is refused, and the kinds of things, in the words of who edits."""

from collections.abc import Callable
from typing import Any

from chassis.http_client import ServiceProblem

Translate = Callable[[str], str]


def refusal_message(problem: ServiceProblem, _: Translate) -> str | None:
    """Return what to say of a refusal; None for what is not the writer's to mend."""
    return {
        "draft-changed": _(
            "Quelqu’un a modifié ce brouillon entre-temps. Vos mots sont ci-dessous : comparez, "
            "puis enregistrez de nouveau."
        ),
        "draft-faulty": _("Corrigez d’abord les points listés ci-dessous."),
        "own-draft": _("Vous avez écrit dans ce brouillon : une autre personne doit l’approuver."),
        "step-refused": _("Ce brouillon n’est plus dans cet état : regardez où il en est."),
        "invalid-input": _("Un champ est trop long ou contient un caractère interdit."),
        "edit-refused": _("Cet élément n’est plus là : il a été déplacé ou retiré."),
        "procedure-exists": _("Une démarche porte déjà ce nom : modifiez-la plutôt."),
        "version-outdated": _(
            "Une autre version a été publiée entre-temps : reprenez ses changements d’abord."
        ),
        "state-unreachable": _("La démarche n’est plus dans cet état : regardez où elle en est."),
    }.get(problem.code)


def source_errors(problem: ServiceProblem, language: str, _: Translate) -> list[dict[str, Any]]:
    """Return `{field, message}` for each line of a refused YAML."""
    return [
        {
            "field": "source",
            "message": _("Ligne %(line)s : %(message)s")
            % {"line": fault["line"], "message": fault["message"][language]},
        }
        for fault in problem.problem.get("faults", [])
    ]


def type_names(_: Translate) -> dict[str, str]:
    """Return the types of fields in words, the usual ones first."""
    return {
        "text": _("Texte court"),
        "long_text": _("Texte long"),
        "choice": _("Un choix dans une liste"),
        "choices": _("Plusieurs choix dans une liste"),
        "yes_no": _("Oui ou non"),
        "integer": _("Nombre entier"),
        "decimal": _("Nombre avec décimales"),
        "money": _("Montant en euros"),
        "date": _("Date"),
        "date_range": _("Période (deux dates)"),
        "time": _("Heure"),
        "email": _("Adresse électronique"),
        "phone": _("Téléphone"),
        "address": _("Adresse postale"),
        "commune": _("Commune de la collectivité"),
        "postal_code": _("Code postal"),
        "civil_status": _("État civil"),
        "person": _("Personne (nom, prénom, naissance)"),
        "birth": _("Naissance (date, lieu, pays)"),
        "map_point": _("Lieu (adresse et carte)"),
        "siret": _("Numéro SIRET"),
        "rna": _("Numéro RNA d’association"),
        "iban": _("IBAN"),
        "licence_plate": _("Plaque d’immatriculation"),
        "signature": _("Signature (nom tapé)"),
        "group": _("Groupe répété"),
        "heading": _("Intertitre"),
        "information": _("Information"),
        "files": _("Renvoi vers un document à joindre"),
        "linked_choice": _("Choix qui dépend d’un autre"),
        "computed": _("Valeur calculée"),
    }


def unit_names(_: Translate) -> dict[str, str]:
    """Return the units of delays in words."""
    return {
        "days": _("jours"),
        "working_days": _("jours ouvrés"),
        "weeks": _("semaines"),
        "months": _("mois"),
    }


def way_names(_: Translate) -> dict[str, str]:
    """Return the traditional ways in words."""
    return {
        "post": _("Courrier"),
        "telephone": _("Téléphone"),
        "email": _("Courriel"),
        "fax": _("Télécopie"),
    }
