"""Addresses of this area."""

from gateway.pages.legal import handlers
from gateway.pages.page import Pages

PAGES: Pages = [
    *(("GET", f"/{slug}", handlers.show_document) for slug in handlers.DOCUMENTS),
    *(
        ("GET", f"/{slug}/versions/{{version}}", handlers.show_document)
        for slug in handlers.DOCUMENTS
    ),
]
