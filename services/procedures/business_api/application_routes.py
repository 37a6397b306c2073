"""Addresses that business applications call, through the gateway."""

from chassis.routing import Route
from services.procedures.business_api import handlers as business
from services.procedures.business_api.schemas import BusinessActionBody, BusinessQuery
from services.procedures.desk.schemas import QueueView
from services.procedures.requests.schemas import LanguageQuery, RequestView

# the gateway takes it from the header Authorization
TOKEN = {"Business-Token": "Secret of the application's token"}
ONCE = {**TOKEN, "Idempotency-Key": "Repeating the action under the same key does nothing more"}

# fmt: off
APPLICATION_ROUTES: list[Route] = [
    Route("GET", "/business/requests", business.list_requests, "A page of the service's requests", query=BusinessQuery, answer=QueueView, problems=[403], headers=TOKEN),
    Route("GET", "/business/requests/{id}", business.read_request, "Read a request", query=LanguageQuery, answer=RequestView, problems=[403, 404], headers=TOKEN),
    Route("GET", "/business/requests/{id}/documents/{document}", business.download_document, "Download a document of a request", media_type="application/octet-stream", problems=[403, 404, 409], headers=TOKEN),
    Route("POST", "/business/requests/{id}/actions", business.change_request, "Change the state of a request", body=BusinessActionBody, problems=[403, 404, 409], headers=ONCE),
]
# fmt: on
