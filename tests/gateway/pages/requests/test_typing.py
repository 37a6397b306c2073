"""What is typed is saved while it is typed: the same saving as the button's, told in JSON."""

import pytest
from aiohttp import ClientResponse

from gateway.rate_limits import LIMITS
from tests.gateway.pages.legal.conftest import Portal, texts
from tests.gateway.pages.legal.test_asking_again_pages import begin, publish

pytestmark = pytest.mark.promise("REQ-01", "SES-04")


async def typing(portal: Portal, step: str, page: str, **typed: str) -> ClientResponse:
    answers = {f"answer.{name}": value for name, value in typed.items()}
    response, _ = await portal.post(f"{step}/saisie", page, **answers)
    return response


async def begun(portal: Portal) -> tuple[str, str]:
    await publish(portal, "editorial")
    step = await begin(portal)
    return step, (await portal.get(step))[1]


async def test_incomplete_and_faulty_typing_is_saved_without_a_word_about_faults(
    portal: Portal,
) -> None:
    step, page = await begun(portal)
    response = await typing(portal, step, page, family_name="Martin", email="pas une adr")
    assert response.status == 200
    saved = await response.json()
    assert saved["revision"] == 1
    assert set(saved["state"]) == {"pages", "hidden", "required", "computed"}
    _, page = await portal.get(step)
    assert 'value="Martin"' in page
    assert 'value="pas une adr"' in page
    assert "Erreur" not in texts(page)


async def test_the_same_typing_sent_again_changes_nothing(portal: Portal) -> None:
    step, page = await begun(portal)
    for _ in range(3):
        response = await typing(portal, step, page, family_name="Martin")
        assert (response.status, (await response.json())["revision"]) == (200, 1)


async def test_another_tab_s_saving_is_shown_beside_ours_and_never_overwritten(
    portal: Portal,
) -> None:
    step, page = await begun(portal)
    assert (await typing(portal, step, page, family_name="Durand")).status == 200
    response = await typing(portal, step, page, family_name="Martin")
    assert response.status == 409
    found = await response.json()
    assert found["revision"] == 1
    words = texts(found["html"])
    assert "Ce dossier a été modifié ailleurs" in words
    assert "Nom Martin Durand" in words
    _, page = await portal.get(step)
    assert 'value="Durand"' in page
    # the button says the same, and keeps the typing in the fields
    sent, page = await portal.post(
        step, page, revision="0", go="save", **{"answer.family_name": "Martin"}
    )
    assert sent.status == 409
    assert "Nom Martin Durand" in texts(page)
    assert 'value="Martin"' in page


async def test_it_is_checked_as_any_form(portal: Portal) -> None:
    step, page = await begun(portal)
    forged = await portal.client.post(f"{step}/saisie", data={"csrf_token": "x", "revision": "0"})
    assert forged.status == 403
    foreign = await portal.client.post(
        f"{step}/saisie", data={}, headers={"Origin": "https://ailleurs.example"}
    )
    assert foreign.status == 403
    assert (await portal.post(f"{step}x/saisie", page))[0].status == 404


async def test_typing_spends_nothing_of_what_an_address_may_send(portal: Portal) -> None:
    step, page = await begun(portal)
    per_minute = int(LIMITS["post"][0].split("/")[0])
    for number in range(per_minute + 5):
        response = await typing(portal, step, page, family_name=f"Martin {number}")
        assert response.status in (200, 409)
    sent, _ = await portal.post(step, page, go="save", **{"answer.family_name": "Martin"})
    assert sent.status != 429


@pytest.mark.promise("SES-03")
async def test_a_session_that_ended_is_left_for_the_form_to_find(portal: Portal) -> None:
    """A new session begun here would hide from the form, sent next, that its own is gone."""
    step, page = await begun(portal)
    portal.client.session.cookie_jar.clear()
    fields = {"csrf_token": "x", "answer.family_name": "Martin"}
    headers = {"Accept": "application/json"}
    response = await portal.client.post(f"{step}/saisie", data=fields, headers=headers)
    assert (response.status, await response.json()) == (403, {"reason": "session"})
    assert not response.cookies
    sent, page = await portal.post(step, page, **{"answer.family_name": "Martin", "go": "next"})
    assert sent.status == 403
    assert "Reprendre" in texts(page)
    assert "Martin" in page
