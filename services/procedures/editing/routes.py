"""The addresses of editing, one a line."""

from chassis.routing import Route
from services.procedures.catalogue.schemas import ProcedureQuery
from services.procedures.editing import handlers
from services.procedures.editing import schemas as of

DRAFTS = "/staff/definition-drafts"
ONE = f"{DRAFTS}/{{id}}"
WHOLE = of.WholeDefinitionDraftView

# fmt: off
ROUTES: list[Route] = [
    Route("GET", DRAFTS, handlers.list_drafts, "Drafts of definitions", query=of.DraftsQuery, answer=of.DefinitionDraftsView, problems=[403]),
    Route("POST", DRAFTS, handlers.begin_draft, "Begin a draft of a definition", body=of.NewDefinitionDraftBody, query=ProcedureQuery, answer=WHOLE, status=201, problems=[403, 404, 409]),
    Route("GET", ONE, handlers.show_draft, "Read a draft of a definition", query=ProcedureQuery, answer=WHOLE, problems=[403]),
    Route("GET", f"{ONE}/differences", handlers.compare_draft, "What a draft changes", query=ProcedureQuery, answer=of.DefinitionDifferencesView, problems=[403]),
    Route("PUT", f"{ONE}/source", handlers.save_source, "Save the YAML of a draft", body=of.SourceBody, query=ProcedureQuery, answer=WHOLE, problems=[403, 409]),
    Route("POST", f"{ONE}/changes", handlers.change_draft, "Change parts of a draft", body=of.ChangesBody, query=ProcedureQuery, answer=WHOLE, problems=[403, 409]),
    Route("POST", f"{ONE}/submission", handlers.submit_draft, "Submit a draft", body=of.DraftRevisionBody, query=ProcedureQuery, answer=WHOLE, problems=[403, 409]),
    Route("POST", f"{ONE}/refusal", handlers.send_draft_back, "Send a draft back", body=of.SendBackBody, query=ProcedureQuery, answer=WHOLE, problems=[403, 409]),
    Route("POST", f"{ONE}/approval", handlers.approve_draft, "Publish a draft", body=of.ApprovalBody, query=ProcedureQuery, answer=WHOLE, problems=[403, 409]),
    Route("POST", f"{ONE}/discard", handlers.discard_draft, "Discard a draft", body=of.DraftRevisionBody, query=ProcedureQuery, answer=WHOLE, problems=[403, 409]),
    Route("POST", f"{ONE}/preview", handlers.preview_draft, "See a draft as people would", body=of.PreviewBody, answer=of.PreviewView, problems=[403]),
    Route("GET", "/staff/definition-choices", handlers.show_choices, "What a definition may name", query=ProcedureQuery, problems=[403]),
    Route("GET", "/staff/procedures/{slug}/versions/{version}/source", handlers.export_version, "A version as YAML", answer=of.DefinitionSourceView, problems=[403]),
    Route("GET", "/staff/procedures/{slug}/history", handlers.show_history, "Who did what to a procedure", query=of.HistoryQuery, answer=of.DefinitionHistoryView, problems=[403]),
]
# fmt: on
