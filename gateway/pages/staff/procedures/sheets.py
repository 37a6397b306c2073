"""Which controls each part of a definition has: the sheets of the editor."""

from collections.abc import Callable, Mapping
from typing import Any

from gateway.pages.staff.procedures.controls import Control, Path
from gateway.pages.staff.procedures.field_sheet import field_sheet
from gateway.pages.staff.procedures.setting import Setting, condition, listed, named
from gateway.pages.staff.procedures.wording import unit_names, way_names


def essentials(of: Setting) -> list[Control]:
    """What the procedure is, for whom, at what cost, by which service."""
    _, known = of.gettext, of.choices
    return [
        Control(("title",), "text", _("Titre"), _("Commencez par un verbe."), True),
        Control(("purpose",), "text", _("Objet en une phrase"), required=True),
        Control(
            ("description",), "area", _("Description"), _("Paragraphes, listes (-), **gras**.")
        ),
        Control(("cost",), "text", _("Coût"), required=True),
        Control(
            ("keywords",),
            "text",
            _("Mots de recherche"),
            _("Ce que les gens écrivent et que le titre ne dit pas."),
            True,
        ),
        Control(("service",), "one", _("Service compétent"), "", True, listed(known["services"])),
        Control(("themes",), "many", _("Thèmes"), "", True, listed(known["themes"])),
        Control(("audiences",), "many", _("Publics"), "", True, listed(known["audiences"])),
        Control(
            ("traditional", "counters"), "many", _("Guichets"), "", True, listed(known["counters"])
        ),
        Control(("traditional", "ways"), "many", _("Autres moyens"), "", True, named(way_names(_))),
    ]


def delays(of: Setting) -> list[Control]:
    """The usual delay, what silence means, when it is open."""
    _ = of.gettext
    units = named(unit_names(_))
    outcomes = [
        {"value": "acceptance", "label": _("Accord")},
        {"value": "refusal", "label": _("Rejet")},
    ]
    return [
        Control(("delay", "value"), "number", _("Délai habituel : combien"), "", True),
        Control(("delay", "unit"), "one", _("Délai habituel : unité"), "", True, units),
        Control(
            ("implicit_decision", "after", "value"),
            "number",
            _("Silence : après combien"),
            _("Vide si le silence ne décide rien, comme pour un signalement."),
            governs="implicit_decision",
        ),
        Control(
            ("implicit_decision", "after", "unit"), "one", _("Silence : unité"), "", False, units
        ),
        Control(("implicit_decision", "outcome"), "one", _("Le silence vaut"), "", False, outcomes),
        Control(("implicit_decision", "legal_basis"), "text", _("Silence : base légale")),
        *_period(of),
        Control(
            ("retention_months",),
            "number",
            _("Mois de conservation après la décision"),
            _("Vide : la durée de la collectivité."),
        ),
    ]


def _period(of: Setting) -> list[Control]:
    _ = of.gettext
    return [
        Control(
            ("period", "once", "from"),
            "line",
            _("Ouverte une fois, du"),
            _("Par exemple 2026-05-01. Vide : toute l’année."),
        ),
        Control(("period", "once", "to"), "line", _("Ouverte une fois, au")),
        Control(
            ("period", "yearly", "from"),
            "line",
            _("Ouverte chaque année, du"),
            _("Mois et jour, par exemple 05-15."),
        ),
        Control(("period", "yearly", "to"), "line", _("Ouverte chaque année, au")),
    ]


def notice(of: Setting) -> list[Control]:
    """What is told of personal data (DAT-07)."""
    _ = of.gettext
    return [
        Control(("personal_data", "purpose"), "area", _("Pourquoi ces données"), "", True),
        Control(("personal_data", "legal_basis"), "area", _("Base légale"), "", True),
        Control(("personal_data", "recipients"), "area", _("Qui les reçoit"), "", True),
        Control(("personal_data", "retention"), "area", _("Combien de temps"), "", True),
    ]


def document_sheet(of: Setting) -> list[Control]:
    """A supporting document."""
    _ = of.gettext
    types = [{"value": one, "label": one.upper()} for one in of.choices["document_types"]]
    presence = [
        {"value": "true", "label": _("obligatoire")},
        {"value": "false", "label": _("facultatif")},
    ]
    return [
        Control(("label",), "text", _("Nom du document"), "", True),
        Control(("help",), "text", _("Aide")),
        Control(("required",), "truth", _("Ce document est"), "", True, presence),
        Control(("types",), "many", _("Formats acceptés"), "", True, types),
        Control(("max_megabytes",), "number", _("Taille maximale, en Mo"), _("De 1 à 20.")),
    ]


def page_sheet(of: Setting, number: int) -> list[Control]:
    """A step of the form."""
    _ = of.gettext
    return [
        Control(("title",), "text", _("Titre de l’étape"), "", True),
        Control(("intro",), "text", _("Introduction")),
        *condition(of, "show", _("Montrer cette étape"), number - 1, ""),
    ]


SHEETS: Mapping[str, Callable[[Setting], list[Control]]] = {
    "essentiel": essentials,
    "delais": delays,
    "donnees": notice,
}
DOCUMENT, PAGE, FIELD = "document", "etape", "champ"


def place_of(kind: str, numbers: list[int]) -> Path | None:
    """Return the path of the part at an address such as `champ/0-2`; None for no such address."""
    if kind in SHEETS:
        return [] if not numbers else None
    if kind == DOCUMENT and len(numbers) == 1:
        return ["documents", numbers[0]]
    if kind == PAGE and len(numbers) == 1:
        return ["form", "pages", numbers[0]]
    if kind == FIELD and len(numbers) in (2, 3):
        inner: Path = ["fields", numbers[2]] if len(numbers) == 3 else []
        return ["form", "pages", numbers[0], "fields", numbers[1], *inner]
    return None


def sheet_of(of: Setting, kind: str, numbers: list[int], part: Any) -> list[Control]:
    """Return the controls of a part."""
    if kind in SHEETS:
        return SHEETS[kind](of)
    if kind == DOCUMENT:
        return document_sheet(of)
    if kind == PAGE:
        return page_sheet(of, numbers[0])
    return field_sheet(of, part, numbers[0], inside=len(numbers) == 3)
