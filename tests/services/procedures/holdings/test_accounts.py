"""What an account holds: its list, its copy (DAT-02), its end (DAT-03)."""

import pytest

from chassis.caller import Person
from tests.services.procedures.office import Desk, agent
from tests.services.procedures.portal import Draft, Portal, pdf

OWNER = Person("01890000-0000-7000-8000-000000000001")
OTHER = Person("01890000-0000-7000-8000-000000000002")


def path(of: Person, what: str) -> str:
    return f"/accounts/{of.account_id}/{what}"


async def started(portal: Portal, count: int) -> list[Draft]:
    return [await portal.start(person=OWNER) for _ in range(count)]


async def test_requests_are_listed_newest_first_page_by_page(portal: Portal) -> None:
    drafts = await started(portal, 22)
    await portal.start(person=OTHER)
    await portal.start()
    first = await (await portal.call("GET", path(OWNER, "requests"), person=OWNER)).json()
    assert len(first["requests"]) == 20
    assert first["requests"][0]["procedure"]["title"] == "Obtenir la carte de déchèterie"
    assert first["requests"][0]["state_label"] == "Brouillon"
    after = path(OWNER, f"requests?after={first['next']}")
    second = await (await portal.call("GET", after, person=OWNER)).json()
    listed = [one["id"] for one in first["requests"] + second["requests"]]
    assert listed == sorted((str(draft.id) for draft in drafts), reverse=True)
    assert second["next"] is None


@pytest.mark.promise("DAT-02")
async def test_the_copy_holds_every_request_whole(portal: Portal) -> None:
    filed = await portal.complete(person=OWNER)
    assert (await portal.file(filed)).status == 200
    draft = await portal.start(person=OWNER)
    await portal.upload(draft, pdf(), "facture.pdf")
    response = await portal.call("GET", path(OWNER, "data"), person=OWNER, service="identity")
    copied = (await response.json())["requests"]
    assert [one["id"] for one in copied] == [str(draft.id), str(filed.id)]
    assert copied[1]["answers"]["family_name"] == "Pagnol"
    assert copied[0]["documents"][0]["name"] == "facture.pdf"
    assert copied[0]["life"] is None
    assert [step["kind"] for step in copied[1]["life"]["steps"]] == ["started", "filed"]


@pytest.mark.promise("DAT-02", "REQ-10")
async def test_the_copy_tells_who_read_a_request_and_what_was_written(portal: Portal) -> None:
    filed = await portal.complete(person=OWNER)
    assert (await portal.file(filed)).status == 200
    desk = Desk(portal, agent())
    await desk.open(filed)
    await desk.write(filed, "Bonjour, il manque une page.")
    response = await portal.call("GET", path(OWNER, "data"), person=OWNER, service="identity")
    [copied] = (await response.json())["requests"]
    assert {one["purpose"] for one in copied["life"]["readings"]} == {"opened"}
    assert [one["text"] for one in copied["life"]["messages"]] == ["Bonjour, il manque une page."]


@pytest.mark.promise("DAT-02", "SEC-02")
async def test_the_files_of_a_copy_are_given_to_their_owner_alone(portal: Portal) -> None:
    draft = await portal.start(person=OWNER)
    await portal.upload(draft, pdf(), "facture.pdf")
    [file] = (await portal.view(draft))["documents"]
    where = f"requests/{draft.id}/files/{file['id']}"
    given = await portal.call("GET", path(OWNER, where), person=OWNER, service="identity")
    assert (given.status, await given.read()) == (200, pdf())
    for person, of, status in ((OTHER, OWNER, 403), (OTHER, OTHER, 404), (None, OWNER, 403)):
        refused = await portal.call("GET", path(of, where), person=person, service="identity")
        assert refused.status == status
    for service in ("legal", "procedures"):
        refused = await portal.call("GET", path(OWNER, where), person=OWNER, service=service)
        assert refused.status in (401, 403)


@pytest.mark.promise("DAT-03")
async def test_giving_up_destroys_drafts_and_detaches_filed_requests(portal: Portal) -> None:
    filed = await portal.complete(person=OWNER)
    view = await (await portal.file(filed)).json()
    draft, kept = await portal.start(person=OWNER), await portal.start(person=OTHER)
    done = [
        await portal.call("POST", path(OWNER, "erasure"), person=OWNER, service="identity")
        for _ in range(2)
    ]
    counted = [await answer.json() for answer in done]
    assert counted[0] == {"deleted_drafts": 1, "detached_requests": 1}
    assert counted[1] == {"deleted_drafts": 0, "detached_requests": 0}
    assert (await portal.call("GET", draft.path, key=draft.key)).status == 404
    assert (await portal.call("GET", filed.path, person=OWNER)).status == 404
    followed = await portal.call("GET", filed.path, key=view["tracking_code"])
    assert followed.status == 200, "number and code still follow it"
    assert (await portal.call("GET", kept.path, key=kept.key)).status == 200


@pytest.mark.promise("SEC-02")
@pytest.mark.parametrize("what", ["requests", "data", "erasure"])
async def test_nobody_reaches_the_account_of_another(portal: Portal, what: str) -> None:
    draft = await portal.start(person=OWNER)
    method = "POST" if what == "erasure" else "GET"
    tries = [
        await portal.call(method, path(OWNER, what), person=OTHER),
        await portal.call(method, path(OWNER, what)),
        await portal.call(method, path(OWNER, what), person=OWNER, service="legal"),
        await portal.call(method, "/accounts/x/" + what, person=OWNER),
    ]
    assert [answer.status for answer in tries] == [403] * 4
    assert (await portal.call("GET", draft.path, key=draft.key)).status == 200
