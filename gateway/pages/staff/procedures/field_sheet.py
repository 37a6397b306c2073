"""The controls of a field: only what its type can have."""

from collections.abc import Iterator, Mapping
from typing import Any

from gateway.pages.staff.procedures.controls import Control, at
from gateway.pages.staff.procedures.setting import Setting, condition, named
from gateway.pages.staff.procedures.wording import type_names

OUTSIDE = frozenset({"heading", "information", "files", "computed"})
COMPOSITE = frozenset({"date_range", "civil_status", "person", "birth", "address", "map_point"})
CHOICES = frozenset({"choice", "choices", "linked_choice"})
BOUNDED = frozenset({"integer", "decimal", "money", "date", "date_range", "group"})


def field_sheet(of: Setting, part: Any, page: int, *, inside: bool) -> list[Control]:
    """Return the controls of a field of that step; `inside` a repeated group or not."""
    _, kind = of.gettext, str(at(part, ("type",)))
    own = str(at(part, ("id",)) or "")
    controls = [Control(("label",), "text", _("Libellé"), "", True)]
    if kind == "information":
        controls.append(Control(("text",), "area", _("Texte"), "", True))
    else:
        controls.append(Control(("help",), "text", _("Aide")))
    controls += _of_type(of, kind)
    if kind not in OUTSIDE:
        controls += _of_answer(of, kind, inside)
    controls += condition(of, "show", _("Montrer ce champ"), page, own)
    if kind not in OUTSIDE:
        controls += condition(of, "require", _("Rendre obligatoire"), page, own)
    return controls


def _of_answer(of: Setting, kind: str, inside: bool) -> Iterator[Control]:
    _ = of.gettext
    yield Control(("required",), "yes", _("Réponse obligatoire"))
    if kind not in COMPOSITE:
        help_ask = _("Dites quoi faire, par exemple « Indiquez votre nom. »")
        yield Control(("ask",), "text", _("Message si la réponse manque"), help_ask)
    if not inside:
        yield _prefill(of)


def _of_type(of: Setting, kind: str) -> Iterator[Control]:
    _ = of.gettext
    if kind in CHOICES:
        help_options = _("Videz une ligne pour retirer un choix.")
        yield Control(("options",), "options", _("Choix"), help_options, True)
    if kind in BOUNDED:
        help_bound = _("Un nombre, ou une date : 2026-05-31, ou today.")
        yield Control(("min",), "bound", _("Minimum"), help_bound)
        yield Control(("max",), "bound", _("Maximum"))
    if kind in ("text", "long_text"):
        yield Control(("max_length",), "number", _("Longueur maximale"))
    if kind == "group":
        yield Control(("item_label",), "text", _("Nom d’un élément du groupe"), "", True)
    if kind == "files":
        listed = _joined(of)
        yield Control(("document",), "one", _("Document à joindre"), "", True, listed)
    if kind == "computed":
        yield Control(("value",), "line", _("Calcul"), "", True)


def _joined(of: Setting) -> list[dict[str, str]]:
    found = at(of.document, ("documents",))
    return [
        {"value": str(one.get("id")), "label": str(at(one, ("label", of.language)) or "")}
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, Mapping)
    ]


def _prefill(of: Setting) -> Control:
    _ = of.gettext
    known = {
        "account": _("L’état civil ou l’adresse du compte"),
        "civility": _("Civilité"),
        "family_name": _("Nom"),
        "given_name": _("Prénom"),
        "birth_date": _("Date de naissance"),
        "email": _("Adresse électronique"),
        "phone": _("Téléphone"),
        "street_address": _("Numéro et rue"),
        "address_complement": _("Complément d’adresse"),
        "postal_code": _("Code postal"),
        "city": _("Ville"),
        "commune": _("Commune"),
    }
    return Control(
        ("prefill",), "one", _("Prérempli depuis le compte par"), "", False, named(known)
    )


def kinds_to_add(of: Setting, *, inside: bool) -> list[dict[str, str]]:
    """Return the types that can be added without YAML."""
    left_out = {"linked_choice", "computed"} | ({"group", "files"} if inside else set())
    return [one for one in named(type_names(of.gettext)) if one["value"] not in left_out]
