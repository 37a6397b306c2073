"""Amended versions of the shipped card procedure."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceDefinition, SourceFolder
from services.procedures.catalogue.definition_schema import load_definition
from services.procedures.catalogue.loading import CatalogueLoader
from tests.services.procedures.portal import CARD, Portal

Document = dict[str, Any]
Edit = Callable[[Document], object]


def document_of(shipped: SourceFolder) -> Document:
    """A copy of the card's document, free to change."""
    found = next(one for one in shipped.definitions if one.definition.id == CARD)
    return copy.deepcopy(dict(found.document))


def page(document: Document, name: str) -> Document:
    found: Document = next(one for one in document["form"]["pages"] if one["id"] == name)
    return found


def field(document: Document, name: str) -> Document:
    fields = [one for each in document["form"]["pages"] for one in each["fields"]]
    found: Document = next(one for one in fields if one["id"] == name)
    return found


def remove(document: Document, name: str) -> Document:
    for each in document["form"]["pages"]:
        each["fields"] = [one for one in each["fields"] if one["id"] != name]
    return document


def text(french: str) -> Document:
    return {"fr": french, "en": f"{french} (en)"}


async def publish(portal: Portal, database: Database, shipped: SourceFolder, *edits: Edit) -> None:
    """Load a version of the card that differs by these edits; the running service sees it."""
    document = document_of(shipped)
    for edit in edits:
        edit(document)
    amended = SourceDefinition(load_definition(document), document)
    others = [one for one in shipped.definitions if one.definition.id != CARD]
    folder = replace(shipped, definitions=[*others, amended])
    loading = await CatalogueLoader(database, portal.clock).load_folder(folder)
    assert loading.new_versions == (CARD,)
    portal.clock.seconds += 3
