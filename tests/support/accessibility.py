"""axe-core on a page: no violation at all, told so that it can be mended."""

import asyncio
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.async_api import Page

from tests.support.browser import HEIGHT, NARROW, WIDE

# WCAG 2.2 AA, which holds RGAA 4.1's criteria that a machine can check, and axe's best practices
_SECONDS = 30
_ALL_RULES: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# the only one that a theme changes
_CONTRAST: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
}
_RUN = "options => axe.run(document, options).then(results => results.violations)"
_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.querySelectorAll("body *")].filter(
    element => element.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 3).map(element => element.outerHTML.slice(0, 120)).join(" | ") || "?";
}"""


async def accessibility_faults(page: Page, rules: dict[str, Any] = _ALL_RULES) -> list[str]:
    """Return one readable paragraph for each violation on the page as it stands.

    axe is a script: the page must have been opened with JavaScript.
    """
    try:
        async with asyncio.timeout(_SECONDS):
            if not await page.evaluate("() => 'axe' in window"):
                await page.evaluate(_axe())
            violations = await page.evaluate(_RUN, rules)
    except TimeoutError:
        raise AssertionError(
            f"axe gave no answer: was {page.url} opened without JavaScript?"
        ) from None
    return [_told(violation) for violation in violations]


async def assert_accessible(page: Page) -> None:
    """Fail with every violation on the page, if there is one."""
    faults = await accessibility_faults(page)
    size = page.viewport_size or {"width": 0}
    assert not faults, f"{page.url} at {size['width']} px:\n" + "\n".join(faults)


async def assert_accessible_in_every_look(page: Page) -> None:
    """Fail with every violation at both widths in both themes, and on anything too wide."""
    told = []
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme, rules in (("light", _ALL_RULES), ("dark", _CONTRAST)):
            await page.emulate_media(color_scheme=scheme)
            look = f"{page.url} at {width} px, {scheme}"
            told += [f"{look}:\n{fault}" for fault in await accessibility_faults(page, rules)]
        if wide := await page.evaluate(_OVERFLOW):
            told.append(f"{page.url} at {width} px: wider than the window: {wide}")
    assert not told, "\n".join(told)


@cache
def _axe() -> str:
    [script] = Path(axe_playwright_python.__file__).parent.glob("**/axe.min.js")
    return script.read_text(encoding="utf-8")


def _told(violation: dict[str, Any]) -> str:
    lines = [f"- {violation['id']} ({violation['impact']}): {violation['help']}"]
    lines.append(f"  {violation['helpUrl']}")
    for node in violation["nodes"][:5]:
        summary = " ".join(str(node["failureSummary"]).split())
        lines.append(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}")
        lines.append(f"      {summary}")
    return "\n".join(lines)
