"""Every page of the portal, rendered without a service."""

from functools import cache

from jinja2 import Environment

from tests.gateway.templates.environment import make_environment
from tests.gateway.templates.pages import COMMON, PAGES


def rendered(case: str) -> str:
    """Return the HTML of a case of `PAGES`."""
    template, context = PAGES[case]
    return _environment().get_template(template).render(COMMON | context)


@cache
def _environment() -> Environment:
    return make_environment("fr")
