"""Addresses of the links that bring back to a draft."""

from chassis.routing import Route
from services.procedures.resumptions import handlers
from services.procedures.resumptions.schemas import LinkBody, LinkView, OpenBody, OpenedView

KEY = {"Request-Key": "Secret of the request's owner: access key or tracking code"}

# fmt: off
ROUTES: list[Route] = [
    Route("GET", "/requests/{id}/resume-link", handlers.show_link, "The link sent by mail", answer=LinkView, problems=[403, 404], headers=KEY),
    Route("POST", "/requests/{id}/resume-link", handlers.send_link, "Send a link by mail", body=LinkBody, answer=LinkView, status=201, problems=[403, 404, 409, 429], headers=KEY),
    Route("DELETE", "/requests/{id}/resume-link", handlers.cancel_link, "Cancel the link", status=204, problems=[403, 404, 409], headers=KEY),
    Route("POST", "/resumptions", handlers.open_link, "Open a draft by its link", body=OpenBody, answer=OpenedView, problems=[403, 404]),
]
# fmt: on
