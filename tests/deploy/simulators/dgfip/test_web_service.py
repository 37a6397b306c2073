"""The web service answers as the DGFiP's does, its faults included."""

from collections.abc import Callable

import pytest
from aiohttp import ClientError
from aiohttp.test_utils import TestClient
from yarl import URL

from deploy.simulators.dgfip.app import Dgfip
from deploy.simulators.dgfip.faults import Fault
from deploy.simulators.dgfip.model import Decision
from tests.deploy.simulators.dgfip.soap import call

pytestmark = pytest.mark.promise("PAY-01")
Fields = Callable[..., dict[str, str]]
FUNCTIONAL = "fr.gouv.finances.cp.tpa.webservice.exceptions.FonctionnelleErreur"


async def created(client: TestClient, fields: dict[str, str]) -> str:
    status, answer = await call(client, "creerPaiementSecurise", **fields)
    assert status == 200, answer
    return answer["idOp"]


async def code(client: TestClient, operation: str, **fields: str) -> str:
    status, fault = await call(client, operation, **fields)
    assert status == 500, fault
    assert (fault["faultcode"], fault["faultstring"]) == ("S:Server", FUNCTIONAL)
    assert fault["descriptif"]
    assert fault["libelle"]
    return fault["code"]


async def look_up(client: TestClient, idop: str) -> dict[str, str]:
    status, answer = await call(client, "recupererDetailPaiementSecurise", idOp=idop)
    assert status == 200, answer
    return answer


@pytest.mark.parametrize(("result", "length"), [("P", 6), ("V", 16), ("R", 0), ("Z", 0), ("A", 0)])
async def test_it_tells_each_result(
    client: TestClient, dgfip: Dgfip, fields: Fields, result: str, length: int
) -> None:
    idop = await created(client, fields())
    dgfip.register.decide(idop, Decision(result))
    answer = await look_up(client, idop)
    assert answer["resultrans"] == result
    assert len(answer.get("numauto", "")) == length
    assert (answer["dattrans"], answer["heurtrans"]) == ("24112026", "1000")
    echoed = {name: answer[name] for name in ("exer", "mel", "montant", "numcli", "refdet")}
    assert echoed == {name: fields()[name] for name in echoed}
    assert answer["idOp"] == idop


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"refdet": "court"}, "R3"),
        ({"refdet": "avec-tiret-interdit"}, "R3"),
        ({"mel": ""}, "A1"),
        ({"mel": "sans-arobase"}, "A2"),
        ({"saisie": "Q"}, "S1"),
        ({"numcli": "12345"}, "T1"),
        ({"numcli": "999999"}, "T2"),
        ({"montant": "45,90"}, "M1"),
        ({"montant": "099"}, "M3"),
        ({"montant": "10000000"}, "M1"),
        ({"urlnotif": ""}, "N1"),
        ({"urlredirect": "javascript:alert(1)"}, "D1"),
    ],
)
async def test_it_refuses_with_the_code_of_the_fault(
    client: TestClient, fields: Fields, change: dict[str, str], expected: str
) -> None:
    assert await code(client, "creerPaiementSecurise", **fields(**change)) == expected


async def test_a_payment_not_decided_is_not_known_then_purged_in_the_night(
    client: TestClient, dgfip: Dgfip, fields: Fields
) -> None:
    idop = await created(client, fields())
    operation = "recupererDetailPaiementSecurise"
    assert await code(client, operation, idOp=idop) == "P5"
    dgfip.clock.advance(13 * 3600)
    assert await code(client, operation, idOp=idop) == "P5"
    dgfip.clock.advance(3600)
    assert await code(client, operation, idOp=idop) == "P1"


async def test_a_result_stays_for_a_year(client: TestClient, dgfip: Dgfip, fields: Fields) -> None:
    idop = await created(client, fields())
    dgfip.register.decide(idop, Decision("P"))
    dgfip.clock.advance(364 * 86_400)
    assert (await look_up(client, idop))["resultrans"] == "P"


async def test_the_name_of_the_number_has_one_case_only(
    client: TestClient, dgfip: Dgfip, fields: Fields
) -> None:
    idop = await created(client, fields())
    dgfip.register.decide(idop, Decision("P"))
    assert await code(client, "recupererDetailPaiementSecurise", idop=idop) == "P1"


async def test_the_page_opens_for_fifteen_minutes_and_once(
    client: TestClient, dgfip: Dgfip, fields: Fields
) -> None:
    late, used = await created(client, fields()), await created(client, fields())
    dgfip.register.decide(used, Decision("A"))
    async with client.get("/tpa/paiementws.web", params={"idop": used}) as page:
        assert "P3" in await page.text()
    dgfip.clock.advance(901)
    async with client.get("/tpa/paiementws.web", params={"idop": late}) as page:
        assert "P4" in await page.text()
    async with client.get("/tpa/paiementws.web", params={"idop": "nothing"}) as page:
        assert "P1" in await page.text()


async def test_a_person_pays_on_the_page_and_goes_back(
    client: TestClient, dgfip: Dgfip, fields: Fields
) -> None:
    idop = await created(client, fields())
    async with client.get("/tpa/paiementws.web", params={"idop": idop}) as page:
        assert "45,90" in await page.text()
    form = {"result": "V", "notify": "twice", "echo": "amount"}
    async with client.post(f"/payments/{idop}", data=form, allow_redirects=False) as response:
        assert URL(response.headers["Location"]) == URL(f"http://127.0.0.1:9/retour?idop={idop}")
    assert dgfip.register.look_up(idop).echoed()["montant"] == "100"


async def test_it_tells_the_label_of_a_client(client: TestClient) -> None:
    status, answer = await call(client, "recupererDetailClient", numCli="006382")
    assert status == 200
    assert answer["numcli"] == "006382"
    assert "EAU" in answer["libelleN1"]
    assert await code(client, "recupererDetailClient", numCli="000000") == "T2"


@pytest.mark.parametrize("kind", ["bad_gateway", "garbage", "lost_answer", "technical"])
async def test_it_fails_on_demand_then_works(
    client: TestClient, dgfip: Dgfip, fields: Fields, kind: str
) -> None:
    dgfip.faults.planned.append(Fault(kind))
    with pytest.raises((AssertionError, ClientError, SyntaxError)):
        await created(client, fields())
    assert await created(client, fields())


async def test_a_lost_answer_has_been_worked(
    client: TestClient, dgfip: Dgfip, fields: Fields
) -> None:
    dgfip.faults.planned.append(Fault("lost_answer"))
    with pytest.raises(ClientError):
        await call(client, "creerPaiementSecurise", **fields())
    assert len(dgfip.register.operations) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    ],
)
async def test_what_is_no_call_is_a_protocol_fault(client: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "text/xml"}
    async with client.post("/tpa/services/securite", data=body, headers=headers) as response:
        assert response.status == 500
        assert "TechProtocolaireErreur" in await response.text()
