"""SOAP 1.1 for the three operations of PayFiP: writes calls, reads answers leniently.

Nothing outside the answer is ever read: no entity, no document type, no network.
"""

from collections.abc import Mapping

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/"
    "contrat_paiement_securise/PaiementSecuriseService"
)
FUNCTIONAL = "fonctionnelleerreur"


class Unreadable(Exception):
    """The body is no SOAP envelope."""


class FunctionalFault(Exception):
    """The service refused: `code` is P5, R3..., '' when it gave none."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TechnicalFault(Exception):
    """The service could not work: any other fault."""


def write_call(operation: str, fields: Mapping[str, str]) -> bytes:
    """Return the envelope of a call; `fields` go unqualified, in their order."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "pas": SERVICE})
    body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
    argument = etree.SubElement(etree.SubElement(body, f"{{{SERVICE}}}{operation}"), "arg0")
    for name, text in fields.items():
        etree.SubElement(argument, name).text = text
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def read_answer(content: bytes) -> dict[str, str]:
    """Return the answer's fields by lower-case name, whatever their namespace and order.

    Raises `FunctionalFault`, `TechnicalFault` or `Unreadable`. The first of two fields of one
    name counts; unknown ones are kept: the caller takes what it knows.
    """
    body = _body(content)
    fault = next((part for part in body if _name(part) == "fault"), None)
    if fault is not None:
        raise _fault(fault)
    returned = next((part for part in body.iter() if _name(part) == "return"), None)
    if returned is None:
        raise Unreadable("no return")
    return _leaves(returned)


def _body(content: bytes) -> "etree._Element":
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(type(error).__name__) from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("document type")
    body = next((part for part in root if _name(part) == "body"), None)
    if body is None:
        raise Unreadable("no body")
    return body


def _fault(fault: "etree._Element") -> Exception:
    kinds = [_name(part) for part in fault.iter()]
    text = _leaves(fault)
    if FUNCTIONAL in kinds or FUNCTIONAL in text.get("faultstring", "").lower():
        return FunctionalFault(text.get("code", "").strip().upper())
    return TechnicalFault(text.get("faultstring", "")[:200])


def _leaves(part: "etree._Element") -> dict[str, str]:
    found: dict[str, str] = {}
    for leaf in part.iter():
        if len(leaf) == 0 and _name(leaf):
            found.setdefault(_name(leaf), (leaf.text or "").strip())
    return found


def _name(part: "etree._Element") -> str:
    """Return the lower-case local name; comments and instructions have none."""
    return etree.QName(part).localname.lower() if isinstance(part.tag, str) else ""
