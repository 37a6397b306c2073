"""Pinned procedures: which, and how many at most."""

import re
from collections.abc import Sequence

from chassis.errors import DomainError

MOST = 30
PROCEDURE_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,79}")


class TooManyFavourites(DomainError):
    """As many procedures are pinned as can be."""

    code = "too-many-favourites"


class ProcedureNameRefused(DomainError):
    """This is not the name of a procedure."""

    code = "procedure-name-refused"


def pin(pinned: Sequence[str], procedure_id: str) -> Sequence[str]:
    """Return the list with the procedure first; raise what stops it."""
    if not PROCEDURE_ID.fullmatch(procedure_id):
        raise ProcedureNameRefused
    others = unpin(pinned, procedure_id)
    if len(others) >= MOST:
        raise TooManyFavourites
    return [procedure_id, *others]


def unpin(pinned: Sequence[str], procedure_id: str) -> Sequence[str]:
    """Return the list without the procedure."""
    return [one for one in pinned if one != procedure_id]
