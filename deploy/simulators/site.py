"""The site of a simulator: answers this machine alone, protects its answers, starts, stops."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler
from jinja2 import Environment, FileSystemLoader, StrictUndefined

# no form-action: after its form a page may lead to another site of this machine, at any address
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
# a foreign site that makes its name point here would send its own name
HOSTS = frozenset({"127.0.0.1", "localhost"})


def build_site(routes: Iterable[web.RouteDef], policy: str = POLICY) -> web.Application:
    """Return an application with `routes` and `/health/ready`; `policy` is the pages' CSP."""
    headers = {"Content-Security-Policy": policy, **HEADERS}

    @web.middleware
    async def protect(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse foreign host names and give every answer the protecting headers."""
        if request.url.host not in HOSTS:
            raise web.HTTPForbidden(text="Ask for 127.0.0.1 or localhost.")
        try:
            response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(headers)
            raise
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    app = web.Application(middlewares=[protect])
    app.router.add_routes([*routes, web.get("/health/ready", _show_ready)])
    return app


class Templates:
    """The templates and the style sheet of a simulator, in `folder`; no script anywhere."""

    def __init__(self, folder: Path, style: str) -> None:
        self._style = (folder / style).read_text()
        self.environment = Environment(
            loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined
        )

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """Return a page."""
        html = self.environment.get_template(template).render(**values)
        return web.Response(text=html, content_type="text/html", status=status)

    async def show_style(self, _request: web.Request) -> web.Response:
        """Answer with the style sheet."""
        return web.Response(text=self._style, content_type="text/css")


def run_site(name: str, port: int, build: Callable[[str], web.Application]) -> int:
    """Serve what `build` makes for the host until SIGTERM or Ctrl-C; return the exit code.

    `PARVIS_HOST` and `PARVIS_PORT` (`port` by default) say where.
    """
    host = os.environ.get("PARVIS_HOST", "127.0.0.1")
    try:
        chosen = int(os.environ.get("PARVIS_PORT", str(port)))
        web.run_app(build(host), host=host, port=chosen, access_log=None, shutdown_timeout=2)
    except (OSError, ValueError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    return 0


async def _show_ready(_request: web.Request) -> web.Response:
    return web.json_response({"status": "up"})
