"""Members of staff of the demonstration, who sign in with a one-time code."""

import json
from datetime import UTC, datetime
from typing import Any

import pyotp

from tests.journeys.visitors import Visitor
from tests.support.portal import RunningPortal, until

# the last one-time code given to each member of staff, as a step of half a minute
_steps: dict[str, int] = {}


async def sign_in(
    portal: RunningPortal,
    visitor: Visitor,
    identifier: str,
    room: str = "/agents/dossiers",
    title: str = "Dossiers du service",
) -> None:
    """Sign in as a member of staff of the demonstration, with the one-time code."""
    folder = portal.stack.settings.folder
    known: list[dict[str, Any]] = json.loads((folder / "demo-sign-ins.json").read_text())
    person = next(one for one in known if one["identifier"] == identifier)
    await visitor.open(f"/connexion?return_to={room}")
    await visitor.fill({"champ-identifier": identifier, "champ-password": person["password"]})
    await visitor.press("Se connecter")
    await visitor.fill({"champ-code": await next_code(person["totp_secret"])})
    await visitor.press("Continuer")
    assert title in await visitor.text(), await visitor.text()


async def next_code(seed: str) -> str:
    """Return a code never used yet: a step serves once, and one step either side is accepted."""
    _steps[seed] = step = max(_steps.get(seed, 0) + 1, present_step() - 1)

    async def accepted() -> bool:
        return step <= present_step() + 1

    await until(accepted, 65)
    return pyotp.TOTP(seed).generate_otp(step)


def present_step() -> int:
    """Return the number of the half-minute under way."""
    return int(datetime.now(UTC).timestamp()) // 30
