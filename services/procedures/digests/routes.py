"""Addresses of digests."""

from chassis.routing import Route
from services.procedures.digests.handlers import DigestChoice, choose, show_choice

# fmt: off
ROUTES: list[Route] = [
    Route("GET", "/desk/digest", show_choice, "How often one gets a digest", answer=DigestChoice, problems=[403]),
    Route("PUT", "/desk/digest", choose, "Choose how often one gets a digest", body=DigestChoice, status=204, problems=[403]),
]
# fmt: on
