"""Addresses of this area."""

from gateway.pages.page import Pages
from gateway.pages.staff.procedures import adding, beginning, draft, listing, parts, preview, source

DRAFT = "/agents/modifications/{id}"

PAGES: Pages = [
    ("GET", "/agents/demarches", listing.show_procedures),
    ("GET", "/agents/demarches/{slug}", listing.show_procedure),
    ("POST", "/agents/demarches/{slug}/etat", listing.change_state),
    ("GET", "/agents/demarches/{slug}/versions/{version}/fichier", listing.export_version),
    ("GET", "/agents/modifications/nouvelle", beginning.show_new),
    ("POST", "/agents/modifications", beginning.begin_draft),
    ("GET", DRAFT, draft.show_draft),
    ("POST", DRAFT, draft.change_draft),
    ("GET", f"{DRAFT}/fichier", draft.export_draft),
    ("GET", f"{DRAFT}/yaml", source.show_source),
    ("POST", f"{DRAFT}/yaml", source.save_source),
    ("GET", f"{DRAFT}/parties/{{kind}}", parts.show_part),
    ("POST", f"{DRAFT}/parties/{{kind}}", parts.save_part),
    ("GET", f"{DRAFT}/parties/{{kind}}/{{place}}", parts.show_part),
    ("POST", f"{DRAFT}/parties/{{kind}}/{{place}}", parts.save_part),
    ("GET", f"{DRAFT}/ajouts/{{kind}}", adding.show_adding),
    ("POST", f"{DRAFT}/ajouts/{{kind}}", adding.add_part),
    ("GET", f"{DRAFT}/ajouts/{{kind}}/{{place}}", adding.show_adding),
    ("POST", f"{DRAFT}/ajouts/{{kind}}/{{place}}", adding.add_part),
    ("GET", f"{DRAFT}/apercu", preview.show_procedure),
    ("GET", f"{DRAFT}/apercu/{{page}}", preview.show_step),
    ("POST", f"{DRAFT}/apercu/{{page}}", preview.try_step),
]
