"""The cash officer of the demonstration, over plain pages."""

import aiohttp
import pytest
from yarl import URL

from tests.journeys import steps
from tests.journeys.test_desk import sign_in
from tests.journeys.test_payment import leave, new_reference, open_bill
from tests.journeys.visitors import OpenVisitor
from tests.support.portal import RunningPortal

WRONG = {"result": "P", "notify": "now", "echo": {"montant": "100"}}


@pytest.mark.promise("PAY-02", "PAY-04")
async def test_the_cash_officer_sees_the_attempts_and_what_is_to_be_seen_to(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    payer, reference = await open_visitor("plain"), new_reference()
    own = await open_bill(payer, reference, steps.new_address())
    await leave(payer)
    idop = URL(await payer.address()).query["idop"]
    decision = f"{portal.stack.urls['dgfip']}/api/operations/{idop}/decision"
    async with aiohttp.request("POST", decision, json=WRONG) as response:
        assert response.status == 200
    await payer.open(URL(own).path)
    assert "Le régisseur vérifie. Ne payez pas une seconde fois" in await payer.text()

    officer = await open_visitor("plain")
    await sign_in(portal, officer, "rachel.regie", "/agents/regie", "Régies")
    await officer.follow("eau")
    text = await officer.text()
    assert "Réponse différente de la demande" in text
    [row] = [line for line in text.split(" Interroger la DGFiP sur ") if reference in line][:1]
    assert "45,90 €" in row
    assert "à vérifier" in row
    await officer.press("C’est vu")
    assert "C’est enregistré" in await officer.text()
