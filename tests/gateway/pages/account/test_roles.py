"""Every address of the portal, tried by everybody: rules that must cover them all (SEC-02).

Behind the gateway stand the real identity and procedures services; legal is away. Strangers are
told the same as to anybody: to sign in (303), no (403), or that there is no such thing (404).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

import pytest
from aiohttp import ClientResponse
from redis.asyncio import Redis

from chassis.caller import Person
from chassis.database import Database
from gateway.pages.legal.reading import DOCUMENTS as TEXTS
from gateway.routes import AREAS
from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.procedures.declarations.repository import DeclarationRepository
from tests.gateway.pages.account.conftest import Browser
from tests.services.procedures.portal import DECLARATION, Draft

ROUTES = [(method, path) for area in AREAS for method, path, _handler in area]
# the kind of visitor -> the roles of their account
STAFF: Mapping[str, Sequence[str]] = {
    "agent": ("agent", "agent:dechets"),
    "supervisor": ("supervisor", "supervisor:dechets"),
    "editor": ("editor",),
    "publisher": ("publisher",),
    "dpo": ("dpo",),
    "administrator": ("administrator",),
    "cash officer": ("cash_officer",),
}
PERSONS = ("owner", "other")
VISITORS = ("anonymous", *PERSONS, *STAFF)

# beginning of the address -> the members of staff whom it serves, the longest beginning first
OF_STAFF: Mapping[str, frozenset[str]] = {
    "/agents/brouillons": frozenset({"editor", "publisher"}),
    "/agents/textes": frozenset({"editor", "publisher"}),
    "/agents/dossiers": frozenset({"agent", "supervisor"}),
    "/agents/guichet": frozenset({"agent", "supervisor"}),
    "/agents/statistiques": frozenset({"agent", "supervisor"}),
    "/agents/extraction": frozenset({"agent", "supervisor"}),
    "/agents/regie": frozenset({"cash officer"}),
    "/agents/comptes/{id}/double-verification": frozenset({"supervisor", "administrator"}),
    "/agents/double-verification": frozenset({"supervisor", "administrator"}),
    "/agents/comptes": frozenset({"supervisor", "dpo", "administrator"}),
    "/agents/droits": frozenset({"dpo", "administrator"}),
    "/agents/modeles": frozenset({"supervisor"}),
    "/agents/applications": frozenset({"administrator"}),
    "/agents/resume": frozenset({"agent", "supervisor"}),
}
# by the draft, the procedure and the role together: who wrote it may not approve it
OF_EDITORS = ("/agents/demarches", "/agents/modifications")
EDITORS = frozenset({"editor", "publisher", "supervisor", "administrator"})
# whoever is signed in, over their own account only: no address names another one
OF_ACCOUNTS = ("/compte",)
# the same, where an identity provider is configured: here none is
OF_PROVIDERS = ("/compte/liens",)
# the owner of the request alone
OF_REQUESTS = ("/dossiers/{id}",)
# the holder of the payment alone
OF_PAYMENTS = ("/paiements/{id}",)
# a secret in the person's hands decides, not who is signed in
BY_SECRET = (
    *("/business", "/reprendre-un-brouillon", "/compte/courriel/confirmation"),
    *("/paiements/retour/", "/paiements/notifications"),
)
PUBLIC = (
    *(f"/{slug}" for slug in TEXTS),
    *("/plan-du-site", "/robots.txt", "/sitemap.xml", "/favicon.ico"),
    *("/contact", "/preuves", "/demarches", "/partenaires", "/suivi"),
    *("/connexion", "/deconnexion", "/reprise", "/inscription", "/recuperation", "/gel"),
    *("/paiements", "/paiements/factures"),
)
AWAY = 503


@dataclass(frozen=True)
class Rule:
    """Whom an address serves, and whom more than their role decides upon (`either`).

    Everybody else is answered one of `refusals`.
    """

    served: frozenset[str]
    refusals: frozenset[int]
    either: frozenset[str] = frozenset()


EVERYBODY = Rule(frozenset(VISITORS), frozenset())


def rule_of(path: str) -> Rule | None:
    """Return the rule of an address, None for one that nothing here covers."""
    if path == "/" or _under(path, BY_SECRET):
        return EVERYBODY
    if path == "/agents":
        return Rule(frozenset(STAFF), frozenset({303, 403}))
    if _under(path, OF_EDITORS):
        return Rule(frozenset(), frozenset({303, 403}), EDITORS)
    if _under(path, OF_REQUESTS):
        return Rule(frozenset({"owner"}), frozenset({403, 404}))
    if _under(path, OF_PAYMENTS):
        return Rule(frozenset(), frozenset({303, 403, 404}))
    if _under(path, OF_PROVIDERS):
        return Rule(frozenset(), frozenset({303, 404}), frozenset(VISITORS) - {"anonymous"})
    if _under(path, OF_ACCOUNTS):
        return Rule(frozenset(VISITORS) - {"anonymous"}, frozenset({303}))
    for beginning, roles in OF_STAFF.items():
        if _under(path, (beginning,)):
            return Rule(roles, frozenset({303, 403}))
    return EVERYBODY if _under(path, PUBLIC) else None


def _under(path: str, beginnings: Sequence[str]) -> bool:
    return any(
        path == one or path.startswith(one if one.endswith("/") else f"{one}/")
        for one in beginnings
    )


def test_the_rules_cover_every_address() -> None:
    assert [route for route in ROUTES if rule_of(route[1]) is None] == []
    assert rule_of("/nouvelle-page") is None


@dataclass
class Trial:
    """Visitors of the portal, each trial with accounts of its own."""

    browser: Browser
    redis: Redis

    async def send(self, visitor: str, method: str, address: str, draft: Draft) -> ClientResponse:
        session = self.browser.sessions.new_session()
        if visitor != "anonymous":
            session.put("account", await self._account(visitor, draft))
        await self.browser.sessions.save_session(session)
        for key in await self.redis.keys("limits*"):
            await self.redis.delete(key)
        cookies = self.browser.client.session.cookie_jar
        cookies.clear()
        cookies.update_cookies({"parvis": session.token}, self.browser.client.make_url("/"))
        data = {"csrf_token": session.csrf_token} if method == "POST" else None
        return await self.browser.client.request(method, address, data=data, allow_redirects=False)

    async def _account(self, visitor: str, draft: Draft) -> dict[str, object]:
        roles = STAFF.get(visitor, ())
        person = draft.person if visitor == "owner" else await self.new_person(roles)
        assert person is not None
        names = {"identifier": "x", "display_name": "X"}
        return {"account_id": person.account_id, "roles": list(roles), **names}

    async def new_person(self, roles: Sequence[str] = ()) -> Person:
        parts = self.browser.identity
        name = f"p{uuid4().hex[:20]}"
        profile = Profile(name, name, f"{name}@courriel.example")
        async with parts.database.transaction() as connection:
            account = await parts.accounts.open_account(connection, NewAccount(profile, roles))
        return Person(str(account.id), tuple(roles))


def address_of(path: str, draft: Draft) -> str:
    fixed = {"slug": "carte-decheterie", "page": "vous", "version": "1", "latter": "2"}
    fixed |= {"day": "2026-11-24", "position": "1", "regie": "eau", "provider": "franceconnect"}
    known = {"/dossiers/{id}": f"/dossiers/{draft.id}"}
    for beginning, real in known.items():
        path = path.replace(beginning, real)
    return re.sub(r"{(\w+)(?::[^}]*)?}", lambda found: fixed.get(found[1], str(uuid4())), path)


def is_refused(response: ClientResponse) -> bool:
    """Say whether an answer sends to the sign-in, says no, or denies that there is anything."""
    # the page before a departure sends back to its payment, which is then refused in its turn
    elsewhere = response.headers.get("Location", "").startswith(("/connexion", "/paiements/"))
    return response.status in (401, 403, 404) or (response.status == 303 and elsewhere)


@pytest.mark.timeout(300)
@pytest.mark.promise("SEC-02")
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_each_address_serves_whom_it_is_for_and_nobody_else(
    browser: Browser, redis: Redis, method: str
) -> None:
    trial = Trial(browser, redis)
    for path in (path for one, path in ROUTES if one == method):
        rule = rule_of(path)
        assert rule is not None
        draft = await browser.procedures.start(person=await trial.new_person())
        before = await browser.procedures.view(draft)
        address = address_of(path, draft)
        for visitor in VISITORS:
            if visitor in rule.served | rule.either:
                continue
            response = await trial.send(visitor, method, address, draft)
            told = (method, path, visitor, response.status)
            assert response.status in rule.refusals, told
            assert is_refused(response), told
            if visitor == "anonymous" and 303 in rule.refusals and 404 not in rule.refusals:
                assert response.status == 303, told
        assert await browser.procedures.view(draft) == before, (method, path)
        for visitor in VISITORS:
            if visitor in rule.served:
                response = await trial.send(visitor, method, address, draft)
                told = (method, path, visitor, response.status)
                assert response.status != 403, told
                assert response.status < 500 or response.status == AWAY, told
                if rule is not EVERYBODY:
                    assert not is_refused(response) or response.status == 404, told


@pytest.mark.promise("SEC-02")
async def test_an_agent_of_another_service_sees_no_request(
    browser: Browser, redis: Redis, procedures_database_url: str
) -> None:
    trial = Trial(browser, redis)
    database = await Database.open(procedures_database_url, size=1)
    async with database.transaction() as connection:
        now = browser.procedures.clock.now()
        await DeclarationRepository().insert_declaration(connection, DECLARATION, now)
    await database.close()
    draft = await browser.procedures.complete(person=await trial.new_person())
    assert (await browser.procedures.file(draft)).status == 200
    near = {"agent": 200, "supervisor": 200}
    for visitor, status in near.items():
        response = await trial.send(visitor, "GET", f"/agents/dossiers/{draft.id}", draft)
        assert response.status == status, visitor
    far = await trial.new_person(("agent", "agent:voirie"))
    session = browser.sessions.new_session()
    content = {"account_id": far.account_id, "roles": list(far.roles), "display_name": "X"}
    session.put("account", {**content, "identifier": "x"})
    await browser.sessions.save_session(session)
    browser.client.session.cookie_jar.clear()
    cookies = {"parvis": session.token}
    browser.client.session.cookie_jar.update_cookies(cookies, browser.client.make_url("/"))
    for path in ("", "/pieces/" + str(uuid4()), "/courriers/1"):
        address = f"/agents/dossiers/{draft.id}{path}"
        response = await browser.client.get(address, allow_redirects=False)
        assert response.status in (403, 404), address
