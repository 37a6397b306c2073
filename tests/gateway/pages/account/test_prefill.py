"""What the account keeps in the forms, and the forms' answers in the account (ACC-05)."""

import re

import pytest

from tests.gateway.pages.account.conftest import KEPT, MANON, Browser
from tests.services.procedures.portal import Draft

TYPED = {
    "answer.family_name": "Giono",
    "answer.given_name": "Manon",
    "answer.email": "manon@courriel.example",
    "answer.phone": "04 66 02 55 55",
    "go": "next",
}
TOLD = "Prérempli depuis votre compte"
OFFER = "Mettre à jour mon compte avec ces réponses"


def step(draft: Draft, page: str = "vous") -> str:
    return f"/dossiers/{draft.id}/etapes/{page}"


@pytest.mark.promise("ACC-05")
async def test_an_empty_form_is_prefilled_and_says_so(browser: Browser) -> None:
    page = await browser.get(step(await browser.start()))
    assert 'name="answer.family_name" value="Pagnol"' in page
    assert f'name="answer.email" value="{MANON.email}"' in page
    assert TOLD in page
    assert "Nom, Prénom, Adresse électronique, Téléphone" in page


@pytest.mark.promise("ACC-05")
async def test_what_was_answered_is_never_replaced_and_the_account_stays(browser: Browser) -> None:
    draft = await browser.start()
    page = await browser.get(step(draft))
    saved = await browser.post(step(draft), page, **{**TYPED, "answer.phone": ""})
    assert saved.status == 303
    page = await browser.get(step(draft))
    assert 'name="answer.family_name" value="Giono"' in page
    assert TOLD not in page, "the telephone was emptied for this request"
    assert (await browser.kept())["family_name"] == "Pagnol"


@pytest.mark.promise("ACC-05")
async def test_one_tick_updates_the_account(browser: Browser) -> None:
    draft = await browser.start()
    page = await browser.get(step(draft))
    assert OFFER in page
    saved = await browser.post(step(draft), page, **TYPED, update_account="yes")
    assert saved.status == 303
    kept = await browser.kept()
    assert (kept["family_name"], kept["phone"]) == ("Giono", "+33466025555")
    assert "Votre compte est à jour" in await browser.get(saved.headers["Location"])


@pytest.mark.promise("ACC-05")
async def test_what_the_account_refuses_is_told_and_the_rest_is_kept(browser: Browser) -> None:
    draft = await browser.start()
    address = {
        "answer.street_address": "12 rue de la République",
        "answer.postal_code": "30000",
        "answer.commune": "30189",
        "go": "next",
    }
    await browser.identity.core.profiles.update_profile(
        browser.account_id, {"postal_code": "30900", "commune": "30189"}
    )
    page = await browser.get(step(draft, "adresse"))
    assert 'name="answer.postal_code" value="30900"' in page
    typed = {**address, "answer.street_address": "x" * 190, "answer.postal_code": "34000"}
    saved = await browser.post(step(draft, "adresse"), page, **typed, update_account="yes")
    shown = await browser.get(saved.headers["Location"])
    assert "Cette réponse n’a pas été gardée dans votre compte" in shown
    kept = await browser.kept()
    assert (kept["postal_code"], kept["street_address"]) == ("30900", "x" * 190)


@pytest.mark.promise("ACC-05", "AVA-03")
async def test_without_the_identity_service_the_form_goes_on(browser: Browser) -> None:
    draft = await browser.start()
    await browser.servers["identity"].close()
    page = await browser.get(step(draft))
    assert TOLD not in page
    saved = await browser.post(step(draft), page, **TYPED, update_account="yes")
    assert saved.status == 303
    shown = await browser.get(saved.headers["Location"])
    assert "Votre compte n’a pas pu être mis à jour" in shown
    assert 'value="Giono"' in await browser.get(step(draft))


@pytest.mark.promise("ACC-05")
async def test_an_agent_s_data_are_not_in_what_is_typed_for_others(browser: Browser) -> None:
    await browser.sign_in("agent")
    page = await browser.get(step(await browser.start()))
    assert 'value="Pagnol"' not in page
    assert OFFER not in page


@pytest.mark.promise("ACC-05")
async def test_the_parts_of_a_question_are_prefilled_and_go_back_to_the_account(
    browser: Browser,
) -> None:
    more = {"title": "madame", "birth_date": "1985-04-12", "commune": "30189"}
    await browser.identity.core.profiles.update_profile(browser.account_id, more)
    draft = await browser.start("aide-achat-velo")
    page = await browser.get(step(draft))
    assert re.search(r'name="answer.applicant.civility" value="mme" checked', page)
    assert 'name="answer.birth.date" value="12/04/1985"' in page
    assert '<option value="30189" selected>' in page
    typed = {
        "answer.applicant.civility": "m",
        "answer.applicant.family_name": "Pagnol",
        "answer.applicant.given_name": "Marcel",
        "answer.birth.date": "28/02/1985",
        "answer.birth.place": "Aubagne",
        "answer.home.street": "1 rue Nationale",
        "answer.home.postal_code": "30900",
        "answer.home.commune": "30189",
        **{name: TYPED[name] for name in ("answer.email", "answer.phone", "go")},
    }
    saved = await browser.post(step(draft), page, **typed, update_account="yes")
    assert saved.status == 303, await saved.text()
    kept = await browser.kept()
    assert (kept["title"], kept["given_name"]) == ("monsieur", "Marcel")
    assert kept["birth_date"] == "1985-02-28"


@pytest.mark.promise("ACC-05")
@pytest.mark.parametrize("slug", ["abonnement-tango", "demande-logement-social"])
async def test_nothing_of_the_account_is_on_the_way_to_a_partner(
    browser: Browser, slug: str
) -> None:
    page = await browser.get(f"/partenaires/{slug}")
    assert not [kept for kept in (*KEPT.values(), MANON.email) if f'"{kept}"' in page]
    assert "Pagnol" not in page
    assert OFFER not in page
