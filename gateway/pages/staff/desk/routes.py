"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.staff.desk import (
    acting,
    applications,
    bulk,
    counter,
    dossier,
    queue,
    reasons,
    statistics,
    webhooks,
    writing,
)

PAGES: Pages = [
    ("GET", "/agents/dossiers", queue.show_queue),
    ("POST", "/agents/dossiers/recherche", queue.search),
    ("POST", "/agents/dossiers/lot", bulk.act_on_many),
    ("GET", "/agents/dossiers/{id}", dossier.show_dossier),
    ("POST", "/agents/dossiers/{id}/actions", acting.act),
    ("POST", "/agents/dossiers/{id}/affectation", acting.assign),
    ("POST", "/agents/dossiers/{id}/messages", writing.write_message),
    ("POST", "/agents/dossiers/{id}/notes", writing.write_note),
    ("GET", "/agents/dossiers/{id}/pieces/{file}", dossier.download_file),
    ("GET", "/agents/dossiers/{id}/courriers/{position}", dossier.download_letter),
    ("GET", "/agents/guichet", counter.show_counter),
    ("GET", "/agents/guichet/{slug}", counter.show_entry),
    ("POST", "/agents/guichet/{slug}", counter.begin_entry),
    ("GET", "/agents/modeles", reasons.list_reasons),
    ("GET", "/agents/modeles/{id}", reasons.show_reason),
    ("POST", "/agents/modeles/{id}", reasons.save_reason),
    ("POST", "/agents/modeles/{id}/retrait", reasons.retire_reason),
    ("GET", "/agents/applications", applications.list_applications),
    ("POST", "/agents/applications/jetons", applications.give_token),
    ("POST", "/agents/applications/jetons/{id}/retrait", applications.take_token_back),
    ("POST", "/agents/applications/adresses", webhooks.add_webhook),
    ("GET", "/agents/applications/adresses/{id}", webhooks.show_webhook),
    ("POST", "/agents/applications/adresses/{id}/arret", webhooks.stop_webhook),
    ("POST", "/agents/applications/envois/{id}", webhooks.replay_delivery),
    ("GET", "/agents/statistiques", statistics.show_statistics),
    ("GET", "/agents/extraction", statistics.export),
]
