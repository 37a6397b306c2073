"""The password of an account: each rule met in turn, then lost and chosen again."""

import re

import pytest

from tests.journeys.owner import FIRST, Owner, signed_in_owner
from tests.journeys.visitors import KINDS, ChromiumVisitor, OpenVisitor, Visitor
from tests.support.portal import RunningPortal, until

SECOND = "Quatre cafés & 2 thés"
FIELD = "champ-new_password"
# the words of each rule, in the order of the page
RULES = {
    "length": "De 12 à 128 caractères",
    "lower": "Une lettre minuscule",
    "upper": "Une lettre majuscule",
    "digit": "Un chiffre",
    "special": "Un caractère spécial (espace, ponctuation, symbole)",
    "uncommon": "Pas un mot de passe courant, même déguisé",
    "unrelated": "Sans lien avec vous : nom, identifiant, adresse, date de naissance",
}
ALL = frozenset(RULES)


def steps_of(identifier: str) -> list[tuple[str, frozenset[str]]]:
    """Return what is typed, one rule more each time, and the rules that it meets."""
    of_anybody = {"unrelated"}
    return [
        ("azerty", frozenset({*of_anybody, "lower"})),
        ("Azerty", frozenset({*of_anybody, "lower", "upper"})),
        ("Azerty1", frozenset({*of_anybody, "lower", "upper", "digit"})),
        ("Azerty1!", ALL - {"length", "uncommon"}),
        ("Azerty1!!!!!", ALL - {"uncommon"}),
        (f"Zorglub & 1 {identifier}", ALL - {"unrelated"}),
        (FIRST, ALL),
    ]


async def rules_met(visitor: Visitor) -> dict[str, bool]:
    """Return the rules whose state is shown, and whether each is said to be met."""
    text = await visitor.text()
    found = {
        name: re.search(rf"{re.escape(words)} – (rempli|à remplir)", text)
        for name, words in RULES.items()
    }
    return {name: state[1] == "rempli" for name, state in found.items() if state}


@pytest.mark.promise("ACC-03", "SES-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_each_rule_is_seen_being_met(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = Owner.unknown(portal, await open_visitor(kind))
    visitor = owner.visitor
    await visitor.open("/inscription")
    assert await rules_met(visitor) == {}
    await visitor.fill({"champ-identifier": owner.identifier, "champ-email": owner.email})
    for typed, met in steps_of(owner.identifier):
        if kind == "chromium":
            assert isinstance(visitor, ChromiumVisitor)
            await type_and_watch(visitor, typed, met)
        else:
            await visitor.fill({FIELD: typed})
            await visitor.press("Vérifier le mot de passe")
        assert await rules_met(visitor) == {name: name in met for name in RULES}, typed
    assert await visitor.value("champ-identifier") == owner.identifier
    await visitor.fill({FIELD: FIRST})
    await visitor.tick("champ-accepted")
    await visitor.press("Créer mon compte")
    assert owner.email in await visitor.text()


async def type_and_watch(visitor: ChromiumVisitor, typed: str, met: frozenset[str]) -> None:
    """Type key by key: what a look is enough for is told at once, the rest after a pause."""
    field = visitor.page.locator(f"[id='{FIELD}']")
    await field.fill("")
    await field.press_sequentially(typed)
    at_once = await rules_met(visitor)
    looked_at = ALL - {"uncommon", "unrelated"}
    assert {name: at_once[name] for name in looked_at} == {name: name in met for name in looked_at}

    async def told() -> bool:
        return len(await rules_met(visitor)) == len(RULES)

    await until(told)


@pytest.mark.promise("ACC-09")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_lost_identifier_and_a_lost_password_are_recovered(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor(kind))
    await owner.sign_out()
    visitor = owner.visitor
    await ask(visitor, owner.email, "Recevoir mon identifiant")
    told = await visitor.text()
    await until_mailed(portal, owner.email, owner.identifier)
    await ask(visitor, owner.email, "Recevoir un lien")
    assert await visitor.text() == told
    await ask(visitor, "personne@courriel.example", "Recevoir un lien")
    assert await visitor.text() == told, "the same words when nobody has such an address"
    await owner.follow_link("/recuperation/mot-de-passe")
    assert owner.identifier in await visitor.text()
    await visitor.fill({FIELD: "Court 1"})
    await visitor.press("Changer de mot de passe")
    assert [field for field, _ in await visitor.summary()] == [FIELD]
    await visitor.fill({FIELD: SECOND})
    await visitor.press("Changer de mot de passe")
    assert "Votre mot de passe est changé" in await visitor.text()
    await owner.give_password(FIRST)
    assert (await visitor.address()).endswith("/connexion")
    await owner.sign_in(SECOND)
    await visitor.open(await owner.link("/recuperation/mot-de-passe"))
    assert "déjà servi ou a expiré" in await visitor.text()


async def ask(visitor: Visitor, typed: str, button: str) -> None:
    await visitor.open("/recuperation")
    await visitor.fill({"champ-typed": typed})
    await visitor.press(button)


async def until_mailed(portal: RunningPortal, to: str, words: str) -> None:
    async def look() -> bool:
        return any(words in mail["text"] for mail in await portal.mails(to, least=0))

    await until(look)
