"""What is wrong with a draft, in the words of whoever writes it."""

from collections.abc import Callable, Mapping
from typing import Any

from chassis.http_client import ServiceProblem

Translate = Callable[[str], str]


def fault_message(fault: Mapping[str, Any], _: Translate) -> str:
    """Return a sentence for a fault: where, then what."""
    told = {
        "missing": _("il manque quelque chose ici"),
        "too-long": _("c’est trop long"),
        "several-lines": _("cela doit tenir sur une ligne"),
        "unknown-placeholder": _("cette variable n’existe pas dans le profil de la collectivité"),
        "unsafe-link": _("ce lien n’est ni local, ni en https, ni une adresse ou un numéro"),
        "heading-level": _("ce titre saute un niveau : commencez par ##, puis ###"),
        "html": _("le HTML n’est pas interprété : employez le Markdown"),
        "image": _("les images ne sont pas permises dans ces textes"),
        "headings-differ": _("le français et l’anglais n’ont pas les mêmes titres de parties"),
        "outdated": _("une autre version a été publiée depuis : reprenez ses changements ici"),
    }
    places = {"title": _("titre"), "summary": _("résumé"), "markdown": _("texte")}
    languages = {"fr": _("français"), "en": _("anglais")}
    where = [languages.get(fault["language"], ""), places.get(fault["field"], "")]
    if fault["line"]:
        where.append(_("ligne %s") % fault["line"])
    place = ", ".join(word for word in where if word)
    sentence = told.get(fault["code"], fault["code"])
    found = f" ({fault['found']})" if fault["found"] else ""
    return f"{place[:1].upper()}{place[1:]} – {sentence}{found}" if place else sentence + found


def refusal_message(problem: ServiceProblem, _: Translate) -> str | None:
    """Return what to say of a refusal; None for what is not the writer's to mend."""
    if problem.code == "placement-refused":
        return {
            "in-the-past": _("La date d’entrée en vigueur est passée : renvoyez pour la changer."),
            "before-another": _(
                "Une autre version entre en vigueur à cette date ou plus tard : annulez-la "
                "d’abord, ou choisissez une date qui la suit."
            ),
        }.get(str(problem.problem.get("reason")))
    return {
        "draft-changed": _(
            "Quelqu’un a modifié ce brouillon entre-temps. Vos mots sont ci-dessous : comparez, "
            "puis enregistrez de nouveau."
        ),
        "draft-faulty": _("Corrigez d’abord les points listés ci-dessous."),
        "own-draft": _("Vous avez écrit dans ce brouillon : une autre personne doit l’approuver."),
        "step-refused": _("Ce brouillon n’est plus dans cet état : regardez où il en est."),
        "invalid-input": _("Un champ est trop long ou contient un caractère interdit."),
    }.get(problem.code)
