"""Addresses of this area."""

from gateway.pages.legal import again, contact, evidence, handlers, own_terms
from gateway.pages.legal.reading import DOCUMENTS
from gateway.pages.page import Pages

PAGES: Pages = [
    *(("GET", f"/{slug}", handlers.show_document) for slug in DOCUMENTS),
    *(("GET", f"/{slug}/versions/{{version}}", handlers.show_document) for slug in DOCUMENTS),
    *(
        ("GET", f"/{slug}/versions/{{version}}/changements/{{latter}}", handlers.show_differences)
        for slug in DOCUMENTS
    ),
    *(("GET", f"/{slug}/en-vigueur-le", handlers.find_day) for slug in DOCUMENTS),
    *(
        ("GET", f"/{slug}/en-vigueur-le/{{day}}", handlers.show_document_of_day)
        for slug in DOCUMENTS
    ),
    ("GET", "/dossiers/{id}/conditions", again.show_conditions),
    ("POST", "/dossiers/{id}/conditions", again.accept_conditions),
    ("GET", "/compte/conditions", own_terms.show_own_terms),
    ("POST", "/compte/conditions", own_terms.accept_own_terms),
    ("POST", "/compte/conditions/retrait", own_terms.withdraw),
    ("GET", "/contact", contact.show_contact),
    ("POST", "/contact", contact.send_message),
    ("GET", "/contact/recu", contact.show_received),
    ("GET", "/preuves", evidence.show_heads),
]
