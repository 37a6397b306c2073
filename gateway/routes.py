"""Every address of the portal: each area lists its own."""

from aiohttp import web

from gateway.pages.account.routes import PAGES as ACCOUNT
from gateway.pages.business.routes import PAGES as BUSINESS
from gateway.pages.catalogue.routes import PAGES as CATALOGUE
from gateway.pages.legal.routes import PAGES as LEGAL
from gateway.pages.payments.routes import PAGES as PAYMENTS
from gateway.pages.requests.routes import PAGES as REQUESTS
from gateway.pages.site.routes import PAGES as SITE
from gateway.pages.staff.accounts.routes import PAGES as STAFF_ACCOUNTS
from gateway.pages.staff.desk.routes import PAGES as STAFF_DESK
from gateway.pages.staff.legal.routes import PAGES as STAFF_TEXTS
from gateway.pages.staff.payments.routes import PAGES as STAFF_PAYMENTS
from gateway.pages.staff.procedures.routes import PAGES as STAFF_PROCEDURES
from gateway.pages.staff.routes import PAGES as STAFF
from gateway.parts import ASSETS

AREAS = (
    SITE,
    LEGAL,
    CATALOGUE,
    REQUESTS,
    ACCOUNT,
    STAFF,
    STAFF_ACCOUNTS,
    STAFF_TEXTS,
    STAFF_PROCEDURES,
    STAFF_DESK,
    PAYMENTS,
    STAFF_PAYMENTS,
    BUSINESS,
)


def register_pages(application: web.Application) -> None:
    """Add every page; an address given twice is a mistake of ours and raises."""
    seen: set[tuple[str, str]] = set()
    for method, path, handler in (page for area in AREAS for page in area):
        if (method, path) in seen:
            raise ValueError(f"{method} {path} is given twice")
        seen.add((method, path))
        if method == "GET":
            application.router.add_get(path, handler, allow_head=True)
        else:
            application.router.add_route(method, path, handler)
    application.router.add_get("/static/{path:.+}", application[ASSETS].show)
