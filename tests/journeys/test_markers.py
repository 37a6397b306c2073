"""Nothing personal in clear anywhere: markers planted by a person, looked for in a real dump.

The dumps are those of `pg_dump`; beside them are searched the logs of every process, every key of
Redis, the metrics, and the stored files. The mailbox stands for the person's own: mails hold what
they must. PostgreSQL's own files are not read: they hold the same rows as the dumps.
"""

import asyncio
import os
import sys
from base64 import b64encode
from pathlib import Path
from uuid import UUID

import aiohttp
import asyncpg
import pytest
from redis.asyncio import Redis

from deploy.local.environment import service_environment
from deploy.local.stack import Stack
from tests.journeys import steps
from tests.journeys.owner import FIRST, Owner, register
from tests.journeys.plain_visitor import PlainVisitor
from tests.support.dumps import dump, restored, surroundings
from tests.support.environment import REPOSITORY
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal, until

MARK = "zqxmarqueur"
SERVICES = ("identity", "procedures", "legal")
KEPT = {
    "champ-family_name": f"{MARK}nom",
    "champ-given_name": f"{MARK}prenom",
    "champ-phone": "04 66 02 97 31",
}
NEVER = (MARK, "466029731", FIRST, "cafés & 1 th")
SELECT_ACCOUNT = "SELECT id, state, wrapped_key, profile FROM accounts WHERE id = $1"
SELECT_SEALED = "SELECT count(*) FROM profile_fields WHERE account_id = $1"
PATIENCE = 15


def marked_bill() -> tuple[str, bytes, str]:
    _name, content, media_type = steps.electricity_bill()
    return f"{MARK}.pdf", content + f"\n% {MARK}\n".encode(), media_type


async def plant(owner: Owner) -> steps.Filed:
    """Do what leaves a datum in every table: account, form, file, message, comment."""
    visitor = owner.visitor
    await register(owner)
    await owner.give_password("Pas le bon, 1 fois")
    await owner.sign_in()
    await visitor.open("/compte/informations")
    await visitor.fill(KEPT)
    await visitor.press("Enregistrer")
    await visitor.open("/compte/droits")
    await visitor.fill({"champ-right": "access", "champ-text": f"{MARK} demande"})
    await visitor.press("Envoyer")
    await visitor.open("/compte/donnees")
    await visitor.press("Demander une copie")
    await visitor.open("/demarches/carte-decheterie/commencer")
    await visitor.press("Commencer")
    await visitor.press("Enregistrer et continuer")
    await visitor.fill({**steps.ADDRESS, "champ-street_address": f"3 rue {MARK}"})
    await visitor.press("Enregistrer et continuer")
    await steps.choose_card(visitor)
    await visitor.attach("champ-justificatif-domicile", marked_bill())
    await visitor.press("Envoyer ce fichier")
    await visitor.follow("Continuer")
    filed = await steps.certify_and_file(visitor)
    await visitor.open("/contact")
    await visitor.fill({"champ-subject": f"{MARK} objet", "champ-message": f"{MARK} message"})
    await visitor.fill({"champ-name": f"{MARK} nom", "champ-email": owner.email})
    for _ in range(PATIENCE):  # who writes too fast is asked to send again
        await visitor.press("Envoyer")
        if (await visitor.address()).endswith("/contact/recu"):
            break
        await asyncio.sleep(1)
    assert (await visitor.address()).endswith("/contact/recu"), await visitor.text()
    return filed


def marked(portal: RunningPortal, browser: PlainBrowser) -> Owner:
    owner = Owner.unknown(portal, PlainVisitor(browser))
    owner.identifier = owner.identifier.replace("manon", MARK)
    owner.email = owner.email.replace("manon", MARK)
    return owner


def holds(content: bytes, marker: str) -> bool:
    """Say whether a marker stands in a content: as text, in bytea's hexadecimal, in base64."""
    low, plain = content.lower(), marker.encode()
    # base64 of a text depends on where it begins: its middle is the same for one start of three
    middles = (b64encode(b"x" * shift + plain)[4:-4] for shift in range(3))
    return (
        plain.lower() in low
        or plain.hex().encode() in low
        or any(middle in content for middle in middles)
    )


@pytest.mark.promise("DAT-05", "SEC-01")
async def test_no_marker_is_found_in_dumps_logs_redis_metrics_and_files(
    portal: RunningPortal, stack: Stack
) -> None:
    async with PlainBrowser(portal.url) as browser:
        owner = marked(portal, browser)
        filed = await plant(owner)
        mails = await portal.mails(owner.email, least=4)
        places = {f"dump of {name}": await dump(stack, name) for name in SERVICES}
        places |= {"redis": await everything_in_redis(stack), "metrics": await metrics(stack)}
        places |= await asyncio.to_thread(files, stack.settings.folder)
    assert any(MARK in mail["text"] for mail in mails), "what is planted reaches its owner"
    assert filed.number.encode() in places["dump of procedures"], "the dump has the request"
    assert b"account-sessions:" in places["redis"]
    assert places["logs"].count(b"answered") > 20
    assert b"parvis_" in places["metrics"]
    assert len(places["blobs"]) > 300
    for place, content in places.items():
        for marker in (*NEVER, filed.code):
            assert not holds(content, marker), (place, marker)


def test_a_marker_would_be_found() -> None:
    for written in (MARK, MARK.upper(), "\\x" + f"nom {MARK}".encode().hex()):
        assert holds(f"COPY ...\n1\t{written}\n".encode(), MARK)
    for before in ("", "a", "ab", "abc"):
        assert holds(b64encode(f"{before}{MARK} et la suite".encode()), MARK)
    assert not holds(b"zqx marqueur", MARK)


@pytest.mark.promise("DAT-03", "AVA-02")
async def test_after_an_erasure_a_restored_dump_does_not_give_the_person_back(
    portal: RunningPortal, stack: Stack
) -> None:
    async with PlainBrowser(portal.url) as browser:
        owner = marked(portal, browser)
        await register(owner)
        await owner.sign_in()
        await owner.visitor.open("/compte/informations")
        await owner.visitor.fill(KEPT)
        await owner.visitor.press("Enregistrer")
        before = await dump(stack, "identity")
        known = journal_of(stack)
        await owner.visitor.open("/compte/effacement")
        await owner.visitor.fill({"champ-password": FIRST})
        await owner.visitor.press("Effacer tout de suite")
        account_id = UUID(await newly_erased(stack, known))
    async with restored(stack, "identity", before) as url:
        connection = await asyncpg.connect(url)
        try:
            row = await connection.fetchrow(SELECT_ACCOUNT, account_id)
            assert (row["state"], row["wrapped_key"] is None) == ("active", False)
            assert await connection.fetchval(SELECT_SEALED, account_id) == len(KEPT)
            said = await replay(stack, url)
            assert said.endswith("accounts erased again"), said
            row = await connection.fetchrow(SELECT_ACCOUNT, account_id)
            assert tuple(row.values())[1:] == ("erased", None, None)
            assert await connection.fetchval(SELECT_SEALED, account_id) == 0
        finally:
            await connection.close()


def journal_of(stack: Stack) -> set[str]:
    """Return the accounts that the journal beside the database names."""
    folder = stack.settings.folder / "erasures"
    return {path.stem for path in folder.rglob("*") if path.is_file()}


async def newly_erased(stack: Stack, known: set[str]) -> str:
    found: set[str] = set()

    async def look() -> bool:
        found.update(journal_of(stack) - known)
        return bool(found)

    await until(look)
    [account_id] = found
    return account_id


async def replay(stack: Stack, url: str) -> str:
    """Run the operator's command on the restored database; return what it says last."""
    environment = service_environment(surroundings(stack), "identity")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.identity", "replay-erasures"),
        cwd=REPOSITORY,
        env={**os.environ, **environment, "PARVIS_DATABASE_URL": url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return output.decode().strip().splitlines()[-1]


async def everything_in_redis(stack: Stack) -> bytes:
    """Return every key and value of every database of Redis."""
    lines = []
    async with Redis.from_url(surroundings(stack).redis_url) as client:
        for key in await client.keys("*"):
            lines += [key, await client.dump(key) or b""]
    return b"\n".join(lines)


async def metrics(stack: Stack) -> bytes:
    """Return what every process tells its operators."""
    found = b""
    async with aiohttp.ClientSession() as session:
        for name, url in stack.urls.items():
            if name.endswith("-operations"):
                for page in ("/metrics", "/health"):
                    async with session.get(url + page) as response:
                        found += await response.read()
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Return the contents, and the names, of the logs and of the stored files."""
    return {
        name: b"\n".join(
            str(path).encode() + path.read_bytes()
            for path in sorted((folder / name).rglob("*"))
            if path.is_file()
        )
        for name in ("logs", "blobs", "erasures")
    }
