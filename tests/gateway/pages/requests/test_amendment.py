"""A form amended while somebody fills it: told before going on, then followed or not (CAT-07)."""

from collections.abc import AsyncIterator

import pytest

from authority.profile import default_folder, load_profile
from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceFolder, read_definitions
from tests.gateway.pages.legal.conftest import Portal, location, texts
from tests.gateway.pages.legal.test_asking_again_pages import begin
from tests.gateway.pages.legal.test_asking_again_pages import publish as publish_terms
from tests.services.procedures.amendments.edits import Edit, publish
from tests.services.procedures.amendments.test_amended_drafts import (
    ask_floor,
    ask_no_phone,
    drafts_must_follow,
)

pytestmark = pytest.mark.promise("CAT-07")

TYPED = {"answer.family_name": "Martin", "answer.phone": "0466025555", "go": "save"}


@pytest.fixture
async def database(procedures_database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(procedures_database_url, size=1)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
def shipped() -> SourceFolder:
    return read_definitions(default_folder() / "procedures", load_profile(default_folder()))


async def begun(portal: Portal) -> str:
    """A first step with a name and a telephone number."""
    await publish_terms(portal, "editorial")
    step = await begin(portal)
    _, page = await portal.get(step)
    assert (await portal.post(step, page, **TYPED))[0].status == 422
    return step


async def amended(
    portal: Portal, database: Database, shipped: SourceFolder, *edits: Edit
) -> tuple[str, str, str]:
    """Begin, have the form amended, and open the step again: its address and the page told."""
    step = await begun(portal)
    await publish(portal, database, shipped, *edits)  # type: ignore[arg-type]
    address = location((await portal.get(step))[0])
    assert address == f"{step.partition('/etapes/')[0]}/changements?suite={step}"
    response, page = await portal.get(address)
    assert response.status == 200
    return step, address.partition("?")[0], page


async def test_what_changed_is_told_and_the_draft_goes_over(
    portal: Portal, database: Database, shipped: SourceFolder
) -> None:
    step, path, page = await amended(portal, database, shipped, ask_floor, ask_no_phone)
    words = texts(page)
    assert "Étage Nouvelle question. Il faudra y répondre." in words
    assert "Cette question n’est plus posée. Votre réponse sera effacée." in words
    accepted, _ = await portal.post(path, page, go="accept")
    assert accepted.status == 303
    _, page = await portal.get(step)
    assert 'value="Martin"' in page
    assert "answer.phone" not in page
    assert "suit maintenant le nouveau formulaire" in texts(page)
    _, page = await portal.get(step.replace("vous", "adresse"))
    assert "answer.floor" in page


async def test_the_form_begun_can_be_kept_and_is_not_asked_twice(
    portal: Portal, database: Database, shipped: SourceFolder
) -> None:
    step, path, page = await amended(portal, database, shipped, ask_no_phone)
    kept, _ = await portal.post(path, page, go="keep")
    assert location(kept) == step
    shown, page = await portal.get(step)
    assert shown.status == 200
    assert "answer.phone" in page


async def test_a_version_that_replaces_drafts_cannot_be_passed_over(
    portal: Portal, database: Database, shipped: SourceFolder
) -> None:
    step, path, page = await amended(portal, database, shipped, ask_no_phone, drafts_must_follow)
    assert "ne reçoit plus les demandes" in texts(page)
    assert "Garder le formulaire" not in page
    await portal.post(path, page, go="keep")
    assert (await portal.get(step))[0].status == 303
    assert (await portal.post(path, page, go="accept"))[0].status == 303
    assert (await portal.get(step))[0].status == 200


async def test_what_another_tab_saved_meanwhile_is_not_lost(
    portal: Portal, database: Database, shipped: SourceFolder
) -> None:
    step, path, page = await amended(portal, database, shipped, ask_floor)
    _, former = await portal.get(f"{path}?suite={step}")
    await portal.post(step, former, **{**TYPED, "answer.family_name": "Durand"})
    refused, page = await portal.post(path, page, go="accept", revision="0")
    assert refused.status == 409
    assert "vient de changer encore" in texts(page)
    assert (await portal.post(path, page, go="accept"))[0].status == 303


async def test_a_change_that_nobody_meets_is_not_told(
    portal: Portal, database: Database, shipped: SourceFolder
) -> None:
    step = await begun(portal)
    words = {"fr": "autre mot", "en": "other word"}
    edit: Edit = lambda document: document.__setitem__("keywords", words)  # noqa: E731
    await publish(portal, database, shipped, edit)  # type: ignore[arg-type]
    led, _ = await portal.get(location((await portal.get(step))[0]))
    assert location(led) == step
    assert (await portal.get(step))[0].status == 200
