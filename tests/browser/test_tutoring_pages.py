"""The tutors' pages in a real browser: used by keyboard, on a narrow screen, and checked by axe."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from contexts.shared.kernel import now
from contexts.tutoring import queries
from tests.browser.barriers import assert_accessible
from tests.browser.desk import ADDRESS, PASSWORD, learner, sign_in
from tests.browser.people import person_who_agreed
from tests.factories.tutoring import (
    LessonFactory,
    book,
    held,
    on_the_hour,
)

pytestmark = pytest.mark.django_db(transaction=True)


class TestSigningIn:
    def test_leads_to_the_page_that_was_asked_for(
        self, live_server: Any, page: Page, tutor_id: UUID
    ) -> None:
        page.goto(f"{live_server.url}/tutoring/hours")
        assert_accessible(page)
        page.get_by_label("E-mail address").fill("Teacher@Example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

        expect(page).to_have_url(f"{live_server.url}/tutoring/hours")

    def test_with_a_wrong_password_says_so(
        self, live_server: Any, page: Page, tutor_id: UUID
    ) -> None:
        page.goto(f"{live_server.url}/tutoring/sign-in")
        page.get_by_label("E-mail address").fill(ADDRESS)
        page.get_by_label("Password").fill("not the password")
        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_text("Please enter a correct")).to_be_visible()
        assert_accessible(page)

    def test_ends_with_signing_out(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        sign_in(page, live_server)

        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{live_server.url}/tutoring/week")

        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to teach")


class TestRequests:
    def test_show_the_latest_wish_first(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        pair = {"tutor_id": tutor_id, "learner_id": learner()}
        soon, later = now() + timedelta(days=2), now() + timedelta(days=4)
        LessonFactory(**pair, starts_at=later, moved=1, changed_at=now())
        LessonFactory(**pair, starts_at=soon, changed_at=now() - timedelta(hours=1))
        LessonFactory(**pair, starts_at=now() - timedelta(days=2), changed_at=now())
        sign_in(page, live_server)

        page.get_by_role("link", name="Requests").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Requests")
        expect(page.get_by_role("listitem")).to_contain_text(["Moved", "Booked"])
        expect(page.get_by_role("link", name="Requests")).to_have_attribute("aria-current", "page")
        assert_accessible(page)

    def test_say_when_there_is_none(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        sign_in(page, live_server)

        page.get_by_role("link", name="Requests").click()

        expect(page.get_by_text("Nobody has booked a lesson yet.")).to_be_visible()
        assert_accessible(page)


class TestNextLessons:
    def test_say_when_there_is_none(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        sign_in(page, live_server)

        expect(page.get_by_text("Nobody has booked a lesson yet.")).to_be_visible()
        assert_accessible(page)

    def test_open_the_room_when_it_is_time(
        self, live_server: Any, page: Page, tutor_id: UUID
    ) -> None:
        pair = {"tutor_id": tutor_id, "learner_id": learner()}
        soon = LessonFactory(**pair, starts_at=now() + timedelta(minutes=5))
        LessonFactory(**pair, starts_at=now() + timedelta(days=2))
        LessonFactory(**pair, starts_at=now() - timedelta(hours=3))
        sign_in(page, live_server)

        room = page.get_by_role("link", name="Enter the room").get_attribute("href")

        assert room == f"/tutoring/lessons/{soon.pk}/room"
        assert_accessible(page)

    def test_are_concluded_by_keyboard(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        pair = {"tutor_id": tutor_id, "learner_id": learner()}
        lesson = held(LessonFactory(**pair, starts_at=now() - timedelta(hours=3)), "tutor")
        sign_in(page, live_server)

        page.get_by_role("button", name="It took place").focus()
        page.keyboard.press("Enter")

        expect(page.get_by_role("status")).to_have_text("The lesson is completed.")
        assert queries.lesson(lesson.pk, seen_by=tutor_id).state == "completed"

    def test_are_canceled(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        at = next(
            day
            for day in (on_the_hour(days=n) for n in range(2, 9))
            if day.isoweekday() in {1, 2, 3}
        )
        lesson_id = book(learner(), tutor_id, at)
        sign_in(page, live_server)

        page.get_by_role("button", name="Cancel this lesson").click()
        assert queries.lesson(lesson_id, seen_by=tutor_id).state == "booked"
        assert_accessible(page)
        page.get_by_role("button", name="Yes, cancel it").click()

        expect(page.get_by_role("status")).to_contain_text("canceled")
        assert queries.lesson(lesson_id, seen_by=tutor_id).state == "canceled"


class TestTheWeek:
    def test_shows_hours_and_lessons(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        LessonFactory(tutor_id=tutor_id, learner_id=learner(), starts_at=now())
        sign_in(page, live_server)

        page.get_by_role("link", name="Week", exact=True).click()

        expect(page.get_by_text("00:00–24:00")).to_have_count(3)
        expect(page.get_by_text("No hours")).to_have_count(4)
        expect(page.get_by_text("Leo")).to_be_visible()
        assert_accessible(page)

    def test_turns_its_pages(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        sign_in(page, live_server)
        page.goto(f"{live_server.url}/tutoring/week?from=2026-03-25")

        page.get_by_role("link", name="The week after").click()

        expect(page.get_by_role("heading", name="Monday 30 March")).to_be_visible()


class TestALearner:
    def test_is_told_that_these_pages_are_for_tutors(
        self, live_server: Any, refused_page: Page
    ) -> None:
        page = refused_page
        person_who_agreed(email=ADDRESS, password=PASSWORD, display_name="Leo")
        page.goto(f"{live_server.url}/tutoring/sign-in")
        page.get_by_label("E-mail address").fill(ADDRESS)
        page.get_by_label("Password").fill(PASSWORD)

        with page.expect_response(f"{live_server.url}/tutoring/") as answered:
            page.get_by_role("button", name="Sign in").click()

        assert answered.value.status == 403
        expect(page.get_by_role("heading", level=1)).to_have_text("You do not teach here")
        assert_accessible(page)
