"""The steps of a request: its form's pages, documents, recapitulation."""

from collections.abc import Callable
from typing import Any

from gateway.pages.requests.dossier import Dossier, shown_pages

Translate = Callable[[str], str]
DOCUMENTS = "pieces"
RECAPITULATION = "recapitulatif"


def step_address(path: str, page_id: str) -> str:
    """Return the address of a page of the form; `path` is the request's own."""
    return f"{path}/etapes/{page_id}"


def addresses(path: str, procedure: dict[str, Any], form_state: dict[str, Any]) -> list[str]:
    """Return the address of each step in order; pages that conditions hide are none."""
    found = [step_address(path, page["id"]) for page in shown_pages(procedure, form_state)]
    if procedure["documents"]:
        found.append(f"{path}/{DOCUMENTS}")
    return [*found, f"{path}/{RECAPITULATION}"]


def steps_of(dossier: Dossier) -> list[str]:
    """Return the address of each step of a request."""
    return addresses(dossier.path, dossier.procedure, dossier.content["form_state"])


def steps(dossier: Dossier, current: str, _: Translate) -> list[dict[str, Any]]:
    """Return `{label, url, state}` of each step; `current` is an address.

    A step at which something required still lacks is never said done.
    """
    labels = [page["title"] for page in dossier.pages]
    if dossier.procedure["documents"]:
        labels.append(_("Documents à joindre"))
    labels.append(_("Récapitulatif"))
    lacking = {address_of(dossier, lack) for lack in dossier.content["missing"]}
    found, passed = [], True
    for label, address in zip(labels, steps_of(dossier), strict=True):
        if address == current:
            passed = False
            found.append({"label": label, "url": None, "state": "current"})
        elif passed or is_begun(dossier, address):
            state = "todo" if address in lacking else "done"
            found.append({"label": label, "url": address, "state": state})
        else:
            found.append({"label": label, "url": None, "state": "todo"})
    return found


def before(known: list[str], current: str) -> str | None:
    """Return the address of the step before, None for the first."""
    place = known.index(current)
    return known[place - 1] if place else None


def after(known: list[str], current: str) -> str:
    """Return the address of the next step; the last one is its own, a hidden one leads there."""
    if current not in known:
        return known[-1]
    return known[min(known.index(current) + 1, len(known) - 1)]


def resume_address(dossier: Dossier) -> str:
    """Return the first step at which something is missing, or the recapitulation."""
    for lack in dossier.content["missing"]:
        return address_of(dossier, lack)
    return f"{dossier.path}/{RECAPITULATION}"


def address_of(dossier: Dossier, lack: dict[str, Any]) -> str:
    """Return the step at which one missing answer or document is given."""
    page = lack.get("page")
    return step_address(dossier.path, page) if page else f"{dossier.path}/{DOCUMENTS}"


def is_begun(dossier: Dossier, address: str) -> bool:
    """Say whether something was saved at a step."""
    answers = dossier.content["answers"]
    for page in dossier.pages:
        if step_address(dossier.path, page["id"]) == address:
            return any(field["id"] in answers for field in page["fields"])
    if address.endswith(DOCUMENTS):
        return bool(dossier.content["documents"])
    return False
