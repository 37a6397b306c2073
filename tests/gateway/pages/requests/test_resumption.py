"""Coming back to a draft by a link: the secret leaves the address at once (SES-03)."""

import base64
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chassis.clock import hash_secret
from chassis.database import Database
from services.procedures.resumptions.model import link_secret
from tests.gateway.pages.legal.conftest import Portal, location, texts
from tests.gateway.pages.legal.test_asking_again_pages import begin, publish
from tests.support.environment import service_environment

pytestmark = pytest.mark.promise("SES-03")


async def newest_secret(database_url: str, keys: Path) -> str:
    database = await Database.open(database_url, size=1)
    async with database.connection() as connection:
        row = await connection.fetchrow(
            "SELECT id, token_hash FROM resume_links ORDER BY created_at DESC LIMIT 1"
        )
    await database.close()
    assert row is not None
    known = service_environment("procedures", keys, database_url="", redis_url="")
    key = base64.urlsafe_b64decode(known["PARVIS_TRACKING_KEY"] + "=")
    secret = link_secret(key, row["id"])
    assert hash_secret(secret) == row["token_hash"]
    return secret


async def test_the_link_brings_the_draft_to_another_browser(
    portal: Portal, procedures_database_url: str, service_keys: Path
) -> None:
    await publish(portal, "editorial")
    step = await begin(portal)
    path = step.partition("/etapes/")[0]
    _, page = await portal.get(step)
    await portal.post(step, page, **{"answer.family_name": "Martin", "go": "save"})
    _, page = await portal.get(step)
    assert f'href="{path}/revenir"' in page
    _, page = await portal.get(f"{path}/revenir")
    refused, _ = await portal.post(f"{path}/revenir", page, email="martin", go="send")
    assert refused.status == 422
    sent, _ = await portal.post(f"{path}/revenir", page, email="martin@example.org", go="send")
    assert sent.status == 303
    secret = await newest_secret(procedures_database_url, service_keys)
    portal.client.session.cookie_jar.clear()
    assert (await portal.get(path))[0].status == 404
    moved, _ = await portal.get(f"/reprendre-un-brouillon?lien={secret}")
    assert location(moved) == "/reprendre-un-brouillon", "no later address holds it"
    there, _ = await portal.get("/reprendre-un-brouillon")
    assert urlsplit(there.headers["Location"]).path == path
    _, page = await portal.get(step)
    assert "Martin" in page
    _, page = await portal.get(f"{path}/revenir")
    assert "Un lien est en service" in texts(page)
    cancelled, _ = await portal.post(f"{path}/revenir", page, go="cancel")
    assert cancelled.status == 303
    await portal.get(f"/reprendre-un-brouillon?lien={secret}")
    ended, page = await portal.get("/reprendre-un-brouillon")
    assert ended.status == 404
    assert "Ce lien n’ouvre plus de brouillon" in texts(page)


async def test_guessing_is_limited(portal: Portal) -> None:
    await publish(portal, "editorial")
    statuses = []
    for _ in range(25):
        await portal.get("/reprendre-un-brouillon?lien=" + "x" * 43)
        statuses.append((await portal.get("/reprendre-un-brouillon"))[0].status)
    assert statuses[:20] == [404] * 20
    assert statuses[-1] == 429


async def test_a_form_says_what_ends_with_the_visit(portal: Portal) -> None:
    await publish(portal, "editorial")
    step = await begin(portal)
    _, page = await portal.get(step)
    assert "le temps de votre visite" in texts(page)
    _, page = await portal.get(step.partition("/etapes/")[0] + "/revenir")
    assert re.search(r"après 30 minutes sans visite, 8 heures en tout", texts(page))
    portal.clock.pass_by(timedelta(minutes=31).total_seconds())
    assert (await portal.get(step))[0].status == 404, "as was said"
