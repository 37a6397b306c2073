"""Form mode: one address out, every field back."""

from collections.abc import Callable

import pytest
from aiohttp.test_utils import TestClient
from yarl import URL

from deploy.simulators.dgfip.app import Dgfip

pytestmark = pytest.mark.promise("PAY-01")
RETURN = "http://127.0.0.1:9/retour/jeton"


def sent(fields: Callable[..., dict[str, str]], **changes: str) -> dict[str, str]:
    wanted = fields(urlcl=RETURN, **changes)
    return {name: text for name, text in wanted.items() if not name.startswith(("urln", "urlr"))}


async def test_a_person_pays_and_the_fields_come_back(
    client: TestClient, dgfip: Dgfip, fields: Callable[..., dict[str, str]]
) -> None:
    async with client.get("/tpa/paiement.web", params=sent(fields)) as page:
        assert page.status == 200
        assert "45,90" in await page.text()
    (operation,) = dgfip.register.operations.values()
    form = {"result": "P"}
    path = f"/payments/{operation.idop}"
    async with client.post(path, data=form, allow_redirects=False) as response:
        location = URL(response.headers["Location"])
    assert str(location.with_query(None)) == RETURN
    assert location.query["resultrans"] == "P"
    assert location.query["refdet"] == fields()["refdet"]
    assert (location.query["dattrans"], location.query["heurtrans"]) == ("24112026", "1000")
    assert "idOp" not in location.query


@pytest.mark.parametrize(
    ("change", "code"),
    [({"saisie": "W"}, "S1"), ({"montant": "1"}, "M1"), ({"urlcl": "ftp://x"}, "N1")],
)
async def test_it_refuses_what_the_form_may_not_send(
    client: TestClient, fields: Callable[..., dict[str, str]], change: dict[str, str], code: str
) -> None:
    async with client.get("/tpa/paiement.web", params={**sent(fields), **change}) as page:
        assert code in await page.text()
