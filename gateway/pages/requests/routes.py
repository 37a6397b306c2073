"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.requests import (
    amendment,
    autosave,
    documents,
    exchanges,
    filing,
    following,
    resumption,
    start,
    steps,
)

PAGES: Pages = [
    ("GET", "/demarches/{slug}/commencer", start.show_terms),
    ("POST", "/demarches/{slug}/commencer", start.accept_terms),
    ("GET", "/dossiers/{id}", following.show_request),
    ("GET", "/dossiers/{id}/etapes/{page}", steps.show_step),
    ("POST", "/dossiers/{id}/etapes/{page}", steps.save_step),
    ("POST", "/dossiers/{id}/etapes/{page}/saisie", autosave.save_typing),
    ("GET", "/dossiers/{id}/pieces", documents.show_documents),
    ("POST", "/dossiers/{id}/pieces", documents.join_document),
    ("GET", "/dossiers/{id}/pieces/{file}", documents.download_document),
    ("POST", "/dossiers/{id}/pieces/{file}/retirer", documents.remove_document),
    ("GET", "/dossiers/{id}/recapitulatif", filing.show_recapitulation),
    ("POST", "/dossiers/{id}/recapitulatif", filing.file_request),
    ("GET", "/dossiers/{id}/accuse-reception.pdf", following.download_acknowledgement),
    ("POST", "/dossiers/{id}/messages", exchanges.send_message),
    ("POST", "/dossiers/{id}/pieces-demandees", exchanges.join_asked),
    ("POST", "/dossiers/{id}/corrections", exchanges.answer_correction),
    ("POST", "/dossiers/{id}/retrait", exchanges.withdraw_request),
    ("GET", "/dossiers/{id}/courriers/{position}", exchanges.download_letter),
    ("GET", "/dossiers/{id}/changements", amendment.show_changes),
    ("POST", "/dossiers/{id}/changements", amendment.choose_version),
    ("GET", "/dossiers/{id}/revenir", resumption.show_link),
    ("POST", "/dossiers/{id}/revenir", resumption.send_link),
    ("GET", "/reprendre-un-brouillon", resumption.open_link),
    ("GET", "/suivi", following.show_tracking),
    ("POST", "/suivi", following.track_request),
]
