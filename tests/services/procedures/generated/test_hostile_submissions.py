"""What nobody should send is refused in clear words or kept as typed: never a 5xx (SEC-01).

`PARVIS_TEST_HOSTILE` says how many submissions are made in all, `PARVIS_TEST_SEED` which.
"""

import json
import os
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientResponse

from services.procedures.forms.model import NO_FORM
from tests.services.procedures.generated.hostile_files import CONTENTS, NAMES, multipart
from tests.services.procedures.generated.test_every_procedure import SHIPPED, day_in_period
from tests.services.procedures.portal import Draft, Portal
from tests.support.hostile_routes import assert_clear
from tests.support.hostile_values import ALONE, Hostile, sent

pytestmark = pytest.mark.promise("SEC-01", "REQ-02")
SUBMISSIONS = int(os.environ.get("PARVIS_TEST_HOSTILE", "2000"))
SEED = int(os.environ.get("PARVIS_TEST_SEED", "1"))
# a draft takes no more than some files: another is begun
DRAFT_LASTS = 60
Send = Callable[[Portal, Draft, Hostile, str], Awaitable[ClientResponse]]


def pages_of(procedure: str) -> dict[str, list[str]]:
    form = SHIPPED[procedure].form or NO_FORM
    return {
        page.id: [field.id for asked in page.fields for field in (asked, *asked.fields)]
        + ["first", "last", "street", "0", ""]
        for page in form.pages
    }


async def send_answers(
    portal: Portal, draft: Draft, hostile: Hostile, procedure: str
) -> ClientResponse:
    pages = pages_of(procedure)
    page = hostile.chance.choice(list(pages))
    body = {"answers": hostile.answers(pages[page]), "revision": draft.revision}
    path = f"{draft.path}/answers/{page}"
    response = await portal.call("PUT", path, key=draft.key, data=json.dumps(body).encode())
    assert response.status in (200, 422), (page, body, response.status)
    return response


async def send_body(
    portal: Portal, draft: Draft, hostile: Hostile, procedure: str
) -> ClientResponse:
    page = next(iter(pages_of(procedure)))
    answers: dict[str, Any] = {"answers": {}, "revision": draft.revision}
    certified = {"certified": hostile.value([]), "certification_hash": hostile.text()}
    tracked = {"number": hostile.text(), "code": hostile.text()}
    started = {**portal.new_body(draft, procedure), "version": hostile.value([], 1)}
    started[hostile.chance.choice(list(started))] = hostile.value(["id"])
    method, path, like = hostile.chance.choice(
        [
            ("PUT", f"{draft.path}/answers/{page}", answers),
            ("POST", f"{draft.path}/filing", certified),
            ("POST", "/tracking", tracked),
            ("POST", "/requests", started),
        ]
    )
    body, headers = (
        hostile.body(like)
        if hostile.chance.random() < 0.7
        else (json.dumps(like).encode(), {"Content-Type": "application/json"})
    )
    headers |= ALONE
    return await portal.call(method, path, key=draft.key, data=sent(body), headers=headers)


async def send_file(
    portal: Portal, draft: Draft, hostile: Hostile, procedure: str
) -> ClientResponse:
    known = [spec.id for spec in SHIPPED[procedure].documents] or ["none"]
    content, name = hostile.chance.choice(CONTENTS)(), hostile.chance.choice(NAMES)
    body, kind = multipart(content, name, hostile.chance)
    path = f"{draft.path}/documents/{hostile.chance.choice(known)}"
    headers = {"Content-Type": kind.encode("ascii", "replace").decode(), **ALONE}
    return await portal.call("PUT", path, key=draft.key, data=sent(body), headers=headers)


SENDINGS: tuple[Send, ...] = (send_answers,) * 6 + (send_body,) * 2 + (send_file,) * 2


@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionHeader")
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionParam")
@pytest.mark.parametrize("procedure", SHIPPED)
async def test_a_hostile_submission_is_refused_clearly_or_kept_as_typed(
    portal: Portal, procedure: str
) -> None:
    definition = SHIPPED[procedure]
    portal.clock.instant = day_in_period(definition)
    hostile = Hostile(SEED)
    statuses: Counter[int] = Counter()
    for number in range(SUBMISSIONS // len(SHIPPED)):
        if number % DRAFT_LASTS == 0:
            draft = await portal.start(procedure)
        send = hostile.chance.choice(SENDINGS)
        response = await send(portal, draft, hostile, procedure)
        await assert_clear(response, (send.__name__, procedure, SEED, number))
        if draft.path in response.url.path:
            draft.revision = json.loads(await response.read()).get("revision", draft.revision)
        statuses[response.status] += 1
    view = await portal.view(draft)
    json.dumps(view, allow_nan=False)
    refused = await portal.file(draft)
    assert refused.status == 422
    print(dict(statuses))
