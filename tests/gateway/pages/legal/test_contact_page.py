"""Writing to the webmaster without a script, without a captcha, and without losing a word."""

import pytest

from tests.gateway.pages.legal.conftest import Portal, location, texts

TYPED = {"subject": "Une coquille", "message": "Il manque un mot.", "email": "c@example.fr"}


async def waiting(portal: Portal) -> list[str]:
    async with portal.legal.database.connection() as connection:
        rows = await connection.fetch("SELECT entrypoint FROM pgqueuer ORDER BY id")
    return [row["entrypoint"] for row in rows]


@pytest.mark.promise("LEG-05", "SES-02")
async def test_a_message_is_sent_once_and_acknowledged(portal: Portal) -> None:
    _, page = await portal.get("/contact?page=/cookies")
    assert 'value="/cookies"' in page
    early, page = await portal.post("/contact", page, **TYPED)
    assert early.status == 422
    assert "Il manque un mot." in page
    portal.clock.pass_by(4)
    for _ in range(2):
        sent, _ = await portal.post("/contact", page, **TYPED)
        assert location(sent) == "/contact/recu"
    _, received = await portal.get("/contact/recu")
    assert "Votre message est bien arrivé" in texts(received)
    assert await waiting(portal) == ["deliver-feedback", "acknowledge-feedback"]
    # the same form with other words is another message: a new form, the words kept
    again, page = await portal.post("/contact", page, **TYPED | {"message": "Autre chose."})
    assert again.status == 422
    assert "Autre chose." in page
    portal.clock.pass_by(4)
    sent, _ = await portal.post("/contact", page, **TYPED | {"message": "Autre chose."})
    assert location(sent) == "/contact/recu"
    assert len(await waiting(portal)) == 4


@pytest.mark.promise("LEG-05")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"subject": " "}, "Écrivez l’objet de votre message."),
        ({"message": ""}, "Écrivez votre message."),
        ({"message": "x" * 5001}, "5000 caractères au plus"),
        ({"email": "pas une adresse"}, "Écrivez l’adresse avec un @"),
        ({"site_web": "https://spam.example"}, "Laissez vide le champ"),
    ],
)
async def test_what_is_wrong_is_said_and_the_words_are_kept(
    portal: Portal, change: dict[str, str], told: str
) -> None:
    _, page = await portal.get("/contact")
    portal.clock.pass_by(60)
    typed = {**TYPED, "name": "Camille", **change}
    refused, page = await portal.post("/contact", page, **typed)
    assert refused.status == 422
    assert told in texts(page)
    assert "Camille" in page
    assert await waiting(portal) == []


@pytest.mark.promise("AVA-03", "LEG-05")
async def test_with_legal_stopped_the_words_come_back(portal: Portal) -> None:
    _, page = await portal.get("/contact")
    await portal.servers["legal"].close()
    shown, page = await portal.get("/contact")
    assert shown.status == 200
    portal.clock.pass_by(60)
    refused, page = await portal.post("/contact", page, **TYPED)
    assert refused.status == 503
    assert "Il manque un mot." in page


@pytest.mark.promise("LEG-04")
async def test_the_published_heads_can_be_copied(portal: Portal) -> None:
    await portal.legal.heads.publish_head()
    response, page = await portal.get("/preuves")
    assert response.status == 200
    copy = await portal.client.get("/preuves?format=json")
    (head,) = (await copy.json())["heads"]
    assert head["hash"] in page
    assert head["proof"].count(".") == 2
