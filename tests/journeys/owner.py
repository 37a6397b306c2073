"""The owner of an account: how one is opened, signed in to, and reached by mail."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pyotp

from tests.journeys.plain_visitor import PlainVisitor
from tests.journeys.visitors import Visitor
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal, until

FIRST = "Trois cafés & 1 thé"
RECOVERY_CODE = re.compile(r"\b[A-Z2-7]{5}-[A-Z2-7]{5}\b")
SEED = re.compile(r"\b[A-Z2-7]{32}\b")


@dataclass
class Owner:
    """A person, the portal, and the mailbox where their links arrive."""

    portal: RunningPortal
    visitor: Visitor
    identifier: str
    email: str

    @classmethod
    def unknown(cls, portal: RunningPortal, visitor: Visitor) -> "Owner":
        """Return somebody whom the portal does not know yet."""
        name = f"manon.{uuid4().hex[:10]}"
        return cls(portal, visitor, name, f"{name}@courriel.example")

    async def follow_link(self, path: str, to: str = "") -> None:
        """Follow the newest link to `path` received at an address, once there is one."""
        link = await self.link(path, to)
        await self.visitor.open(link)
        # the secret stays in no address (ASVS 14.2.1)
        assert "lien" not in await self.visitor.address()

    async def link(self, path: str, to: str = "") -> str:
        """Return the newest link to `path` received at an address, once there is one."""
        found: list[str] = []

        async def look() -> bool:
            for mail in await self.portal.mails(to or self.email, least=0):
                found.extend(re.findall(rf"{path}\?lien=[\w-]+", mail["text"]))
            return bool(found)

        await until(look)
        return found[0]

    async def sign_in(self, password: str = FIRST, code: str = "") -> None:
        """Sign in; the account's page is before us."""
        await self.give_password(password)
        if code:
            await self.visitor.fill({"champ-code": code})
            await self.visitor.press("Continuer")
        assert (await self.visitor.address()).endswith("/compte"), await self.visitor.text()

    async def give_password(self, password: str = FIRST) -> None:
        """Send the form of the sign-in, whatever comes of it."""
        await self.visitor.open("/connexion")
        await self.visitor.fill({"champ-identifier": self.identifier, "champ-password": password})
        await self.visitor.press("Se connecter")

    async def sign_out(self) -> None:
        """Sign out from the account's page."""
        await self.visitor.open("/compte")
        await self.visitor.press("Se déconnecter")


async def signed_in_owner(portal: RunningPortal, visitor: Visitor) -> Owner:
    """Return somebody whose account was opened elsewhere, and who is signed in here."""
    owner = Owner.unknown(portal, visitor)
    async with PlainBrowser(portal.url) as browser:
        elsewhere = Owner(portal, PlainVisitor(browser), owner.identifier, owner.email)
        await register(elsewhere)
    await owner.sign_in()
    return owner


async def register(owner: Owner) -> None:
    """Open the account without a mistake, and confirm its address."""
    visitor = owner.visitor
    await visitor.open("/inscription")
    await visitor.fill({"champ-identifier": owner.identifier, "champ-email": owner.email})
    await visitor.fill({"champ-new_password": FIRST})
    await visitor.tick("champ-accepted")
    await visitor.press("Créer mon compte")
    assert (await visitor.address()).endswith("/inscription/faite"), await visitor.text()
    await owner.follow_link("/inscription/confirmation")
    await visitor.press("Confirmer mon adresse")


async def enrol_totp(owner: Owner, password: str = FIRST) -> list[str]:
    """Add the codes of an application; return the recovery codes."""
    visitor = owner.visitor
    await begin_factor(owner, "Utiliser une application de codes", password)
    seed = SEED.search(await visitor.text())
    assert seed is not None
    await visitor.fill({"champ-code": pyotp.TOTP(seed[0]).now()})
    await visitor.press("Confirmer")
    codes = RECOVERY_CODE.findall(await visitor.text())
    assert len(codes) == 10
    return codes


async def begin_factor(owner: Owner, kind: str, password: str = FIRST) -> None:
    """Give the password and choose the kind of factor to add."""
    await owner.visitor.open("/compte/verification")
    await owner.visitor.fill({"champ-password": password})
    await owner.visitor.press(kind)
