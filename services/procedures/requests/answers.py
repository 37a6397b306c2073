"""From the typing of one page to the pages that are stored."""

from collections.abc import Mapping
from typing import Any

from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.forms.kept_answers import shown_typing
from services.procedures.forms.model import NO_FORM, FormPage
from services.procedures.forms.reading import FormReading
from services.procedures.forms.typing_kept import kept_typing
from services.procedures.requests.model import PageAnswers, Request


def typing_of(page: FormPage, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what was typed in the page's own fields, whatever its faults, within reason."""
    given = {field.id: kept_typing(field, raw[field.id]) for field in page.asked if field.id in raw}
    return {name: value for name, value in given.items() if value is not None}


def with_page(
    request: Request, page_id: str, typed: dict[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """Return the typing of every page, with that of one replaced."""
    return {**{name: page.typed for name, page in request.pages.items()}, page_id: typed}


def pages_to_keep(
    definition: ProcedureDefinition, reading: FormReading, typed: Mapping[str, Mapping[str, Any]]
) -> dict[str, PageAnswers]:
    """Return the pages to store: what others hide is left out, on every page."""
    return {
        page.id: PageAnswers(
            shown_typing(reading, page, typed[page.id]), reading.clean(page).values
        )
        for page in (definition.form or NO_FORM).pages
        if page.id in typed and reading.page_shown(page)
    }
