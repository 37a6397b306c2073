"""Addresses of the desk: only the gateway, for a signed-in agent of the service."""

from chassis.routing import Route
from services.procedures.decisions import handlers as decisions
from services.procedures.desk import handlers as desk
from services.procedures.desk.schemas import (
    ActionBody,
    AssignmentBody,
    BulkBody,
    BulkView,
    DeskRequestView,
    NoteBody,
    QueueQuery,
    QueuesView,
    QueueView,
    SearchBody,
    TemplateBody,
    TemplatesView,
)
from services.procedures.following.schemas import RequestMessageBody
from services.procedures.requests.schemas import DocumentView, LanguageQuery, NewRequestBody

ONCE = {"Idempotency-Key": "Repeating the action under the same key does nothing more"}

# fmt: off
ROUTES: list[Route] = [
    Route("GET", "/desk/queues", desk.list_queues, "Queues and how much waits", answer=QueuesView, problems=[403]),
    Route("GET", "/desk/requests", desk.show_queue, "A page of a queue", query=QueueQuery, answer=QueueView, problems=[403]),
    Route("POST", "/desk/search", desk.search_requests, "Find by number or by name", body=SearchBody, answer=QueueView, problems=[403]),
    Route("POST", "/desk/bulk", desk.act_on_many, "One action on many requests", body=BulkBody, answer=BulkView, problems=[403], headers=ONCE),
    Route("POST", "/desk/entries", desk.start_at_counter, "Begin a request at the counter", body=NewRequestBody, status=201, problems=[403, 404, 409]),
    Route("GET", "/desk/requests/{id}", desk.open_request, "Open a request", query=LanguageQuery, answer=DeskRequestView, problems=[403, 404]),
    Route("POST", "/desk/requests/{id}/actions", desk.act_on_request, "Do something to a request", body=ActionBody, problems=[403, 404, 409], headers=ONCE),
    Route("PUT", "/desk/requests/{id}/assignment", desk.assign_request, "Give a request to an agent", body=AssignmentBody, problems=[403, 404, 409]),
    Route("POST", "/desk/requests/{id}/messages", desk.send_message, "Write to the person", body=RequestMessageBody, status=204, problems=[403, 404, 409]),
    Route("PUT", "/desk/requests/{id}/files", desk.join_file, "Join a file to a message", answer=DocumentView, status=201, problems=[400, 403, 404, 413], upload=True),
    Route("POST", "/desk/requests/{id}/notes", desk.write_note, "Write a private note", body=NoteBody, status=204, problems=[403, 404, 409]),
    Route("GET", "/desk/requests/{id}/documents/{document}", desk.download_file, "Download a document", media_type="application/octet-stream", problems=[403, 404, 409]),
    Route("GET", "/desk/requests/{id}/letters/{position}", desk.download_letter, "Letter of a decision", media_type="application/pdf", problems=[403, 404]),
    Route("GET", "/desk/templates", decisions.list_templates, "Reasons to start from", answer=TemplatesView, problems=[403]),
    Route("PUT", "/desk/templates/{id}", decisions.save_template, "Keep a template", body=TemplateBody, status=204, problems=[403, 404, 409]),
    Route("DELETE", "/desk/templates/{id}", decisions.remove_template, "Remove a template", status=204, problems=[403, 404]),
]
# fmt: on
