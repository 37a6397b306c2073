"""A person lost the telephone: one member of staff asks, another agrees, the password is enough."""

import re

import pytest

from tests.journeys.owner import FIRST, enrol_totp, signed_in_owner
from tests.journeys.staff import sign_in
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal

# it may begin or end with a dash
TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")
REASON = "Carte d’identité vue au guichet"


@pytest.mark.promise("ACC-11")
@pytest.mark.parametrize("kind", [KINDS[1], KINDS[2]])
async def test_two_people_take_a_lost_factor_away(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor("plain"))
    await enrol_totp(owner)
    await owner.sign_out()
    first, second = await open_visitor(kind), await open_visitor(kind)
    await sign_in(portal, first, "sophie.chef", "/compte", "Se déconnecter")
    await sign_in(portal, second, "adele.systeme", "/compte", "Se déconnecter")
    await first.open("/agents/comptes")
    await first.fill({"champ-identifier": owner.identifier})
    await first.press("Chercher")
    await first.press("Demander le retrait")
    assert [field for field, _ in await first.summary()] == ["champ-reset_reason"]
    await first.fill({"champ-reset_reason": REASON})
    await first.press("Demander le retrait")
    found = TOKEN.search(await first.text())
    assert found is not None
    await give(first, found[0])
    assert "une autre personne" in (await first.summary())[0][1]
    await give(second, found[0])
    assert "La double vérification est retirée" in await second.text()
    await give(second, found[0])
    assert "a déjà servi" in (await second.summary())[0][1]
    await owner.sign_in(FIRST)
    await owner.visitor.open("/compte/donnees")
    assert REASON in await owner.visitor.text()


async def give(visitor: Visitor, token: str) -> None:
    await visitor.open("/agents/double-verification")
    await visitor.fill({"champ-token": token})
    await visitor.press("Retirer la double vérification")
