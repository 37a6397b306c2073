"""Business applications: tokens, scopes, changes, and what they are told."""

import json
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestServer

from chassis.clock import hash_secret
from chassis.database import Database
from chassis.http_client import open_session
from services.procedures.webhooks.model import TargetRefused, Targets, signature
from services.procedures.webhooks.sending import post_delivery
from services.procedures.webhooks.service import DeliveryFailed
from tests.services.procedures.office import WASTE, Desk, agent, journal, new_key, office_of
from tests.services.procedures.portal import Portal

SELECT_DELIVERIES = "SELECT id FROM webhook_deliveries ORDER BY id"


@pytest.fixture
def administrator(portal: Portal) -> Desk:
    return Desk(portal, agent("", role="administrator"))


async def token(administrator: Desk, *scopes: str, days: int = 30, service: str = WASTE) -> str:
    body = {"name": "Logiciel métier", "service": service, "scopes": list(scopes), "days": days}
    response = await administrator.call("POST", "/tokens", json=body)
    assert response.status == 201, await response.text()
    return str((await response.json())["token"])


async def business(
    portal: Portal, secret: str, method: str, path: str, key: str | None = None, **more: Any
) -> ClientResponse:
    headers = {"Business-Token": secret} | ({"Idempotency-Key": key} if key else {})
    return await portal.call(method, f"/business{path}", headers=headers, **more)


@pytest.mark.promise("REQ-07", "DAT-04")
async def test_an_application_lists_reads_and_decides(portal: Portal, administrator: Desk) -> None:
    draft, view = await portal.filed()
    secret = await token(administrator, "list", "read", "change")
    listed = await (await business(portal, secret, "GET", "/requests")).json()
    assert [row["number"] for row in listed["requests"]] == [view["number"]]
    read = await (await business(portal, secret, "GET", f"/requests/{draft.id}")).json()
    assert read["answers"]["family_name"] == "Pagnol"
    assert "tracking_code" not in read
    path, key = f"/requests/{draft.id}/actions", new_key()
    taken = {"action": "take_in_hand", "revision": read["revision"]}
    for _ in range(2):
        done = await business(portal, secret, "POST", path, key, json=taken)
        assert done.status == 200, await done.text()
    stale = await business(portal, secret, "POST", path, json={**taken, "action": "accept"})
    assert (await stale.json())["code"] == "case-changed"
    decided = {"action": "accept", "revision": read["revision"] + 1, "reason": "Conforme."}
    assert (await business(portal, secret, "POST", path, json=decided)).status == 200
    seen = await journal(portal, draft)
    assert seen["state"] == "accepted"
    assert [one["by"] for one in seen["readings"]] == ["business"]


@pytest.mark.promise("SEC-02")
async def test_a_token_goes_no_further_than_its_scopes_service_and_days(
    portal: Portal, administrator: Desk
) -> None:
    draft, _ = await portal.filed()
    only_list = await token(administrator, "list")
    refused = await business(portal, only_list, "GET", f"/requests/{draft.id}")
    assert (refused.status, (await refused.json())["code"]) == (403, "scope-missing")
    elsewhere = await token(administrator, "read", "change", service="eau-assainissement")
    assert (await business(portal, elsewhere, "GET", f"/requests/{draft.id}")).status == 404
    body = {"action": "take_in_hand", "revision": 0}
    path = f"/requests/{draft.id}/actions"
    assert (await business(portal, elsewhere, "POST", path, json=body)).status == 404
    portal.clock.instant += timedelta(days=31)
    assert (await business(portal, only_list, "GET", "/requests")).status == 401
    assert (await business(portal, "parvis_invented", "GET", "/requests")).status == 401


async def test_only_administrators_give_tokens_and_the_journal_tells_it(
    portal: Portal, administrator: Desk, seeded: Database
) -> None:
    body = {"name": "X", "service": WASTE, "scopes": ["list"], "days": 1}
    for role in ("agent", "supervisor"):
        response = await Desk(portal, agent(role=role)).call("POST", "/tokens", json=body)
        assert response.status == 403
    secret = await token(administrator, "list")
    found = await (await administrator.call("GET", "/tokens")).json()
    assert secret not in json.dumps(found)
    async with seeded.connection() as connection:
        stored = await connection.fetchval("SELECT token_hash FROM business_tokens")
    assert stored == hash_secret(secret)
    removed = await administrator.call("DELETE", f"/tokens/{found['tokens'][0]['id']}")
    assert removed.status == 204
    assert (await business(portal, secret, "GET", "/requests")).status == 401
    entries = (await (await administrator.call("GET", "/tokens")).json())["journal"]
    assert [one["action"] for one in entries] == ["token-taken-back", "token-given"]
    assert {one["staff_id"] for one in entries} == {administrator.person.account_id}


async def test_an_application_is_told_again_until_it_answers_and_can_check_who_speaks(
    portal: Portal, administrator: Desk, seeded: Database
) -> None:
    heard: list[tuple[dict[str, str], bytes]] = []
    statuses = iter([500, 302, 204, 204])

    async def hear(request: web.Request) -> web.Response:
        heard.append((dict(request.headers), await request.read()))
        return web.Response(status=next(statuses), headers={"Location": "/elsewhere"})

    application = web.Application()
    application.router.add_post("/heard", hear)
    async with TestServer(application) as target, open_session() as session:
        body = {"service": WASTE, "url": str(target.make_url("/heard")), "events": ["filed"]}
        added = await (await administrator.call("POST", "/webhooks", json=body)).json()
        draft, view = await portal.filed()
        await Desk(portal, agent()).take(draft)
        async with seeded.connection() as connection:
            (waiting,) = await connection.fetch(SELECT_DELIVERIES)
        webhooks = office_of(portal).webhooks

        async def post(*parcel: Any) -> int:
            return await post_delivery(session, *parcel)

        for _ in range(2):
            with pytest.raises(DeliveryFailed):
                await webhooks.deliver(waiting["id"], post)
        for _ in range(2):  # delivered once: the second finds nothing to do
            await webhooks.deliver(waiting["id"], post)
        assert len(heard) == 3
        path = f"/webhooks/{added['id']}/deliveries"
        log = (await (await administrator.call("GET", path)).json())["deliveries"]
        assert [(one["state"], one["attempts"], one["last_status"]) for one in log] == [
            ("delivered", 3, 204)
        ]
        replayed = await administrator.call("POST", f"/deliveries/{waiting['id']}/replay")
        assert replayed.status == 202
        await webhooks.deliver(waiting["id"], post)
    headers, content = heard[-1]
    expected = signature(added["secret"], int(headers["Parvis-Timestamp"]), content)
    assert headers["Parvis-Signature"] == f"v1={expected}"
    assert {one["Parvis-Delivery"] for one, _ in heard} == {str(waiting["id"])}
    told = json.loads(content)
    assert (told["event"], told["request"]["number"]) == ("filed", view["number"])
    assert "Pagnol" not in content.decode()


@pytest.mark.promise("DAT-04")
async def test_what_is_given_twice_is_given_once_and_the_journal_tells_it_all(
    portal: Portal, administrator: Desk
) -> None:
    same = str(portal.ids.new_id())
    token_body = {"id": same, "name": "X", "service": WASTE, "scopes": ["list"], "days": 1}
    webhook_body = {"id": same, "service": WASTE, "url": "http://127.0.0.1:9/x"}
    for path, body in (("/tokens", token_body), ("/webhooks", webhook_body)):
        first = await administrator.call("POST", path, json=body)
        again = await administrator.call("POST", path, json=body)
        assert (first.status, again.status) == (201, 409)
        assert (await again.json())["code"] == "already-given"
    for _ in range(2):
        assert (await administrator.call("DELETE", f"/webhooks/{same}")).status == 204
    (kept,) = (await (await administrator.call("GET", "/webhooks")).json())["webhooks"]
    assert kept["removed_at"] is not None
    entries = (await (await administrator.call("GET", "/tokens")).json())["journal"]
    assert [one["action"] for one in entries] == [
        "webhook-removed",
        "webhook-added",
        "token-given",
    ]
    unknown = await administrator.call("DELETE", f"/webhooks/{portal.ids.new_id()}")
    assert unknown.status == 404


@pytest.mark.promise("DAT-04", "SEC-02")
async def test_an_application_downloads_the_files_of_its_services_requests(
    portal: Portal, administrator: Desk
) -> None:
    draft, _ = await portal.filed()
    secret = await token(administrator, "read")
    read = await (await business(portal, secret, "GET", f"/requests/{draft.id}")).json()
    path = f"/requests/{draft.id}/documents/{read['documents'][0]['id']}"
    got = await business(portal, secret, "GET", path)
    assert (got.status, (await got.read())[:5]) == (200, b"%PDF-")
    assert len((await journal(portal, draft))["readings"]) == 2
    for other in (
        await token(administrator, "list", "change"),
        await token(administrator, "read", service="eau-assainissement"),
    ):
        assert (await business(portal, other, "GET", path)).status in (403, 404)
    assert len((await journal(portal, draft))["readings"]) == 2


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    "url",
    [
        "http://metier.example/x",
        "https://other.example/x",
        "https://metier.example:8443/x",
        "https://metier.example@evil.example/",
        "https://user:pass@metier.example/",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:9/x",
        "https://metier.example\\@evil.example/",
        "https://metier.example.evil.example/",
        "file:///etc/passwd",
        "https://[::1]/",
        "https://metier.example:99999/",
        "",
    ],
)
def test_nothing_but_the_allowed_hosts_is_called_in_production(url: str) -> None:
    targets = Targets(frozenset({"metier.example"}), local=False)
    targets.require("https://metier.example/parvis")
    with pytest.raises(TargetRefused):
        targets.require(url)


async def test_a_webhook_elsewhere_is_refused_when_it_is_added(
    portal: Portal, administrator: Desk
) -> None:
    body = {"service": WASTE, "url": "https://other.example/x"}
    response = await administrator.call("POST", "/webhooks", json=body)
    assert (response.status, (await response.json())["code"]) == (422, "target-refused")
