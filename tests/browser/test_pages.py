"""The pages in a browser, with their Content Security Policy."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contexts.identity import api as identity
from contexts.shared.kernel import now
from tests.browser.people import person_who_agreed
from tests.factories.courses import published_course

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a long enough password"


def _admin(email: str) -> None:
    user_id = person_who_agreed(email=email, password=PASSWORD, display_name="Admin")
    identity.grant_role(user_id=user_id, role="admin", now=now())


class TestStartPage:
    def test_shows_a_newcomer_what_is_here(self, live_server: Any, page: Page) -> None:
        course = published_course()

        page.goto(live_server.url)

        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Learn a language with the whole world"
        )
        expect(page.get_by_role("link", name=course.key)).to_be_visible()
        expect(page.get_by_text("emma@demo.example")).to_be_visible()

    def test_speaks_the_language_of_the_browser(self, live_server: Any, page: Page) -> None:
        page.set_extra_http_headers({"Accept-Language": "es"})

        page.goto(live_server.url)

        expect(page.locator("html")).to_have_attribute("lang", "es")

    def test_is_styled(self, live_server: Any, page: Page) -> None:
        page.goto(live_server.url)

        assert page.evaluate("getComputedStyle(document.body).maxWidth") == "736px"


class TestApiDocs:
    def test_list_the_operations(self, live_server: Any, page: Page) -> None:
        page.goto(f"{live_server.url}/api/docs")

        expect(page.locator(".opblock").first).to_be_visible(timeout=20_000)


class TestAdmin:
    def test_takes_an_address_in_any_case_and_shows_people(
        self, live_server: Any, page: Page
    ) -> None:
        _admin("boss@example.org")
        page.goto(f"{live_server.url}/admin/")

        page.fill("input[name=username]", "Boss@Example.org")
        page.fill("input[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.goto(f"{live_server.url}/admin/identity/user/")

        expect(page.get_by_text("boss@example.org").first).to_be_visible()

    def test_refuses_a_wrong_password(self, live_server: Any, page: Page) -> None:
        _admin("boss@example.org")
        page.goto(f"{live_server.url}/admin/")

        page.fill("input[name=username]", "boss@example.org")
        page.fill("input[name=password]", "not the password")
        page.click("[type=submit]")

        expect(page).to_have_url(f"{live_server.url}/admin/login/?next=/admin/")
