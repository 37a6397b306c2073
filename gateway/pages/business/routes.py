"""Addresses of this area: `docs/business-api.md` tells applications how to use them."""

from gateway.pages.business import handlers
from gateway.pages.page import Pages

PAGES: Pages = [
    ("GET", "/business/openapi.json", handlers.describe),
    ("GET", "/business/requests", handlers.list_requests),
    ("GET", "/business/requests/{id}", handlers.read_request),
    ("GET", "/business/requests/{id}/documents/{document}", handlers.download_document),
    ("POST", "/business/requests/{id}/actions", handlers.change_request),
    # whatever else: an application reads problem documents, not pages
    ("*", "/business/{rest:.*}", handlers.refuse_address),
]
