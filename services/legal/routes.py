"""The whole HTTP surface of the service, one address a line."""

from chassis.routing import Route
from services.legal.acceptances import handlers as acceptances
from services.legal.acceptances.schemas import AcceptanceBody, AcceptanceView
from services.legal.documents import handlers as documents
from services.legal.documents.schemas import (
    DocumentListView,
    DocumentQuery,
    DocumentView,
    LanguageQuery,
)

# fmt: off
ROUTES: list[Route] = [
    Route("GET", "/documents", documents.list_documents, "The documents in force", query=LanguageQuery, answer=DocumentListView),
    Route("GET", "/documents/{slug}", documents.show_document, "A document, in force or of an earlier version", query=DocumentQuery, answer=DocumentView, problems=[404]),
    Route("POST", "/acceptances", acceptances.accept_document, "Record an acceptance, once", body=AcceptanceBody, answer=AcceptanceView, status=201, problems=[403, 409]),
]
# fmt: on
