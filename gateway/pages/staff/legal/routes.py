"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.staff.legal import drafts, texts

PAGES: Pages = [
    ("GET", "/agents/textes", texts.show_texts),
    ("GET", "/agents/textes/{slug}", texts.show_text),
    ("POST", "/agents/textes/{slug}/versions/{version}/annuler", texts.cancel_version),
    ("POST", "/agents/textes/{slug}/brouillons", drafts.begin_draft),
    ("GET", "/agents/brouillons/{id}", drafts.show_draft),
    ("POST", "/agents/brouillons/{id}", drafts.change_draft),
]
