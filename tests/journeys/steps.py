"""The steps of an anonymous request, from the search to the following of the file."""

import io
import re
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

from pypdf import PdfReader, PdfWriter

from tests.journeys.visitors import Visitor
from tests.support.plain_browser import File

CARD = "Obtenir la carte de déchèterie"
NUMBER = re.compile(r"NM-\d{4}-\d{6}-\w")
CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){6}\b")
PERSON = {"champ-family_name": "Pagnol", "champ-given_name": "Manon"}
ADDRESS = {
    "champ-street_address": "12 rue de la République",
    "champ-postal_code": "30900",
    "champ-commune": "30189",
}


@dataclass(frozen=True)
class Filed:
    """What the person takes away."""

    number: str
    code: str
    address: str


def new_address() -> str:
    """Return an e-mail address where nobody else gets mail."""
    return f"manon.{uuid4().hex[:12]}@example.org"


@cache
def electricity_bill() -> File:
    """A small real PDF."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    written = io.BytesIO()
    writer.write(written)
    return "facture d’électricité.pdf", written.getvalue(), "application/pdf"


async def assert_at(visitor: Visitor, end: str) -> None:
    """Check that the page before us is the one meant, and say what it says if not."""
    assert (await visitor.address()).endswith(end), await visitor.text()


async def find_card(visitor: Visitor) -> None:
    """Search with two slips, open the procedure, begin it."""
    await visitor.open("/")
    await visitor.fill({"recherche": "carte de déchétterie"})
    await visitor.press("Chercher")
    await visitor.follow(CARD)
    assert (await visitor.title()).startswith(CARD)
    await visitor.follow("Commencer la démarche")


async def accept_terms(visitor: Visitor) -> None:
    """Tick the box of the terms and begin."""
    await visitor.tick("champ-accepted")
    await visitor.press("Accepter et commencer")
    await assert_at(visitor, "/etapes/vous")


async def fill_pages(visitor: Visitor, email: str, extra: dict[str, str] | None = None) -> None:
    """Fill the three pages without a mistake; `extra` is typed on the third."""
    await visitor.fill({**PERSON, "champ-email": email})
    await visitor.press("Enregistrer et continuer")
    await fill_address(visitor)
    await choose_card(visitor, extra or {})


async def fill_address(visitor: Visitor) -> None:
    """Fill the second page."""
    await visitor.fill(ADDRESS)
    await visitor.press("Enregistrer et continuer")
    await assert_at(visitor, "/etapes/carte")


async def choose_card(visitor: Visitor, extra: dict[str, str] | None = None) -> None:
    """Fill the third page: a first card for a household."""
    await visitor.fill(extra or {})
    await visitor.tick("champ-request_type")
    await visitor.tick("champ-user_type")
    await visitor.press("Enregistrer et continuer")
    assert (await visitor.title()).startswith("Documents à joindre – ")


async def join_bill(visitor: Visitor) -> None:
    """Join the document that is required, and go on."""
    await visitor.attach("champ-justificatif-domicile", electricity_bill())
    await visitor.press("Envoyer ce fichier")
    assert "Fichier reçu : facture d’électricité.pdf" in await visitor.text()
    await visitor.follow("Continuer")
    await assert_at(visitor, "/recapitulatif")


async def certify_and_file(visitor: Visitor) -> Filed:
    """Tick the certification, file, and note number and code down."""
    await visitor.tick("champ-certified")
    await visitor.press("Déposer ma demande")
    return await read_filed(visitor)


async def read_filed(visitor: Visitor) -> Filed:
    """Read the page shown just after the filing."""
    text = await visitor.text()
    assert "Nous avons bien reçu votre demande" in text, text
    number, code = NUMBER.search(text), CODE.search(text)
    assert number is not None, text
    assert code is not None, text
    return Filed(number[0], code[0], await visitor.address())


async def follow_file(visitor: Visitor, number: str, code: str) -> None:
    """Open the file of a request with its number and code."""
    await visitor.open("/suivi")
    await visitor.fill({"champ-number": number, "champ-code": code})
    await visitor.press("Voir mon dossier")


async def prepare_request(visitor: Visitor, email: str) -> None:
    """Go as far as the recapitulation, everything filled."""
    await visitor.open("/demarches/carte-decheterie/commencer")
    await accept_terms(visitor)
    await fill_pages(visitor, email)
    await join_bill(visitor)


def text_of_pdf(content: bytes) -> str:
    """Return the text of a PDF, once it is known to be tagged and to name its language."""
    reader = PdfReader(io.BytesIO(content))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"], "the PDF is not tagged"
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).startswith("fr")
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
