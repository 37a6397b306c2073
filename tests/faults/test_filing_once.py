"""Filing happens exactly once, whatever is repeated, doubled or killed (REQ-04)."""

import asyncio

import pytest

from deploy.local.stack import Stack
from tests.journeys import steps
from tests.journeys.plain_visitor import PlainVisitor
from tests.support.plain_browser import Page, PlainBrowser
from tests.support.portal import RunningPortal

pytestmark = [pytest.mark.faults, pytest.mark.promise("REQ-04")]
REPETITIONS = 50
TABS = 4
PATIENCE_SECONDS = 1.0
FILE = "Déposer ma demande"
# seconds between the first of the forms and the death of the service
INSTANTS = (0.0, 0.02, 0.05)


async def test_filing_the_same_page_twice_gives_the_same_number(
    portal: RunningPortal, visitor: PlainVisitor
) -> None:
    email, before = steps.new_address(), await portal.count_filed()
    await steps.prepare_request(visitor, email)
    page = visitor.page
    first = await steps.certify_and_file(visitor)
    again = await file_from(visitor.browser, page)
    assert again.url == first.address
    assert steps.NUMBER.findall(again.title) in ([], [first.number])
    assert first.number in again.text
    await assert_filed_once(portal, before, email, first.number)


async def test_two_tabs_file_one_request(portal: RunningPortal, visitor: PlainVisitor) -> None:
    email, before = steps.new_address(), await portal.count_filed()
    await steps.prepare_request(visitor, email)
    other = await visitor.browser.open(visitor.page.url)
    pages = await asyncio.gather(
        file_from(visitor.browser, visitor.page), file_from(visitor.browser, other)
    )
    [number] = {number for page in pages for number in steps.NUMBER.findall(page.text)}
    await assert_filed_once(portal, before, email, number)


async def test_fifty_repetitions_at_once_file_one_request(
    portal: RunningPortal, visitor: PlainVisitor
) -> None:
    email, before = steps.new_address(), await portal.count_filed()
    await steps.prepare_request(visitor, email)
    pages = await asyncio.gather(
        *(file_from(visitor.browser, visitor.page) for _ in range(REPETITIONS))
    )
    assert {page.status for page in pages} == {200}
    assert {page.url for page in pages} == {visitor.page.url.removesuffix("/recapitulatif")}
    [number] = {number for page in pages for number in steps.NUMBER.findall(page.text)}
    await assert_filed_once(portal, before, email, number)


@pytest.mark.promise("AVA-01")
@pytest.mark.parametrize("seconds", INSTANTS)
async def test_a_service_killed_while_it_files_loses_and_doubles_nothing(
    portal: RunningPortal, stack: Stack, visitor: PlainVisitor, seconds: float
) -> None:
    email, before = steps.new_address(), await portal.count_filed()
    await steps.prepare_request(visitor, email)
    repeating = [
        asyncio.create_task(file_at_last(visitor.browser, visitor.page)) for _ in range(TABS)
    ]
    await asyncio.sleep(seconds)
    await asyncio.to_thread(stack.kill, "procedures")
    pages = await asyncio.gather(*repeating)
    [number] = {number for page in pages for number in steps.NUMBER.findall(page.text)}
    await portal.await_recovery()
    await assert_filed_once(portal, before, email, number)


async def file_from(browser: PlainBrowser, page: Page) -> Page:
    """Certify and file from a page that may be an old one."""
    form, _button = page.pressed(FILE)
    return await browser.submit(page, form, {"certified": "yes"})


async def file_at_last(browser: PlainBrowser, page: Page) -> Page:
    """File, and do what the page proposes as long as the service does not answer."""
    shown = await file_from(browser, page)
    while shown.status == 503:
        await asyncio.sleep(PATIENCE_SECONDS)
        shown = await try_again(browser, shown)
    assert shown.status == 200, shown.text
    return shown


async def try_again(browser: PlainBrowser, page: Page) -> Page:
    if "again" in [name for form in page.forms for name in form.names]:
        form, _button = page.pressed("Reprendre")
        return await browser.submit(page, form)
    return await browser.open(page.link("Réessayer"))


async def assert_filed_once(portal: RunningPortal, before: int, email: str, number: str) -> None:
    """One more request in the database, one acknowledgement in the mailbox, found by its number."""
    [mail] = await portal.mails(email)
    assert number in mail["text"]
    code = steps.CODE.search(mail["text"])
    assert code is not None
    async with PlainBrowser(portal.url) as browser:
        later = PlainVisitor(browser)
        await steps.follow_file(later, number, code[0])
        assert (await later.title()).startswith(f"Dossier {number}")
        assert later.page.text.count("Demande déposée") == 1
    assert await portal.count_filed() == before + 1
