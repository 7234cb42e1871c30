"""A hand on the mouse that waits for what it has set in motion."""

import time

from playwright.sync_api import Locator, Page, Request

PATIENCE = 15


def click(what: Locator) -> None:
    """Click, and where that leaves the page, wait until the next one is there: the browser itself does not."""
    page, asked, arrived = what.page, [], []

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            asked.append(request)

    def arrive(_: Page) -> None:
        arrived.append(True)

    page.on("request", note)
    page.on("domcontentloaded", arrive)
    try:
        what.click()
        page.wait_for_timeout(50)
        end = time.monotonic() + PATIENCE
        while asked and not arrived and not asked[-1].failure:
            assert time.monotonic() < end, f"{asked[-1].url} did not come"
            page.wait_for_timeout(20)
    finally:
        page.remove_listener("request", note)
        page.remove_listener("domcontentloaded", arrive)
    page.wait_for_load_state()
