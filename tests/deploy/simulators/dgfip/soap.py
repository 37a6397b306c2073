"""SOAP written by hand, as integrators do: nothing shared with the simulator or the service."""

from aiohttp.test_utils import TestClient
from lxml import etree

NAMESPACE = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/"
    "contrat_paiement_securise/PaiementSecuriseService"
)
ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:pas="{ns}">
<soapenv:Header/><soapenv:Body><pas:{operation}><arg0>{fields}</arg0></pas:{operation}>
</soapenv:Body></soapenv:Envelope>"""


async def call(client: TestClient, operation: str, **fields: str) -> tuple[int, dict[str, str]]:
    """Return the status and what the answer or the fault says, flat."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    body = ENVELOPE.format(ns=NAMESPACE, operation=operation, fields=inner)
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
    path = "/tpa/services/securite"
    async with client.post(path, data=body.encode(), headers=headers) as response:
        content = await response.read()
        assert response.content_type == "text/xml"
        root = etree.fromstring(content)
        leaves = [node for node in root.iter() if len(node) == 0 and isinstance(node.tag, str)]
        return response.status, {etree.QName(leaf).localname: leaf.text or "" for leaf in leaves}
