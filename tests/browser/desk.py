"""A tutor at the desk."""

from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.factories.tutoring import (
    PersonFactory,
    learner_with,
)

PASSWORD = "a long enough password"


ADDRESS = "teacher@example.org"


def learner() -> UUID:
    return learner_with(3, PersonFactory(display_name="Leo").pk)


def sign_in(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/tutoring/")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Next lessons")
