"""Every page is checked by axe: the table has a row for each route."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import Browser, Page

from contexts.identity import api as identity
from contexts.shared.kernel import now
from tests.browser.barriers import assert_accessible, serious
from tests.browser.every_page import NO_PAGE, NOT_OURS, PAGES, signed_in
from tests.browser.people import person_who_agreed
from tests.factories.community import opened_text
from tests.operations.pages import NAMES

User = get_user_model()


pytestmark = pytest.mark.django_db(transaction=True)


CASES = [(name, state) for name, states in PAGES.items() for state in states]


@pytest.fixture
def quiet_page(browser: Browser, settings: Any, live_server: Any) -> Any:
    """Return a page of its own context, whose console may note a refused request."""
    settings.PUBLIC_URL = live_server.url
    context = browser.new_context()
    yield context.new_page()
    context.close()


class TestTheTable:
    def test_has_a_row_for_every_page(self) -> None:
        assert set(PAGES) | set(NO_PAGE) == NAMES
        assert set(PAGES).isdisjoint(NO_PAGE)


class TestAPage:
    @pytest.mark.parametrize(("name", "state"), CASES)
    def test_has_no_serious_barrier(
        self, name: str, state: str, live_server: Any, quiet_page: Page
    ) -> None:
        PAGES[name][state](quiet_page, live_server)

        assert_accessible(quiet_page, beside=NOT_OURS.get(name, {}))


def _staff() -> User:
    user_id = person_who_agreed(email="s@example.org", password="a long secret", display_name="S")
    identity.grant_role(user_id=user_id, role="admin", now=now())
    return User.objects.get(pk=user_id)


class TestTheAdmin:
    def test_has_no_serious_barrier(self, live_server: Any, quiet_page: Page) -> None:
        opened_text()
        quiet_page.goto(live_server.url + reverse("admin:login"))
        found = {"login": serious(quiet_page)}
        signed_in(quiet_page, live_server, _staff())
        pages = {
            model._meta.label: f"{model._meta.app_label}_{model._meta.model_name}_changelist"
            for model in admin.site._registry
        }
        for label, name in {"index": "index", **pages}.items():
            quiet_page.goto(live_server.url + reverse(f"admin:{name}"))
            found[label] = serious(quiet_page)

        assert {label: bad for label, bad in found.items() if bad} == {}
