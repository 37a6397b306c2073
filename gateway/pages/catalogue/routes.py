"""Addresses of this area."""

from gateway.pages.catalogue import handlers
from gateway.pages.page import Pages

PAGES: Pages = [
    ("GET", "/", handlers.show_home),
    ("GET", "/demarches", handlers.list_procedures),
    ("GET", "/demarches/{slug}", handlers.show_procedure),
    ("GET", "/partenaires/{slug}", handlers.show_handoff),
    ("GET", "/partenaires/{slug}/aller", handlers.leave),
]
