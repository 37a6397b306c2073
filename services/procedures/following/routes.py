"""Addresses of a filed request, for its owner."""

from chassis.routing import Route
from services.procedures.documents.model import MESSAGE_FILES
from services.procedures.following import handlers
from services.procedures.following.schemas import (
    CorrectionBody,
    FollowingView,
    RequestMessageBody,
    WithdrawalBody,
)
from services.procedures.requests.schemas import DocumentView, LanguageQuery

KEY = {"Request-Key": "Secret of the request's owner: access key or tracking code"}
ONCE = {**KEY, "Idempotency-Key": "Repeating the action under the same key does nothing more"}
FILES = f"Join a file: a document asked, or `{MESSAGE_FILES}`"

# fmt: off
ROUTES: list[Route] = [
    Route("GET", "/requests/{id}/journal", handlers.show_journal, "Steps, readings, messages, delay", query=LanguageQuery, answer=FollowingView, problems=[403, 404], headers=KEY),
    Route("POST", "/requests/{id}/messages", handlers.send_message, "Write to the service", body=RequestMessageBody, status=204, problems=[403, 404, 409], headers=KEY),
    Route("PUT", "/requests/{id}/files/{document}", handlers.join_file, FILES, answer=DocumentView, status=201, problems=[400, 403, 404, 409, 413], headers=KEY, upload=True),
    Route("POST", "/requests/{id}/correction", handlers.answer_correction, "Answer what was asked", body=CorrectionBody, status=204, problems=[403, 404, 409], headers=ONCE),
    Route("POST", "/requests/{id}/withdrawal", handlers.withdraw_request, "Withdraw the request", body=WithdrawalBody, status=204, problems=[403, 404, 409], headers=ONCE),
    Route("GET", "/requests/{id}/letters/{position}", handlers.download_letter, "Letter of a decision", media_type="application/pdf", problems=[403, 404], headers=KEY),
]
# fmt: on
