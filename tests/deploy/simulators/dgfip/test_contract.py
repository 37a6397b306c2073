"""An independent client written against the WSDL works with the simulator unchanged."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import zeep
from aiohttp.test_utils import TestClient

from deploy.simulators.dgfip.app import Dgfip
from deploy.simulators.dgfip.model import Decision

pytestmark = pytest.mark.promise("PAY-01")
NAMESPACE = "http://securite.service.tpa.cp.finances.gouv.fr"


class Independent:
    """zeep, which knows nothing but the WSDL that it reads."""

    def __init__(self, address: str) -> None:
        self._client = zeep.Client(f"{address}?wsdl")

    def call(self, part: str, kind: str, operation: str, **fields: str) -> Any:
        argument = self._client.get_type(f"{{{NAMESPACE}/{part}}}{kind}")(**fields)
        return getattr(self._client.service, operation)(argument)

    def close(self) -> None:
        self._client.transport.session.close()


async def test_an_independent_client_creates_looks_up_and_meets_faults(
    client: TestClient, dgfip: Dgfip, fields: Callable[..., dict[str, str]]
) -> None:
    address = str(client.make_url("/tpa/services/securite"))
    # zeep blocks: a thread leaves the loop to the simulator
    independent = await asyncio.to_thread(Independent, address)
    try:
        create = ("requete", "CreerPaiementSecuriseRequest", "creerPaiementSecurise")
        idop = await asyncio.to_thread(independent.call, *create, **fields())
        detail = (
            "reponse",
            "RecupererDetailPaiementSecuriseRequest",
            "recupererDetailPaiementSecurise",
        )
        with pytest.raises(zeep.exceptions.Fault) as fault:
            await asyncio.to_thread(independent.call, *detail, idOp=idop)
        assert fault.value.detail[0].findtext("code") == "P5"
        dgfip.register.decide(idop, Decision("P"))
        found = await asyncio.to_thread(independent.call, *detail, idOp=idop)
        assert (found.resultrans, found.montant, found.refdet) == ("P", "4590", fields()["refdet"])
        label = ("reponse", "RecupererDetailClientRequest", "recupererDetailClient")
        known = await asyncio.to_thread(independent.call, *label, numCli="006382")
        assert known.numcli == "006382"
    finally:
        independent.close()
