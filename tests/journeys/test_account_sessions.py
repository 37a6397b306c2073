"""The sessions of an account in two browsers: seen, ended one by one, ended with the password."""

import pytest

from tests.journeys.owner import FIRST, Owner, enrol_totp, signed_in_owner
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal

SECOND = "Quatre cafés & 2 thés"
HERE, CLOSE = "Cette session", "Fermer cette session"


async def is_signed_in(visitor: Visitor) -> bool:
    await visitor.open("/compte")
    return "/connexion" not in await visitor.address()


@pytest.mark.promise("ACC-10")
@pytest.mark.parametrize("kind", KINDS)
async def test_another_session_is_seen_and_ended(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor(kind))
    other = Owner(portal, await open_visitor(kind), owner.identifier, owner.email)
    await other.sign_in()
    await owner.visitor.open("/compte/securite")
    text = await owner.visitor.text()
    assert (text.count(HERE), text.count(CLOSE)) == (1, 1), text
    assert text.count("Ouverte le") == 2
    if kind != "plain":
        assert "Chrome, Linux" in text
    assert text.count("réussie") == 2, "both sign-ins are in the list"
    await owner.visitor.press(CLOSE)
    assert CLOSE not in await owner.visitor.text()
    assert not await is_signed_in(other.visitor)
    assert await is_signed_in(owner.visitor)


@pytest.mark.promise("ACC-10")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_new_password_ends_the_sessions_of_others(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor(kind))
    others = [
        Owner(portal, await open_visitor("plain"), owner.identifier, owner.email) for _ in range(2)
    ]
    for other in others:
        await other.sign_in()
    await owner.visitor.open("/compte/mot-de-passe")
    await owner.visitor.fill({"champ-password": FIRST, "champ-new_password": SECOND})
    await owner.visitor.press("Changer de mot de passe")
    assert [await is_signed_in(other.visitor) for other in others] == [False, False]
    assert await is_signed_in(owner.visitor)


async def test_a_session_opened_with_a_code_is_known_by_its_device(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    owner = await signed_in_owner(portal, await open_visitor("chromium-without-javascript"))
    codes = await enrol_totp(owner)
    await owner.sign_out()
    await owner.sign_in(FIRST, codes[0])
    await owner.visitor.open("/compte/securite")
    assert "Navigateur inconnu" not in await owner.visitor.text()
