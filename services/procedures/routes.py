"""The whole HTTP surface of the service, one address a line."""

from chassis.routing import Route
from services.procedures.acknowledgements import handlers as acknowledgements
from services.procedures.amendments.routes import ROUTES as AMENDMENT_ROUTES
from services.procedures.business_api.routes import ROUTES as BUSINESS_ROUTES
from services.procedures.catalogue import handlers as catalogue
from services.procedures.catalogue import state_handlers as states
from services.procedures.desk.routes import ROUTES as DESK_ROUTES
from services.procedures.digests.routes import ROUTES as DIGEST_ROUTES
from services.procedures.documents import handlers as documents
from services.procedures.editing.routes import ROUTES as EDITING_ROUTES
from services.procedures.following.routes import ROUTES as FOLLOWING_ROUTES
from services.procedures.holdings import handlers as holdings
from services.procedures.partners import handlers as partners
from services.procedures.payments.routes import ROUTES as PAYMENT_ROUTES
from services.procedures.renewals import handlers as renewals
from services.procedures.renewals.schemas import TermsBody
from services.procedures.requests import handlers as requests
from services.procedures.requests.schemas import (
    AnswersBody,
    CertificationView,
    DocumentView,
    FilingBody,
    LanguageQuery,
    NewRequestBody,
    RequestView,
    TrackingBody,
)
from services.procedures.resumptions.routes import ROUTES as RESUMPTION_ROUTES

KEY = {"Request-Key": "Secret of the request's owner: access key or tracking code"}
FILE_KEY = {**KEY, "Idempotency-Key": "The request's id, or nothing"}

# fmt: off
ROUTES: list[Route] = [
    *catalogue.ROUTES,
    *states.ROUTES,
    *EDITING_ROUTES,
    Route("POST", "/requests", requests.start_request, "Start a request", body=NewRequestBody, answer=RequestView, status=201, problems=[403, 404, 409]),
    Route("GET", "/requests/{id}", requests.show_request, "Read a request", query=LanguageQuery, answer=RequestView, problems=[403, 404], headers=KEY),
    Route("PUT", "/requests/{id}/answers/{page}", requests.save_answers, "Save a page as typed", body=AnswersBody, answer=RequestView, problems=[403, 404, 409], headers=KEY),
    Route("PUT", "/requests/{id}/terms", renewals.renew_terms, "Note newer terms accepted", body=TermsBody, status=204, problems=[403, 404, 409], headers=KEY),
    Route("PUT", "/requests/{id}/documents/{document}", documents.join_document, "Join a document", answer=DocumentView, status=201, problems=[400, 403, 404, 409, 413], headers=KEY, upload=True),
    Route("GET", "/requests/{id}/documents/{document}", documents.download_document, "Download a document", media_type="application/octet-stream", problems=[403, 404], headers=KEY),
    Route("DELETE", "/requests/{id}/documents/{document}", documents.remove_document, "Remove a document", status=204, problems=[403, 404, 409], headers=KEY),
    Route("GET", "/requests/{id}/certification", requests.show_certification, "The text to certify", query=LanguageQuery, answer=CertificationView, problems=[403, 404], headers=KEY),
    Route("POST", "/requests/{id}/filing", requests.file_request, "File, once", body=FilingBody, answer=RequestView, problems=[403, 404, 409], headers=FILE_KEY),
    Route("GET", "/requests/{id}/acknowledgement.pdf", acknowledgements.download_acknowledgement, "The acknowledgement", media_type="application/pdf", problems=[403, 404], headers=KEY),
    Route("POST", "/tracking", requests.track_request, "Find a request by number and code", body=TrackingBody, answer=RequestView, problems=[403, 404]),
    *RESUMPTION_ROUTES,
    *AMENDMENT_ROUTES,
    *holdings.ROUTES,
    *FOLLOWING_ROUTES,
    *DESK_ROUTES,
    *DIGEST_ROUTES,
    *BUSINESS_ROUTES,
    *PAYMENT_ROUTES,
    *partners.ROUTES,
]
# fmt: on
