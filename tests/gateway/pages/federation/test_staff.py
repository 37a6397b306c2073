"""ProConnect for agents, FranceConnect for everybody else (ACC-12)."""

import pyotp
import pytest
from yarl import URL

from services.identity.accounts.model import Profile
from tests.gateway.pages.federation.conftest import Portal

pytestmark = pytest.mark.promise("ACC-12")
ALINE = Profile("aline.agent", "Aline Morel", "aline@mairie.example")


async def test_an_agent_links_proconnect_once_and_keeps_the_second_factor(portal: Portal) -> None:
    account_id, seed = await portal.open_account(ALINE, "agent", "agent:voirie"), "A" * 32
    async with portal.identity.database.transaction() as connection:
        await portal.identity.factors.add_seed(connection, account_id, seed)
    await portal.visitor.open("/agents")
    await portal.visitor.follow("S’identifier avec ProConnect")
    await portal.choose("aline")
    assert "Aline Morel" in portal.text
    assert "champ-new_identifier" not in portal.visitor.page.ids, "staff are never opened"
    await portal.prove("aline.agent")
    await portal.visitor.fill({"champ-code": pyotp.TOTP(seed).at(portal.clock.now())})
    await portal.visitor.press("Continuer")
    assert portal.path == "/agents"
    await portal.visitor.press("Se déconnecter")
    await portal.visitor.open("/agents")
    await portal.visitor.follow("S’identifier avec ProConnect")
    assert len(URL(portal.visitor.page.url).query["state"]) >= 32
    await portal.choose("aline")
    assert portal.path == "/connexion/verification"


async def test_an_agents_account_is_not_entered_with_franceconnect(portal: Portal) -> None:
    await portal.open_account(ALINE, "agent")
    await portal.come()
    await portal.prove("aline.agent")
    assert "Les agents se connectent avec ProConnect" in portal.text
    assert portal.path == "/connexion/franceconnect/lien"
