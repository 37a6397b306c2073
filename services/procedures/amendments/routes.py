"""Addresses of a form amended mid-draft."""

from chassis.routing import Route
from services.procedures.amendments import handlers
from services.procedures.amendments.schemas import AmendmentBody, AmendmentView
from services.procedures.requests.schemas import LanguageQuery, RequestView

KEY = {"Request-Key": "Secret of the request's owner: access key or tracking code"}

# fmt: off
ROUTES: list[Route] = [
    Route("GET", "/requests/{id}/amendment", handlers.show_amendment, "What changed in the form", query=LanguageQuery, answer=AmendmentView, problems=[403, 404], headers=KEY),
    Route("POST", "/requests/{id}/amendment", handlers.accept_amendment, "Follow the new version", body=AmendmentBody, answer=RequestView, problems=[403, 404, 409], headers=KEY),
]
# fmt: on
