"""A tutor's hours and profile in a real browser."""

from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from contexts.tutoring import queries
from tests.browser.barriers import assert_accessible
from tests.browser.desk import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


class TestTheHours:
    def _open(self, page: Page, live_server: Any) -> None:
        sign_in(page, live_server)
        page.get_by_role("link", name="Hours", exact=True).click()

    def test_are_added_and_removed(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        self._open(page, live_server)
        form = page.get_by_role("group", name="Weekly hours")

        form.get_by_label("Day").select_option("Friday")
        form.get_by_label("From").select_option("13:00")
        form.get_by_label("To").select_option("18:00")
        form.get_by_role("button", name="Add hours").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Saved.")
        added = queries.availability(tutor_id).rules
        page.get_by_role("button", name="Remove Friday, 13:00 to 18:00").click()
        expect(page.get_by_role("status")).to_have_text("Saved.")

        assert (5, "13:00", "18:00") in [(rule.weekday, rule.start, rule.end) for rule in added]
        assert len(queries.availability(tutor_id).rules) == 3
        assert_accessible(page)

    def test_that_overlap_are_refused_where_they_were_typed(
        self, live_server: Any, refused_page: Page, tutor_id: UUID
    ) -> None:
        page = refused_page
        self._open(page, live_server)
        form = page.get_by_role("group", name="Weekly hours")

        form.get_by_label("Day").select_option("Monday")
        form.get_by_role("button", name="Add hours").click()

        expect(
            page.get_by_text("Two periods of one day overlap. Change one of them.")
        ).to_be_visible()
        assert len(queries.availability(tutor_id).rules) == 3
        assert_accessible(page)

    def test_have_days_off(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        self._open(page, live_server)
        form = page.get_by_role("group", name="A day off")

        form.get_by_label("Date").fill("2030-01-31")
        form.get_by_role("button").click()
        expect(page.get_by_text("2030-01-31: day off")).to_be_visible()
        [day] = queries.availability(tutor_id).overrides
        page.get_by_role("button", name="Remove 2030-01-31").click()
        expect(page.get_by_role("status")).to_have_text("Saved.")

        assert (day.date.isoformat(), day.off, day.hours) == ("2030-01-31", True, [])
        assert queries.availability(tutor_id).overrides == []

    def test_are_cut_as_the_tutor_likes(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        self._open(page, live_server)
        form = page.get_by_role("group", name="Lesson settings")

        form.get_by_label("Time zone").fill("Asia/Kathmandu")
        form.get_by_label("Policy of new lessons").select_option("graded.v1")
        form.get_by_role("button", name="Save").click()

        expect(page.get_by_text("Times are in Asia/Kathmandu.")).to_be_visible()
        assert queries.availability(tutor_id).policy == "graded.v1"


class TestTheProfile:
    def test_is_changed_paused_and_left_by_keyboard_and_mouse(
        self, live_server: Any, page: Page, tutor_id: UUID
    ) -> None:
        sign_in(page, live_server)
        page.get_by_role("link", name="Profile").click()
        page.get_by_label("Introduction").fill("I teach slowly.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status")).to_have_text("Your profile is saved.")

        page.get_by_label("Reason").select_option("Holiday")
        page.get_by_role("button", name="Take no bookings").press("Enter")
        expect(page.get_by_text("Learners cannot book you until you say so.")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Take bookings again").click()
        expect(page.get_by_role("button", name="Take no bookings")).to_be_visible()

        page.get_by_role("link", name="Stop teaching").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Stop teaching?")
        page.get_by_role("button", name="Yes, stop teaching").click()
        expect(page.get_by_role("status")).to_have_text("You have stopped teaching.")
        assert queries.application(tutor_id).state == "left"
        assert queries.application(tutor_id).introduction == "I teach slowly."

    def test_keeps_a_refused_introduction(
        self, live_server: Any, refused_page: Page, tutor_id: UUID
    ) -> None:
        sign_in(refused_page, live_server)
        refused_page.get_by_role("link", name="Profile").click()
        refused_page.get_by_label("Introduction").fill("Write to me@example.com")
        refused_page.get_by_role("button", name="Save").click()

        expect(refused_page.get_by_role("alert").first).to_contain_text("cannot contain addresses")
        expect(refused_page.get_by_label("Introduction")).to_have_value("Write to me@example.com")
        assert_accessible(refused_page)
        assert "@" not in queries.application(tutor_id).introduction
