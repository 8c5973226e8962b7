import os
import shutil
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.desk import ADDRESS, PASSWORD
from tests.browser.people import person_who_agreed
from tests.factories.tutoring import approved_tutor

# Playwright's synchronous API runs a loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "there is no chromium: make test-browser installs it where it may"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page that fails the test if the browser's console has a complaint."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page = browser.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def refused_page(browser: Browser) -> Iterator[Page]:
    """A page whose console may note a refused request, as browsers do."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def tutor_id() -> UUID:
    person_id = person_who_agreed(email=ADDRESS, password=PASSWORD, display_name="Tea")
    return approved_tutor(
        person_id, rules=[{"weekday": day, "start": "00:00", "end": "24:00"} for day in (1, 2, 3)]
    )
