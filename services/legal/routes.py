"""The whole HTTP surface of the service, one address a line."""

from chassis.routing import Route
from services.legal.acceptances import handlers as acceptances
from services.legal.acceptances.schemas import (
    AcceptanceBody,
    AcceptanceView,
    DueQuery,
    DueView,
    EvidenceListView,
    ReceiptBody,
    WithdrawalBody,
    WithdrawalView,
)
from services.legal.documents import handlers as documents
from services.legal.documents.schemas import (
    CancellationBody,
    DifferenceQuery,
    DifferenceView,
    DocumentListView,
    DocumentQuery,
    DocumentView,
    HistoryQuery,
    HistoryView,
    LanguageQuery,
    StaffVersionsView,
)
from services.legal.drafts import handlers as drafts
from services.legal.drafts.schemas import (
    DraftBody,
    DraftDifferenceQuery,
    DraftDifferenceView,
    DraftListQuery,
    DraftListView,
    DraftSummaryView,
    DraftView,
    NewDraftBody,
    RefusalBody,
    RevisionBody,
)
from services.legal.feedback import handlers as feedback
from services.legal.feedback.schemas import FeedbackBody, FeedbackView
from services.legal.heads import handlers as heads
from services.legal.heads.schemas import HeadListQuery, HeadListView

# fmt: off
ROUTES: list[Route] = [
    Route("GET", "/documents", documents.list_documents, "The documents in force", query=LanguageQuery, answer=DocumentListView),
    Route("GET", "/documents/{slug}", documents.show_document, "A document: in force, of an earlier version, or of a day", query=DocumentQuery, answer=DocumentView, problems=[404]),
    Route("GET", "/documents/{slug}/differences", documents.compare_versions, "What changes between two versions", query=DifferenceQuery, answer=DifferenceView, problems=[404]),
    Route("GET", "/documents/{slug}/versions", documents.list_versions, "Every version and its state (staff)", answer=StaffVersionsView, problems=[403, 404]),
    Route("GET", "/documents/{slug}/history", documents.show_history, "Who did what (staff)", query=HistoryQuery, answer=HistoryView, problems=[403]),
    Route("POST", "/documents/{slug}/versions/{version}/cancellation", documents.cancel_version, "Cancel a scheduled version (staff)", body=CancellationBody, status=204, problems=[403, 404, 409]),
    Route("POST", "/acceptances", acceptances.accept_document, "Record an acceptance, once", body=AcceptanceBody, answer=AcceptanceView, status=201, problems=[403, 409]),
    Route("GET", "/accounts/{id}/acceptance-due", acceptances.show_account_due, "Whether an account must accept the version in force", query=DueQuery, answer=DueView, problems=[403, 404]),
    Route("GET", "/requests/{id}/acceptance-due", acceptances.show_request_due, "Whether a request's owner must accept the version in force", query=DueQuery, answer=DueView, problems=[403, 404]),
    Route("GET", "/accounts/{id}/acceptances", acceptances.list_acceptances, "All the evidence about one account", answer=EvidenceListView, problems=[403, 404]),
    Route("POST", "/accounts/{id}/receipts", acceptances.give_receipt, "A receipt for a request made under the account's acceptance", body=ReceiptBody, answer=AcceptanceView, status=201, problems=[403, 404, 409]),
    Route("POST", "/accounts/{id}/withdrawals", acceptances.withdraw_acceptance, "Take an acceptance back, once", body=WithdrawalBody, answer=WithdrawalView, status=201, problems=[403, 404, 409]),
    Route("GET", "/drafts", drafts.list_drafts, "The open drafts (staff)", query=DraftListQuery, answer=DraftListView, problems=[403]),
    Route("POST", "/drafts", drafts.begin_draft, "Begin a draft with the newest text (editors)", body=NewDraftBody, answer=DraftView, status=201, problems=[403, 404, 409]),
    Route("GET", "/drafts/{id}", drafts.show_draft, "A draft, its preview and its faults (staff)", answer=DraftView, problems=[403, 404]),
    Route("PUT", "/drafts/{id}", drafts.save_draft, "Save a draft, faults included (editors)", body=DraftBody, answer=DraftView, problems=[403, 404, 409]),
    Route("GET", "/drafts/{id}/differences", drafts.compare_draft, "What a draft changes (staff)", query=DraftDifferenceQuery, answer=DraftDifferenceView, problems=[403, 404]),
    Route("POST", "/drafts/{id}/submission", drafts.submit_draft, "Ask a second person to publish (editors)", body=RevisionBody, answer=DraftView, problems=[403, 404, 409]),
    Route("POST", "/drafts/{id}/refusal", drafts.send_draft_back, "Send a draft back to its writers (staff)", body=RefusalBody, answer=DraftView, problems=[403, 404, 409]),
    Route("POST", "/drafts/{id}/approval", drafts.approve_draft, "Publish a draft that others wrote (editors, publishers)", body=RevisionBody, answer=DraftSummaryView, problems=[403, 404, 409]),
    Route("POST", "/drafts/{id}/discard", drafts.discard_draft, "Give a draft up (staff)", body=RevisionBody, answer=DraftSummaryView, problems=[403, 404, 409]),
    Route("GET", "/evidence/heads", heads.list_heads, "The head of the audit trail of each day", query=HeadListQuery, answer=HeadListView),
    Route("POST", "/feedback", feedback.send_feedback, "Tell the webmaster something, once", body=FeedbackBody, answer=FeedbackView, status=201, problems=[403, 409]),
]
# fmt: on
