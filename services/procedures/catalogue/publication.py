"""A version published by staff: in force at once, and no longer taken from the files (CAT-06)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chassis.database import Connection
from chassis.errors import DomainError
from services.procedures.catalogue.definition_schema import content_hash
from services.procedures.catalogue.model import HeldBy, State
from services.procedures.catalogue.repository import CatalogueRepository, StoredProcedure


class VersionOutdated(DomainError):
    """Another version was published since the draft was begun (`version`)."""

    code = "version-outdated"


class VersionPublisher:
    """Stores versions in the caller's transaction."""

    def __init__(self) -> None:
        self._repository = CatalogueRepository()

    async def publish_version(
        self, connection: Connection, document: Mapping[str, Any], based_on: int, at: datetime
    ) -> int:
        """Publish a checked definition over version `based_on` (0: a new procedure); return its
        number. Raise `VersionOutdated` when that is no longer the version in force.

        A suspended or withdrawn procedure stays so; one that was a draft is now published.
        """
        # the lock makes a loading of files, a change of state and another publication wait
        _, vocabulary = await self._repository.find_catalogue(connection, lock=True)
        stored = {one.id: one for one in await self._repository.list_procedures(connection)}
        present = stored.get(document["id"])
        version = present.version if present is not None else 0
        if version != based_on:
            raise VersionOutdated(version=version)
        published = _published(present, document, version + 1)
        await self._repository.update_procedure(connection, published, at)
        await self._repository.insert_version(connection, published, at)
        await self._repository.update_catalogue(connection, vocabulary, at)
        return published.version


def _published(
    present: StoredProcedure | None, document: Mapping[str, Any], version: int
) -> StoredProcedure:
    made = StoredProcedure(
        id=document["id"],
        version=version,
        state=State.PUBLISHED,
        suspension=None,
        declared={"state": State.PUBLISHED.value},
        content_hash=content_hash(document),
        document=document,
        held_by=HeldBy.STAFF,
    )
    if present is None:
        return made
    made = replace(made, declared=present.declared)
    if present.state is State.DRAFT:
        return made
    return replace(made, state=present.state, suspension=present.suspension)
