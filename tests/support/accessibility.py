"""axe-core on a page: no violation at all, told so that it can be mended."""

import asyncio
from functools import cache
from pathlib import Path
from typing import Any, Literal

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
_ALL_BUT_CONTRAST = {**_ALL_RULES, "rules": {"color-contrast": {"enabled": False}}}
Looks = tuple[tuple[int, Literal["light", "dark"], dict[str, Any]], ...]
LOOKS: Looks = (
    (WIDE, "light", _ALL_RULES),
    (WIDE, "dark", _CONTRAST),
    (NARROW, "light", _ALL_RULES),
    (NARROW, "dark", _CONTRAST),
)
FEWER_LOOKS: Looks = (
    (WIDE, "light", _ALL_RULES),
    (NARROW, "light", _ALL_BUT_CONTRAST),
    (NARROW, "dark", _CONTRAST),
)
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
    await _assert_accessible_in(page, LOOKS)


async def assert_accessible_in_most_looks(page: Page) -> None:
    """Do the same for many pages, in half the time: each width, each theme, but not all four."""
    await _assert_accessible_in(page, FEWER_LOOKS)


async def _assert_accessible_in(page: Page, looks: Looks) -> None:
    told = []
    for width, scheme, rules in looks:
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        await page.emulate_media(color_scheme=scheme)
        look = f"{page.url} at {width} px, {scheme}"
        told += [f"{look}:\n{fault}" for fault in await accessibility_faults(page, rules)]
        if wide := await page.evaluate(_OVERFLOW):
            told.append(f"{look}: wider than the window: {wide}")
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
