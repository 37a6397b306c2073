"""The complete copy, and the register of rights."""

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from aiohttp import web
from pytest_aiohttp.plugin import AiohttpServer

from chassis.caller import Person
from services.identity.assembly import Parts, open_parts
from services.identity.copies.model import TRIES, PartMissing
from services.identity.rights.model import due_date
from services.identity.settings import Settings
from tests.services.identity.conftest import (
    CAMILLE,
    Gateway,
    Post,
    SetClock,
    staff_member,
    state_of,
)

BYTES = bytes(range(256)) * 4000
FILES = {"f1": "facture.pdf", "f2": "../../etc/passwd", "gone": "retirée.pdf"}
ESCAPING = "fichiers/NM-1/002-_.._etc_passwd"


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(settings.database_url)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
async def procedures(aiohttp_server: AiohttpServer) -> Any:
    """Another service, which gives its part and remembers who asked."""

    async def show(request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("Bearer ")
        files = [{"id": one, "name": name} for one, name in FILES.items()]
        held = {"id": "r1", "number": "NM-1", "note": "<b>Marqueur</b>", "documents": files}
        return web.json_response({"requests": [held], "payments": []})

    async def give(request: web.Request) -> web.Response:
        if request.match_info["file"] == "gone":
            raise web.HTTPNotFound
        return web.Response(body=BYTES)

    application = web.Application()
    application.router.add_get("/accounts/{id}/requests/{request}/files/{file}", give)
    application.router.add_get("/accounts/{id}/data", show)
    return await aiohttp_server(application)


async def ask(gateway: Gateway, person: Person) -> Any:
    path = f"/accounts/{person.account_id}/copies"
    status, copy = await gateway.call("POST", path, None, person)
    assert status == 202, copy
    return copy


async def download(gateway: Gateway, person: Person, copy_id: str) -> tuple[int, bytes]:
    path = f"/accounts/{person.account_id}/copies/{copy_id}/download"
    headers = {"Authorization": gateway.token(person)}
    response = await gateway.client.post(path, headers=headers)
    return response.status, await response.read()


@pytest.mark.promise("DAT-02")
async def test_a_copy_holds_everything_and_is_downloaded_once(
    gateway: Gateway, camille: UUID, settings: Settings, clock: SetClock, procedures: Any
) -> None:
    person = Person(str(camille))
    path = f"/accounts/{camille}/profile"
    await gateway.call("PATCH", path, {"fields": {"city": "Nîmes & <i>"}}, person)
    copy = await ask(gateway, person)
    url = str(procedures.make_url(""))
    opened = replace(settings, contributors={"procedures": url})
    async with open_parts(opened, clock) as parts:
        mails = await Post(parts).run()
    assert "/compte/donnees" in mails[-1].text
    results = await asyncio.gather(*(download(gateway, person, copy["id"]) for _ in range(3)))
    assert sorted(status for status, _ in results) == [200, 404, 404]
    body = next(body for status, body in results if status == 200)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        content = json.loads(archive.read("donnees.json"))
        page = archive.read("donnees.html").decode()
        assert archive.namelist()[2:] == ["fichiers/NM-1/001-facture.pdf", ESCAPING]
        assert archive.read("fichiers/NM-1/001-facture.pdf") == BYTES
    present = {one["path"]: one["present"] for one in content["files"]}
    assert list(present.values()) == [True, True, False]
    async with opened_database(settings) as connection:
        assert await connection.fetchval("SELECT count(*) FROM data_copy_files") == 0
    assert content["identity"]["account"]["email"] == CAMILLE.email
    assert content["identity"]["profile"] == {"city": "Nîmes & <i>"}
    assert content["procedures"]["requests"][0]["number"] == "NM-1"
    assert content["missing"] == []
    assert [event["action"] for event in content["identity"]["journal"]][-1] == "profile-changed"
    assert "Nîmes &amp; &lt;i&gt;" in page
    assert "<b>" not in page


@pytest.mark.promise("DAT-02")
async def test_a_part_that_cannot_be_had_is_named_after_some_tries(
    gateway: Gateway, camille: UUID, settings: Settings, clock: SetClock
) -> None:
    person = Person(str(camille))
    copy = await ask(gateway, person)
    away = replace(settings, contributors={"procedures": "http://127.0.0.1:9"})
    payload = {"copy_id": copy["id"], "account_id": str(camille)}
    async with open_parts(away, clock) as parts:
        for _ in range(TRIES - 1):
            with pytest.raises(PartMissing):
                await parts.copies.make(payload)
        await parts.copies.make(payload)
        await parts.copies.make(payload)
    path = f"/accounts/{camille}/copies"
    [shown] = (await gateway.call("GET", path, None, person))[1]["copies"]
    assert (shown["state"], shown["missing"]) == ("ready", ["procedures"])
    clock.instant += timedelta(days=7)
    assert (await download(gateway, person, copy["id"]))[0] == 404


async def test_three_copies_may_wait(gateway: Gateway, camille: UUID) -> None:
    person = Person(str(camille))
    for _ in range(3):
        await ask(gateway, person)
    path = f"/accounts/{camille}/copies"
    status, problem = await gateway.call("POST", path, None, person)
    assert (status, problem["code"]) == (409, "too-many-copies")


@pytest.mark.promise("DAT-01")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_the_clock_is_one_month(received: date, due: date) -> None:
    assert due_date(received) == due


@pytest.mark.promise("DAT-01", "DAT-04")
async def test_rights_are_exercised_online_and_in_writing_and_answered(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    person, dpo = Person(str(camille)), await staff_member(parts, "delphine", "dpo")
    path = f"/accounts/{camille}/rights-requests"
    body = {"right": "limitation", "text": "Cessez d’utiliser mes données"}
    status, made = await gateway.call("POST", path, body, person)
    assert (status, made["due_on"]) == (201, "2026-12-24")
    written = {
        "identifier": CAMILLE.identifier,
        "right": "objection",
        "channel": "post",
        "received_on": "2026-11-20",
        "text": "Lettre reçue",
    }
    assert (await gateway.call("POST", "/staff/rights-requests", written, dpo))[0] == 201
    later = {**written, "received_on": "2026-11-25"}
    assert (await gateway.call("POST", "/staff/rights-requests", later, dpo))[0] == 422
    found = (await gateway.call("GET", "/staff/rights-requests", None, dpo))[1]["requests"]
    assert [one["due_on"] for one in found] == ["2026-12-20", "2026-12-24"]
    answer = {"granted": True, "text": "C’est fait"}
    place = f"/staff/rights-requests/{made['id']}/answer"
    statuses = [(await gateway.call("POST", place, answer, dpo))[0] for _ in range(2)]
    assert statuses == [204, 404]
    own = (await gateway.call("GET", path, None, person))[1]["requests"]
    assert {(one["right"], one["state"], one["answer"]) for one in own} == {
        ("limitation", "granted", "C’est fait"),
        ("objection", "open", ""),
    }
    account = (await gateway.call("GET", f"/accounts/{camille}", None, person))[1]
    assert account["limited_at"] is not None
    assert len([mail for mail in await post.run() if mail.to == CAMILLE.email]) == 3


@pytest.mark.promise("DAT-01", "DAT-03")
async def test_a_granted_erasure_erases(gateway: Gateway, parts: Parts, camille: UUID) -> None:
    dpo = await staff_member(parts, "delphine", "dpo")
    path = f"/accounts/{camille}/rights-requests"
    body = {"right": "erasure", "text": "Effacez-moi"}
    _, made = await gateway.call("POST", path, body, Person(str(camille)))
    place = f"/staff/rights-requests/{made['id']}/answer"
    answer = {"granted": True, "text": "C’est fait"}
    assert (await gateway.call("POST", place, answer, dpo))[0] == 204
    assert await state_of(parts, camille) == "erased"
    assert (await gateway.call("GET", "/staff/rights-requests", None, dpo))[1] == {"requests": []}
