"""A definition is drafted by one, published by another, and journalled (CAT-06, CAT-07)."""

import asyncio
from uuid import uuid4

import pytest

from chassis.audit import verify_audit
from chassis.caller import Person
from chassis.database import Database
from services.procedures.editing.model import TRANSITIONS, DefinitionStepRefused, State, Step, move
from tests.services.procedures.editing.conftest import DRAFTS, Editors, person, put
from tests.services.procedures.portal import CARD

pytestmark = pytest.mark.promise("CAT-06", "CAT-07")
FIELDS: list[str | int] = ["form", "pages", 2, "fields"]
COLOUR = {
    "id": "colour",
    "type": "text",
    "label": {"fr": "Couleur du véhicule", "en": "Colour of the vehicle"},
}


async def test_a_second_person_publishes_at_once_and_it_is_journalled(
    editors: Editors, seeded: Database
) -> None:
    begun = await editors.portal.start(CARD)
    draft = await editors.change(
        await editors.begin(), {"op": "insert", "path": FIELDS, "value": COLOUR}
    )
    assert draft["findings"] == []
    submitted = await editors.submit(draft)
    assert (submitted["state"], submitted["revision"]) == ("submitted", 3)
    approved = await editors.approve(submitted)
    assert (approved["state"], approved["version"]) == ("published", 2)
    shown = await editors.public()
    assert (shown["version"], shown["content_hash"]) == (2, approved["content_hash"])
    assert shown["form"]["pages"][2]["fields"][-1]["label"] == "Couleur du véhicule"
    # whoever began with the former version goes on with it
    assert (await editors.portal.view(begun))["version"] == 1
    history = await editors.good("GET", f"/staff/procedures/{CARD}/history")
    assert [one["action"] for one in history["entries"]] == [
        "definition-published",
        "definition-draft-submitted",
        "definition-draft-saved",
        "definition-draft-begun",
    ]
    told = history["entries"][0]
    assert told["actor"] == f"account:{editors.second.account_id}"
    assert told["detail"]["writers"] == [editors.writer.account_id]
    assert told["detail"]["content_hash"] == approved["content_hash"]
    async with seeded.connection() as connection:
        assert (await verify_audit(connection)).faults == []


async def test_whoever_wrote_never_approves(editors: Editors) -> None:
    draft = await editors.retitled()
    editors.writer, first = person("editor", "publisher"), editors.writer
    draft = await editors.change(draft, put(["cost", "fr"], "Rien"))
    submitted = await editors.submit(draft)
    path, body = editors.approval(submitted)
    for writer in (first, editors.writer):
        assert await editors.refused("POST", path, body, writer) == (403, "own-draft")
    assert (await editors.public())["version"] == 1


async def test_only_what_was_read_is_approved(editors: Editors) -> None:
    submitted = await editors.submit(await editors.retitled())
    path, body = editors.approval(submitted)
    back = await editors.good(
        "POST",
        f"{DRAFTS}/{submitted['id']}/refusal",
        {"revision": submitted["revision"], "reason": "Une coquille"},
        editors.second,
    )
    assert (back["state"], back["refusal"]) == ("draft", "Une coquille")
    again = await editors.submit(await editors.change(back, put(["title", "fr"], "Autre titre")))
    assert await editors.refused("POST", path, body, editors.second) == (409, "draft-changed")
    mixed = {**body, "revision": again["revision"]}
    assert await editors.refused("POST", path, mixed, editors.second) == (409, "draft-changed")
    assert (await editors.public())["version"] == 1
    assert (await editors.approve(again))["version"] == 2


async def test_approving_or_submitting_twice_does_it_once(
    editors: Editors, seeded: Database
) -> None:
    draft = await editors.retitled()
    first, second = await editors.submit(draft), await editors.submit(draft)
    assert first["revision"] == second["revision"]
    path, body = editors.approval(first)
    answers = await asyncio.gather(
        *[editors.call("POST", path, body, editors.second) for _ in range(5)]
    )
    assert {answer.status for answer in answers} <= {200, 409}
    assert (await editors.approve(first))["version"] == 2
    async with seeded.connection() as connection:
        count = "SELECT count(*) FROM audit_entries WHERE action = 'definition-published'"
        assert await connection.fetchval(count) == 1


async def test_two_approvals_at_once_publish_one_version(editors: Editors) -> None:
    one = await editors.submit(await editors.retitled("Un titre"))
    other = await editors.submit(await editors.retitled("Un autre titre"))
    answers = await asyncio.gather(
        *[editors.call("POST", *editors.approval(draft), editors.second) for draft in (one, other)]
    )
    statuses = sorted(answer.status for answer in answers)
    assert statuses[0] == 200
    assert statuses[1] in (409, 422)
    assert (await editors.public())["version"] == 2


async def test_a_draft_of_a_former_version_is_told_and_taken_up(editors: Editors) -> None:
    late = await editors.retitled("Un titre tardif")
    await editors.approve(await editors.submit(await editors.retitled("Le titre neuf")))
    path = f"{DRAFTS}/{late['id']}"
    assert (await editors.read(late))["in_force"] == 2
    status = await editors.refused("POST", f"{path}/submission", {"revision": late["revision"]})
    assert status == (422, "draft-faulty")
    body = {"revision": late["revision"], "source": late["source"], "based_on": 2}
    taken_up = await editors.good("PUT", f"{path}/source", body)
    assert (await editors.approve(await editors.submit(taken_up)))["version"] == 3


async def test_two_editors_never_overwrite_each_other(editors: Editors) -> None:
    draft = await editors.begin()
    await editors.change(draft, put(["title", "fr"], "Le titre de l’une"))
    other = person("editor")
    path, revision = f"{DRAFTS}/{draft['id']}", draft["revision"]
    changes = {"revision": revision, "changes": [put(["title", "fr"], "Le titre de l’autre")]}
    assert await editors.refused("POST", f"{path}/changes", changes, other) == (
        409,
        "draft-changed",
    )
    source = {"revision": revision, "source": draft["source"] + "\n# autre\n"}
    assert await editors.refused("PUT", f"{path}/source", source, other) == (409, "draft-changed")
    assert (await editors.read(draft))["title"] == "Le titre de l’une"


async def test_beginning_or_saving_twice_does_it_once(editors: Editors) -> None:
    body = {"id": str(uuid4()), "procedure": CARD}
    first, second = [await editors.good("POST", DRAFTS, body) for _ in range(2)]
    assert first == second
    saved = {"revision": 1, "source": first["source"] + "# un mot\n"}
    path = f"{DRAFTS}/{first['id']}/source"
    revisions = [(await editors.good("PUT", path, saved))["revision"] for _ in range(2)]
    assert revisions == [2, 2]
    assert await editors.refused("POST", DRAFTS, body, person("editor")) == (409, "draft-changed")


async def test_nothing_changed_is_not_submitted(editors: Editors) -> None:
    draft = await editors.begin()
    path = f"{DRAFTS}/{draft['id']}/submission"
    assert await editors.refused("POST", path, {"revision": 1}) == (422, "draft-faulty")


async def test_a_new_procedure_is_made_published_and_filed(editors: Editors) -> None:
    new = {
        "id": "pret-velo",
        "title": {"fr": "Emprunter un vélo", "en": "Borrow a bicycle"},
        "service": "dechets",
        "counter": "hotel-communautaire",
        "theme": "transports",
        "audience": "particuliers",
    }
    draft = await editors.begin(new=new)
    assert {one["check"] for one in draft["findings"]} == {"notice"}
    assert await editors.refused("POST", f"{DRAFTS}/{draft['id']}/submission", {"revision": 1}) == (
        422,
        "draft-faulty",
    )
    words = {"fr": "Prêter un vélo pendant un an.", "en": "Lend a bicycle for one year."}
    notice = [put(["personal_data", key], words) for key in ("purpose", "recipients", "retention")]
    draft = await editors.change(draft, put(["purpose"], words), *notice)
    assert (await editors.approve(await editors.submit(draft)))["version"] == 1
    assert (await editors.public("pret-velo"))["title"] == "Emprunter un vélo"
    started = await editors.portal.start("pret-velo")
    answers = {"family_name": "Pagnol", "given_name": "Manon", "email": "m@example.org"}
    assert (await editors.portal.save(started, "vous", answers)).status == 200
    assert (await editors.portal.file(started)).status == 200
    body = {"id": str(uuid4()), "new": new}
    assert await editors.refused("POST", DRAFTS, body) == (409, "procedure-exists")


async def test_a_withdrawn_procedure_is_amended_and_stays_withdrawn(editors: Editors) -> None:
    state = {"state": "withdrawn", "suspension": None}
    path = f"/staff/procedures/{CARD}/state"
    await editors.good("PUT", path, state, editors.second)
    await editors.approve(await editors.submit(await editors.retitled()))
    listed = await editors.good("GET", "/staff/procedures")
    card = next(one for one in listed["procedures"] if one["id"] == CARD)
    assert (card["version"], card["state"], card["held_by"]) == (2, "withdrawn", "staff")


async def test_a_discarded_draft_stays_in_the_history(editors: Editors) -> None:
    draft = await editors.retitled()
    path = f"{DRAFTS}/{draft['id']}"
    gone = await editors.good("POST", f"{path}/discard", {"revision": draft["revision"]})
    assert gone["state"] == "discarded"
    assert (await editors.good("GET", DRAFTS))["drafts"] == []
    body = {"revision": gone["revision"]}
    assert await editors.refused("POST", f"{path}/submission", body) == (409, "step-refused")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_whatever_the_table_does_not_allow_is_refused(state: State, step: Step) -> None:
    if (state, step) in TRANSITIONS:
        assert move(state, step) is TRANSITIONS[state, step]
    else:
        with pytest.raises(DefinitionStepRefused):
            move(state, step)


@pytest.mark.promise("SEC-02")
async def test_only_editors_write_and_only_editors_and_publishers_approve(
    editors: Editors,
) -> None:
    submitted = await editors.submit(await editors.retitled())
    approve = editors.approval(submitted)
    path = f"{DRAFTS}/{submitted['id']}"
    body = {"revision": submitted["revision"], "changes": [put(["cost", "fr"], "Rien")]}
    others: list[Person] = [
        person(),
        person("agent:dechets"),
        person("supervisor:dechets"),
        person("administrator"),
        person("dpo"),
    ]
    for who in others:
        assert (await editors.call("GET", path, who=who)).status == 403
        assert (await editors.call("POST", *approve, who=who)).status == 403
    for who in (*others, editors.second):
        begin = {"id": str(uuid4()), "procedure": CARD}
        assert (await editors.call("POST", DRAFTS, begin, who)).status == 403
        assert (await editors.call("POST", f"{path}/changes", body, who)).status == 403
    version = f"/staff/procedures/{CARD}/versions/1/source"
    assert (await editors.call("GET", version, who=person("agent:dechets"))).status == 403
    assert (await editors.portal.call("GET", path)).status == 403
