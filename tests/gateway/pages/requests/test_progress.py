"""The indicator of steps says « fait » only of what is."""

from typing import Any

import pytest

from gateway.pages.requests.dossier import Dossier
from gateway.pages.requests.progress import resume_address, steps

PROCEDURE: dict[str, Any] = {
    "documents": [{"id": "proof"}],
    "form": {
        "pages": [
            {"id": "you", "title": "Vous", "fields": [{"id": "name"}]},
            {"id": "card", "title": "Carte", "fields": [{"id": "kind"}]},
        ]
    },
}
HERE = "/dossiers/1"


def dossier(
    *missing: dict[str, str], answers: tuple[str, ...] = (), documents: tuple[str, ...] = ()
) -> Dossier:
    content = {
        "id": "1",
        "form_state": {"pages": ["you", "card"]},
        "answers": dict.fromkeys(answers, "x"),
        "documents": list(documents),
        "missing": list(missing),
    }
    return Dossier(content, PROCEDURE)


def states(found: Dossier, current: str) -> list[tuple[str, bool]]:
    return [(step["state"], step["url"] is not None) for step in steps(found, HERE + current, str)]


@pytest.mark.promise("REQ-01")
def test_a_step_that_was_passed_without_its_document_is_to_do_and_can_be_reached() -> None:
    lacking = dossier({"message": "…", "document": "proof"}, answers=("name", "kind"))
    expected = [("done", True), ("done", True), ("todo", True), ("current", False)]
    assert states(lacking, "/recapitulatif") == expected
    assert resume_address(lacking) == f"{HERE}/pieces"


@pytest.mark.promise("REQ-01")
def test_one_optional_file_does_not_make_up_for_the_required_one() -> None:
    lacking = dossier({"message": "…", "document": "proof"}, documents=("other",))
    assert states(lacking, "/etapes/you")[2] == ("todo", True)


@pytest.mark.promise("REQ-01")
def test_a_page_with_a_fault_is_not_done() -> None:
    faulty = dossier({"message": "…", "page": "you", "field": "name"}, answers=("name", "kind"))
    assert states(faulty, "/pieces")[:2] == [("todo", True), ("done", True)]
    assert resume_address(faulty) == f"{HERE}/etapes/you"


def test_what_lies_ahead_is_to_do_until_it_is_begun() -> None:
    assert states(dossier(), "/etapes/you")[1:] == [("todo", False)] * 3
    whole = dossier(answers=("name", "kind"), documents=("proof",))
    assert states(whole, "/etapes/you")[1:3] == [("done", True), ("done", True)]
    assert resume_address(whole) == f"{HERE}/recapitulatif"
