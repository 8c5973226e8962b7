"""Making an account in a real browser, and being asked about the terms."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import assert_accessible
from tests.factories.identity import PASSWORD, UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db(transaction=True)

WORDS: dict[str, dict[str, str]] = {
    "en-GB": {
        "address": "E-mail address",
        "password": "Password",
        "box": "I have read the terms of use and agree to them.",
        "research": "Use my answers and my progress",
        "button": "Create the account",
        "error": "Agree to the terms of use to make an account.",
        "done": "a mail is on its way",
    },
    "es-ES": {
        "address": "Dirección de correo",
        "password": "Contraseña",
        "box": "He leído las condiciones de uso y las acepto.",
        "research": "Usar mis respuestas y mi progreso",
        "button": "Crear la cuenta",
        "error": "Acepta las condiciones de uso para crear una cuenta.",
        "done": "hay un correo en camino",
    },
}


@pytest.fixture(params=sorted(WORDS))
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, Any]]:
    """A page of a reader of a language, and the words that they see."""
    context = browser.new_context(locale=request.param)
    yield context.new_page(), WORDS[request.param]
    context.close()


class TestSigningUp:
    def test_without_the_box_keeps_what_was_typed_and_says_so_at_the_box(
        self, live_server: Any, reader: tuple[Page, dict[str, str]]
    ) -> None:
        page, words = reader
        page.goto(f"{live_server.url}/account/sign-up")
        assert page.locator("input[type=checkbox]:checked").count() == 0
        page.get_by_label(words["address"]).fill("ana@example.org")
        page.get_by_label(words["password"]).fill(PASSWORD)
        page.get_by_label(words["research"]).check()

        page.get_by_role("button", name=words["button"]).click()

        box = page.locator("div.box", has=page.get_by_label(words["box"]))
        expect(box.get_by_text(words["error"])).to_be_visible()
        expect(page.get_by_label(words["address"])).to_have_value("ana@example.org")
        expect(page.get_by_label(words["password"])).to_have_value(PASSWORD)
        expect(page.get_by_label(words["research"])).to_be_checked()
        expect(page.get_by_label(words["box"])).not_to_be_checked()
        assert_accessible(page)
        assert not User.objects.exists()

        page.get_by_label(words["box"]).check()
        page.get_by_role("button", name=words["button"]).click()

        expect(page.get_by_role("status")).to_contain_text(words["done"])
        assert User.objects.get().email == "ana@example.org"

    def test_shows_the_terms_beside_the_form(
        self, live_server: Any, reader: tuple[Page, dict[str, str]]
    ) -> None:
        page, words = reader
        page.goto(f"{live_server.url}/account/sign-up")
        page.get_by_label(words["address"]).fill("ana@example.org")

        with page.context.expect_page() as opened:
            page.locator("form a[href^='/terms/']").click()

        expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(opened.value)
        expect(page.get_by_label(words["address"])).to_have_value("ana@example.org")


class TestSigningIn:
    def test_asks_about_the_terms_and_goes_on_to_the_page(
        self, live_server: Any, page: Page
    ) -> None:
        user = UserFactory(agreed="")
        page.goto(f"{live_server.url}/account/")
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Our terms of use")
        assert_accessible(page)
        page.get_by_role("button", name="I agree to the terms of use").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
        assert user.agreements.get().face == "page"
