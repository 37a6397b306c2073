"""axe-core on a page: no violation at all, told so that it can be mended."""

import asyncio
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

# WCAG 2.2 AA, which holds RGAA 4.1's criteria that a machine can check, and axe's best practices
_SECONDS = 30
_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


async def accessibility_faults(page: Page) -> list[str]:
    """Return one readable paragraph for each violation on the page as it stands.

    axe is a script: the page must have been opened with JavaScript.
    """
    try:
        async with asyncio.timeout(_SECONDS):
            results = await Axe().run(page, options=_OPTIONS)
    except TimeoutError:
        raise AssertionError(
            f"axe gave no answer: was {page.url} opened without JavaScript?"
        ) from None
    return [_told(violation) for violation in results.response["violations"]]


async def assert_accessible(page: Page) -> None:
    """Fail with every violation on the page, if there is one."""
    faults = await accessibility_faults(page)
    size = page.viewport_size or {"width": 0}
    assert not faults, f"{page.url} at {size['width']} px:\n" + "\n".join(faults)


def _told(violation: dict[str, Any]) -> str:
    lines = [f"- {violation['id']} ({violation['impact']}): {violation['help']}"]
    lines.append(f"  {violation['helpUrl']}")
    for node in violation["nodes"][:5]:
        summary = " ".join(str(node["failureSummary"]).split())
        lines.append(f"    {' '.join(node['target'])}: {node['html'][:160]}")
        lines.append(f"      {summary}")
    return "\n".join(lines)
