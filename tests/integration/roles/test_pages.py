"""Each page and each list of the admin answers each role as its row says."""

from copy import deepcopy
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.integration.roles.watching import Watch
from tests.operations.pages import PAGES, open_page, served_pages
from tests.operations.roles import EVERYBODY, ROLES, STAFF, TUTORS
from tests.operations.world import undone

# The staff that sees the lists of an app; all other staff is refused, everybody else signs in.
READERS = {
    **{
        app: {"support", "admin"}
        for app in ("identity", "courses", "tutoring", "messaging", "mailing")
    },
    "audit": {"admin"},
    "community": {"moderator", "support", "admin"},
    "billing": {"support", "finance", "admin"},
}
LISTS = {model._meta.label_lower: model for model in admin.site._registry}


@pytest.fixture(scope="module")
def cookies(watch: Watch) -> dict[str, Any]:
    """The cookies of a browser in which each role has signed in."""
    found = {}
    for role, person in watch.world.people.items():
        browser = Client()
        browser.force_login(person)
        found[role] = browser.cookies
    watch.remember()
    return found


def _browser(cookies: dict[str, Any], role: str) -> Client:
    browser = Client(raise_request_exception=False)
    browser.cookies = deepcopy(cookies.get(role, browser.cookies))
    return browser


class TestTheRows:
    def test_are_there_for_every_page_and_no_other(self) -> None:
        assert set(served_pages()) == set(PAGES)

    def test_name_every_role(self) -> None:
        assert {name for name, page in PAGES.items() if set(page.row()) != EVERYBODY} == set()

    def test_are_there_for_every_app_of_the_admin_and_no_other(self) -> None:
        assert {label.split(".")[0] for label in LISTS} == set(READERS)

    def test_keep_a_tutors_desk_for_tutors(self) -> None:
        desks = {
            role
            for name, page in PAGES.items()
            if " tutoring-" in name and "tutoring-sign" not in name
            for role, status in page.row().items()
            if status < 300
        }

        assert desks == TUTORS


@pytest.mark.django_db
class TestAPage:
    @pytest.mark.parametrize("name", PAGES)
    def test_answers_each_role_as_its_row_says(
        self, name: str, watch: Watch, cookies: dict[str, Any]
    ) -> None:
        page = PAGES[name]

        responses, secrets, changes = watch.answers(
            lambda role: open_page(watch.world, name, _browser(cookies, role)), tells=page.tells
        )

        assert {role: response.status_code for role, response in responses.items()} == page.row()
        assert secrets == {}
        assert changes == page.moves


@pytest.mark.django_db
class TestAList:
    @pytest.mark.parametrize("label", LISTS)
    def test_opens_for_its_readers_alone(
        self, label: str, watch: Watch, cookies: dict[str, Any]
    ) -> None:
        url = reverse(f"admin:{label.replace('.', '_')}_changelist")
        readers = READERS[label.split(".", maxsplit=1)[0]]
        found = {}
        for role in ROLES:
            with undone():
                found[role] = _browser(cookies, role).get(url).status_code

        assert {role for role, status in found.items() if status == 200} == readers
        assert {role for role, status in found.items() if status == 403} == STAFF - readers
        assert {role for role, status in found.items() if status == 302} == EVERYBODY - STAFF
