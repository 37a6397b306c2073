"""SOAP 1.1 envelopes, document/literal, as the contract has them."""

from collections.abc import Mapping

from lxml import etree

from deploy.simulators.dgfip.model import Refused

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/"
    "contrat_paiement_securise/PaiementSecuriseService"
)
# each takes one `arg0` of unqualified strings and gives one `return` of the same kind
OPERATIONS = ("creerPaiementSecurise", "recupererDetailPaiementSecurise", "recupererDetailClient")
EXCEPTIONS = "fr.gouv.finances.cp.tpa.webservice.exceptions"


class Unreadable(Exception):
    """The body is no SOAP call of the contract."""


def read_call(body: bytes) -> tuple[str, dict[str, str]]:
    """Return the operation and its fields; entities and document types are refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("a document type is not allowed")
    call = root.find(f"{{{SOAP}}}Body/*")
    argument = call.find("arg0") if call is not None else None
    if call is None or argument is None or etree.QName(call).namespace != SERVICE:
        raise Unreadable("no call of the service")
    name = etree.QName(call).localname
    if name not in OPERATIONS:
        raise Unreadable(f"no operation {name}")
    return name, {str(field.tag): field.text or "" for field in argument}


def answer(operation: str, fields: Mapping[str, str]) -> bytes:
    """Return the envelope of an answer; an empty field is left out."""
    envelope, body = _envelope()
    response = etree.SubElement(body, f"{{{SERVICE}}}{operation}Response", nsmap={"ns2": SERVICE})
    returned = etree.SubElement(response, "return")
    for name in sorted(fields):
        if fields[name]:
            etree.SubElement(returned, name).text = fields[name]
    return _bytes(envelope)


def functional_fault(refused: Refused) -> bytes:
    """Return the envelope of a FonctionnelleErreur: one error a fault."""
    fields = {
        "code": refused.code,
        "descriptif": refused.text,
        "libelle": refused.label,
        "severite": "2",
    }
    return _fault("FonctionnelleErreur", fields)


def technical_fault(kind: str) -> bytes:
    """Return a TechDysfonctionnementErreur, TechIndisponibiliteErreur or TechProtocolaireErreur."""
    fields = {
        "code": "999",
        "descriptif": "Service momentanément indisponible",
        "libelle": "Erreur technique",
        "severite": "3",
    }
    return _fault(kind, fields)


def _fault(kind: str, fields: Mapping[str, str]) -> bytes:
    envelope, body = _envelope()
    fault = etree.SubElement(body, f"{{{SOAP}}}Fault")
    etree.SubElement(fault, "faultcode").text = "S:Server"
    etree.SubElement(fault, "faultstring").text = f"{EXCEPTIONS}.{kind}"
    detail = etree.SubElement(fault, "detail")
    error = etree.SubElement(detail, f"{{{SERVICE}}}{kind}", nsmap={"ns2": SERVICE})
    for name, text in fields.items():
        etree.SubElement(error, name).text = text
    return _bytes(envelope)


def _envelope() -> tuple["etree._Element", "etree._Element"]:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"S": SOAP})
    return envelope, etree.SubElement(envelope, f"{{{SOAP}}}Body")


def _bytes(envelope: "etree._Element") -> bytes:
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
