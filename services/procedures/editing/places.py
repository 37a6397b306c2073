"""Where a fault stands, in the words of who reads the form and not those of the file."""

import re
from collections.abc import Mapping
from typing import Any

from authority.text import Text

Path = tuple[str | int, ...]
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
# list -> what one of its items is called
ITEMS = {
    "pages": Text("étape {n}", "step {n}"),
    "fields": Text("champ {n}", "field {n}"),
    "documents": Text("document {n}", "document {n}"),
    "options": Text("choix {n}", "choice {n}"),
    "themes": Text("thème {n}", "theme {n}"),
    "audiences": Text("public {n}", "audience {n}"),
    "counters": Text("guichet {n}", "counter {n}"),
    "ways": Text("moyen {n}", "way {n}"),
    "data_shared": Text("donnée transmise {n}", "datum passed {n}"),
}
NAMES = {
    "id": Text("identifiant", "identifier"),
    "kind": Text("sorte de démarche", "kind of procedure"),
    "type": Text("type", "type"),
    "title": Text("titre", "title"),
    "purpose": Text("objet", "purpose"),
    "description": Text("description", "description"),
    "keywords": Text("mots de recherche", "search words"),
    "themes": Text("thèmes", "themes"),
    "audiences": Text("publics", "audiences"),
    "documents": Text("documents à joindre", "documents to join"),
    "delay": Text("délai habituel", "usual delay"),
    "implicit_decision": Text("décision implicite", "implicit decision"),
    "after": Text("après", "after"),
    "outcome": Text("sens du silence", "meaning of silence"),
    "unit": Text("unité", "unit"),
    "value": Text("valeur", "value"),
    "cost": Text("coût", "cost"),
    "fee": Text("tarif", "fee"),
    "service": Text("service compétent", "service in charge"),
    "traditional": Text("autres moyens", "other ways"),
    "counters": Text("guichets", "counters"),
    "ways": Text("moyens", "ways"),
    "period": Text("période d’ouverture", "opening period"),
    "personal_data": Text("données personnelles", "personal data"),
    "legal_basis": Text("base légale", "legal basis"),
    "recipients": Text("destinataires", "recipients"),
    "retention": Text("durée de conservation", "how long it is kept"),
    "retention_months": Text("durée de conservation en mois", "months it is kept"),
    "form": Text("formulaire", "form"),
    "pages": Text("étapes", "steps"),
    "fields": Text("champs", "fields"),
    "intro": Text("introduction", "introduction"),
    "label": Text("libellé", "label"),
    "help": Text("aide", "help"),
    "required": Text("obligatoire", "required"),
    "ask": Text("message d’erreur", "error message"),
    "show": Text("condition d’affichage", "condition to be shown"),
    "require": Text("condition pour être obligatoire", "condition to be required"),
    "options": Text("choix", "choices"),
    "types": Text("formats de fichier", "file formats"),
    "max_megabytes": Text("taille maximale", "greatest size"),
    "max_length": Text("longueur maximale", "greatest length"),
    "min": Text("minimum", "least"),
    "max": Text("maximum", "most"),
    "item_label": Text("nom d’un élément", "name of one item"),
    "text": Text("texte", "text"),
    "prefill": Text("préremplissage", "prefilling"),
    "fr": Text("en français", "in French"),
    "en": Text("en anglais", "in English"),
    "partner": Text("partenaire", "partner"),
    "payment": Text("paiement", "payment"),
    "name": Text("nom", "name"),
    "url": Text("adresse", "address"),
    "follows": Text("choix suivi", "choice followed"),
    "document": Text("document lié", "linked document"),
}


def read_path(written: str) -> Path:
    """Return the steps of `form.pages[0].title`."""
    return tuple(int(number) if number else str(name) for number, name in STEP.findall(written))


def part_at(document: Any, path: Path) -> Any:
    """Return a part of plain JSON data, None when there is none."""
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def place_in_words(document: Any, path: Path, language: str) -> str:
    """Return e.g. `Étape 1 « Vous », champ 2 « Nom », aide, en anglais`; "" for the whole."""
    words: list[str] = []
    for depth, step in enumerate(path):
        if isinstance(step, int):
            kind = ITEMS.get(str(path[depth - 1])) if depth else None
            name = kind.in_language(language).format(n=step + 1) if kind else str(step + 1)
            words.append(name + _label(part_at(document, path[: depth + 1]), language))
        elif depth + 1 < len(path) and (isinstance(path[depth + 1], int) or step == "form"):
            continue  # the item says it
        else:
            known = NAMES.get(step)
            words.append(known.in_language(language) if known else step)
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


def _label(part: Any, language: str) -> str:
    """Return the name that people know a part by, between quotes."""
    if not isinstance(part, Mapping):
        return ""
    for key in ("label", "title"):
        found = part_at(part, (key, language))
        if isinstance(found, str) and found:
            return Text(" «\u00a0{}\u00a0»", " “{}”").in_language(language).format(found[:80])
    return f" ({part['id']})" if isinstance(part.get("id"), str) else ""
