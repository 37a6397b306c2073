"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.staff.desk import counter, dossier, queue, statistics

PAGES: Pages = [
    ("GET", "/agents/dossiers", queue.show_queue),
    ("POST", "/agents/dossiers/recherche", queue.search),
    ("POST", "/agents/dossiers/lot", queue.take_many),
    ("GET", "/agents/dossiers/{id}", dossier.show_dossier),
    ("POST", "/agents/dossiers/{id}/actions", dossier.act),
    ("POST", "/agents/dossiers/{id}/affectation", dossier.assign),
    ("POST", "/agents/dossiers/{id}/messages", dossier.write_message),
    ("POST", "/agents/dossiers/{id}/notes", dossier.write_note),
    ("GET", "/agents/dossiers/{id}/pieces/{file}", dossier.download_file),
    ("GET", "/agents/dossiers/{id}/courriers/{position}", dossier.download_letter),
    ("GET", "/agents/guichet", counter.show_counter),
    ("GET", "/agents/guichet/{slug}", counter.show_entry),
    ("POST", "/agents/guichet/{slug}", counter.begin_entry),
    ("GET", "/agents/statistiques", statistics.show_statistics),
    ("GET", "/agents/extraction", statistics.export),
]
