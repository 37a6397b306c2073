"""A person in the middle of a form is asked again, at the minute, and loses nothing (LEG-03)."""

from datetime import timedelta
from uuid import UUID

import pytest

from chassis.database import Database
from tests.gateway.pages.legal.conftest import Portal, location, texts
from tests.services.legal.conftest import version

PROCEDURE = "carte-decheterie"
SECOND = timedelta(minutes=10)


async def publish(portal: Portal, change: str) -> None:
    later = portal.clock.instant + SECOND
    await portal.legal.publications.publish_versions(
        [
            version(1, words="Le guichet reste ouvert."),
            version(2, later, words="Le courrier reste ouvert.", change=change),
            version(slug="declaration-honneur"),
        ]
    )


async def begin(portal: Portal, **typed: str) -> str:
    """Accept the terms and return the address of the first step."""
    path = f"/demarches/{PROCEDURE}/commencer"
    response, page = await portal.get(path)
    assert response.status == 200, texts(page)
    started, page = await portal.post(path, page, **(typed or {"accepted": "yes"}))
    assert started.status == 303, texts(page)
    return location(started)


async def kept_terms(database_url: str) -> int:
    """The version on which the only draft now stands."""
    database = await Database.open(database_url, size=1)
    async with database.connection() as connection:
        kept = await connection.fetchval("SELECT terms ->> 'version' FROM requests")
    await database.close()
    return int(kept)


@pytest.mark.promise("LEG-02", "LEG-03")
@pytest.mark.parametrize("change", ["material", "editorial"])
async def test_mid_form_only_something_material_asks_again_and_the_typing_is_kept(
    portal: Portal, change: str, procedures_database_url: str
) -> None:
    await publish(portal, change)
    step = await begin(portal)
    portal.clock.pass_by(SECOND.total_seconds() - 1)
    before, page = await portal.get(step)
    assert before.status == 200
    portal.clock.pass_by(1)
    # typed before, sent after: saved first
    saved, _ = await portal.post(step, page, **{"answer.family_name": "Martin", "go": "save"})
    # the other questions of the page are still to be answered: told, and saved all the same
    assert saved.status == 422
    asked, page = await portal.get(step)
    if change == "editorial":
        assert asked.status == 200
        assert "Martin" in page
        return
    conditions = location(asked)
    assert conditions.endswith(f"/conditions?suite={step}")
    response, page = await portal.get(conditions)
    assert response.status == 200
    assert "Les conditions ont changé" in page
    assert "<ins>" in page
    refused, page = await portal.post(conditions.partition("?")[0], page)
    assert refused.status == 422
    accepted, _ = await portal.post(conditions.partition("?")[0], page, accepted="yes")
    assert location(accepted) == step
    back, page = await portal.get(step)
    assert back.status == 200
    assert "Martin" in page
    assert await kept_terms(procedures_database_url) == 2
    # never twice for the same version, and no detour once accepted
    again, _ = await portal.get(conditions)
    assert location(again) == step


@pytest.mark.promise("LEG-02")
async def test_an_account_accepts_once_for_its_requests(portal: Portal) -> None:
    await publish(portal, "material")
    account = await portal.sign_in()
    await begin(portal)
    path = f"/demarches/{PROCEDURE}/commencer"
    _, page = await portal.get(path)
    assert "Vous avez accepté ces conditions avec votre compte" in texts(page)
    step = await begin(portal, accepted="")
    assert (await portal.get(step))[0].status == 200
    found, _ = await portal.legal.acceptances.list_evidence(UUID(account))
    assert len(found) == 1
    portal.clock.pass_by(SECOND.total_seconds())
    assert "/conditions?suite=" in location((await portal.get(step))[0])
    _, page = await portal.get(path)
    assert "Vous avez accepté" not in texts(page)


@pytest.mark.promise("LEG-02", "DAT-02")
async def test_an_account_holder_sees_the_proof_and_takes_the_acceptance_back(
    portal: Portal,
) -> None:
    await publish(portal, "material")
    assert location((await portal.get("/compte/conditions"))[0]).startswith("/connexion")
    await portal.sign_in()
    _, page = await portal.get("/compte/conditions")
    refused, page = await portal.post("/compte/conditions", page)
    assert refused.status == 422
    accepted, _ = await portal.post("/compte/conditions", page, accepted="yes")
    assert location(accepted) == "/compte/conditions"
    _, page = await portal.get("/compte/conditions")
    assert "il n’y a rien à faire" in texts(page)
    assert "/conditions-generales/versions/1" in page
    portal.clock.pass_by(SECOND.total_seconds())
    _, page = await portal.get("/compte/conditions")
    assert "<ins>" in page
    withdrawn, _ = await portal.post("/compte/conditions/retrait", page)
    assert location(withdrawn) == "/compte/effacement"
    _, page = await portal.get("/compte/conditions")
    assert "Vous avez retiré votre accord" in texts(page)


@pytest.mark.promise("AVA-03", "LEG-02")
async def test_with_legal_stopped_a_form_goes_on_and_a_new_acceptance_is_honestly_refused(
    portal: Portal,
) -> None:
    await publish(portal, "material")
    step = await begin(portal)
    path = f"/demarches/{PROCEDURE}/commencer"
    _, terms = await portal.get(path)
    _, page = await portal.get(step)
    await portal.servers["legal"].close()
    saved, _ = await portal.post(step, page, **{"answer.family_name": "Martin", "go": "save"})
    # the other questions of the page are still to be answered: told, and saved all the same
    assert saved.status == 422
    portal.clock.pass_by(SECOND.total_seconds() + 5)
    shown, page = await portal.get(step)
    assert shown.status == 200
    assert "Martin" in page
    refused, page = await portal.post(path, terms, accepted="yes")
    assert refused.status == 503
    assert "guichet" in texts(page)
