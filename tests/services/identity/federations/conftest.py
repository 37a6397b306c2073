"""People whom a provider vouches for, and what they do (ACC-12)."""

from typing import Any
from uuid import UUID

import pyotp

from chassis.caller import Person
from services.identity.assembly import Parts
from tests.services.identity.conftest import (
    CAMILLE,
    PASSWORD,
    Gateway,
    Post,
    secret_in,
)

ISSUER = "https://fc.example/api/v2"
CLAIMS = {
    "given_name": "Camille Zoé",
    "family_name": "DURAND-ÜMLAUT",
    "birthdate": "1985-04-12",
    "gender": "female",
    "birthplace": "30189",
    "birthcountry": "99100",
    "email": "camille@courriel.example",
}
AGENT = {"given_name": "Aline", "usual_name": "Morel", "uid": "u1", "email": "a@mairie.example"}
# the same person, as somebody types it
KEPT = {
    "given_name": "camille zoe",
    "family_name": "Durand Umlaut",
    "birth_date": "1985-04-12",
    "gender": "female",
    "birth_commune": "30189",
    "birth_country": "99100",
}
OPENING = {"identifier": "camille.neuve", "email": "neuve@courriel.example"}
CONFIRM = "/inscription/confirmation"


async def come(
    gateway: Gateway,
    subject: str = "abc123v1",
    provider: str = "franceconnect",
    person: Person | None = None,
    **claims: str,
) -> tuple[int, Any]:
    """Bring back from the provider somebody whom it vouches for."""
    base = CLAIMS if provider == "franceconnect" else AGENT
    body = {
        "provider": provider,
        "issuer": ISSUER,
        "subject": subject,
        "claims": {**base, **claims},
        "link": person is not None,
    }
    return await gateway.call("POST", "/federated-sign-ins", body, person)


async def choice(gateway: Gateway, *args: Any, **more: Any) -> str:
    status, answer = await come(gateway, *args, **more)
    assert status == 200, answer
    return str(answer["choice"]["token"])


async def prove(
    gateway: Gateway, token: str, password: str = PASSWORD, identifier: str = CAMILLE.identifier
) -> tuple[int, Any]:
    body = {"token": token, "identifier": identifier, "password": password}
    return await gateway.call("POST", "/federated-sign-ins/proofs", body)


async def open_account(gateway: Gateway, token: str, **other: Any) -> tuple[int, Any]:
    body = {**OPENING, "token": token, **other}
    return await gateway.call("POST", "/federated-sign-ins/registrations", body)


async def keep(parts: Parts, account_id: UUID, **changes: str) -> None:
    await parts.core.profiles.update_profile(account_id, {**KEPT, **changes})


async def totp(parts: Parts, account_id: UUID) -> str:
    seed = pyotp.random_base32()
    async with parts.database.transaction() as connection:
        await parts.factors.add_seed(connection, account_id, seed)
    return seed


async def take_step(gateway: Gateway, answer: Any, seed: str) -> tuple[int, Any]:
    code = pyotp.TOTP(seed).at(gateway.clock.now())
    body = {"token": answer["second_step"]["token"], "kind": "totp", "code": code}
    return await gateway.call("POST", "/sign-ins/second-step", body)


async def opened(gateway: Gateway, parts: Parts, name: str, **claims: str) -> UUID:
    """Open an account with FranceConnect and confirm it."""
    token = await choice(gateway, f"sub of {name}", **claims)
    status, made = await open_account(
        gateway, token, identifier=name, email=f"{name}@courriel.example"
    )
    assert status == 201, made
    post = Post(parts)
    secret = next(secret_in(mail, CONFIRM) for mail in await post.run() if CONFIRM in mail.text)
    status, _ = await gateway.call("POST", "/registrations/confirmations", {"secret": secret})
    assert status == 200
    return UUID(made["account_id"])


async def kept(parts: Parts, account_id: UUID) -> dict[str, str]:
    return {one.name: one.value for one in await parts.core.profiles.read_profile(account_id)}
