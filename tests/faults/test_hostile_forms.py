"""What no browser sends, to every form that a visitor meets: a page that says so, never a 5xx."""

import os
from collections import Counter

import pytest

from tests.journeys import steps
from tests.journeys.plain_visitor import PlainVisitor
from tests.support.hostile_forms import hostile_sending
from tests.support.hostile_values import Hostile
from tests.support.html_page import Form
from tests.support.plain_browser import Page
from tests.support.portal import RunningPortal

pytestmark = [pytest.mark.faults, pytest.mark.promise("SEC-01", "REQ-01")]
SENDINGS = int(os.environ.get("PARVIS_TEST_HOSTILE", "2000")) // 5
SEED = int(os.environ.get("PARVIS_TEST_SEED", "1"))
# the limits of a visitor's address are forgotten that often
LIMITS_LAST = 4
PAGES = (
    "/suivi",
    "/contact",
    "/connexion",
    "/inscription",
    "/recuperation",
    "/paiements/factures/paiement-creche",
    "/demarches/carte-decheterie/commencer",
)
STEPS = ("etapes/vous", "etapes/adresse", "etapes/carte", "pieces")


async def test_no_form_breaks(portal: RunningPortal, visitor: PlainVisitor) -> None:
    found = [*await forms_of_the_site(visitor), *await forms_of_a_request(visitor)]
    assert len(found) >= 8
    hostile, statuses = Hostile(SEED), Counter[int]()
    for number in range(SENDINGS):
        if number % LIMITS_LAST == 0:
            portal.forget_limits()
        page, form = found[number % len(found)]
        body, media_type = hostile_sending(form, hostile)
        shown = await visitor.browser.post(page, form.action or page.url, body, media_type)
        which = (number, form.action or page.url, media_type, body[:300])
        assert shown.status < 500, (which, shown.status, shown.text[:500])
        assert shown.title, which
        assert "<h1" in shown.html, which
        statuses[shown.status] += 1
    print(dict(statuses))


async def forms_of_the_site(visitor: PlainVisitor) -> list[tuple[Page, Form]]:
    found = []
    for path in PAGES:
        page = await visitor.browser.open(path)
        found += forms_of(page)
    return found


async def forms_of_a_request(visitor: PlainVisitor) -> list[tuple[Page, Form]]:
    """Return the forms of each step of a request under way, its documents and its filing."""
    await steps.prepare_request(visitor, steps.new_address())
    start, _, _ = visitor.page.url.rpartition("/")
    pages = [visitor.page, *[await visitor.browser.open(f"{start}/{step}") for step in STEPS]]
    return [form for page in pages for form in forms_of(page)]


def forms_of(page: Page) -> list[tuple[Page, Form]]:
    assert page.status == 200, (page.url, page.text)
    return [(page, form) for form in page.forms if form.method == "POST"]
