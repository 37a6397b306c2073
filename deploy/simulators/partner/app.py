"""One page, a state that a test sets, and nothing received from the portal."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from deploy.simulators.site import build_site

STATES = ("up", "slow", "down")
SLOW_SECONDS = 30.0

PAGE = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Partenaire de démonstration</title></head>
<body><main><h1>Site d’un partenaire (démonstration)</h1>
<p>Vous avez quitté le portail. Ici s’appliquent les conditions du partenaire.</p></main></body>
</html>
"""


@dataclass
class Partner:
    """How the site answers now."""

    state: str = "up"
    visits: int = 0

    async def show_home(self, _request: web.Request) -> web.Response:
        """GET /: the page, late, or a 503."""
        self.visits += 1
        if self.state == "down":
            raise web.HTTPServiceUnavailable(text="En maintenance")
        if self.state == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        return web.Response(text=PAGE, content_type="text/html")

    async def show_state(self, _request: web.Request) -> web.Response:
        """GET /api/state: {"state": "up", "visits": 3}, probes among the visits."""
        return web.json_response({"state": self.state, "visits": self.visits})

    async def change_state(self, request: web.Request) -> web.Response:
        """POST /api/state {"state": "up|slow|down"}."""
        body = await request.json()
        if not isinstance(body, dict) or body.get("state") not in STATES:
            raise web.HTTPBadRequest(text=f"state is one of {', '.join(STATES)}")
        self.state = body["state"]
        return web.Response(status=204)


def build_app(partner: Partner) -> web.Application:
    """Return the partner's site."""
    return build_site(
        [
            web.get("/", partner.show_home),
            web.get("/api/state", partner.show_state),
            web.post("/api/state", partner.change_state),
        ]
    )
