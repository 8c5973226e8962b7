"""The tutors' pages in a real browser: used by keyboard, on a narrow screen, and checked by axe."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from contexts.shared.kernel import now
from contexts.tutoring import queries
from tests.browser.barriers import assert_accessible
from tests.browser.people import person_who_agreed
from tests.factories.tutoring import (
    LessonFactory,
    PersonFactory,
    approved_tutor,
    book,
    held,
    learner_with,
    on_the_hour,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a long enough password"
ADDRESS = "teacher@example.org"


@pytest.fixture
def tutor_id() -> UUID:
    person_id = person_who_agreed(email=ADDRESS, password=PASSWORD, display_name="Tea")
    return approved_tutor(
        person_id, rules=[{"weekday": day, "start": "00:00", "end": "24:00"} for day in (1, 2, 3)]
    )


@pytest.fixture
def refused_page(browser: Browser) -> Iterator[Page]:
    """A page whose console may note a refused request, as browsers do."""
    page = browser.new_page()
    yield page
    page.close()


def _learner() -> UUID:
    return learner_with(3, PersonFactory(display_name="Leo").pk)


def _sign_in(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/tutoring/")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Next lessons")


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
        _sign_in(page, live_server)

        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{live_server.url}/tutoring/week")

        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to teach")


class TestRequests:
    def test_show_the_latest_wish_first(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        pair = {"tutor_id": tutor_id, "learner_id": _learner()}
        soon, later = now() + timedelta(days=2), now() + timedelta(days=4)
        LessonFactory(**pair, starts_at=later, moved=1, changed_at=now())
        LessonFactory(**pair, starts_at=soon, changed_at=now() - timedelta(hours=1))
        LessonFactory(**pair, starts_at=now() - timedelta(days=2), changed_at=now())
        _sign_in(page, live_server)

        page.get_by_role("link", name="Requests").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Requests")
        expect(page.get_by_role("listitem")).to_contain_text(["Moved", "Booked"])
        expect(page.get_by_role("link", name="Requests")).to_have_attribute("aria-current", "page")
        assert_accessible(page)

    def test_say_when_there_is_none(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        _sign_in(page, live_server)

        page.get_by_role("link", name="Requests").click()

        expect(page.get_by_text("Nobody has booked a lesson yet.")).to_be_visible()
        assert_accessible(page)


class TestNextLessons:
    def test_say_when_there_is_none(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        _sign_in(page, live_server)

        expect(page.get_by_text("Nobody has booked a lesson yet.")).to_be_visible()
        assert_accessible(page)

    def test_open_the_room_when_it_is_time(
        self, live_server: Any, page: Page, tutor_id: UUID
    ) -> None:
        pair = {"tutor_id": tutor_id, "learner_id": _learner()}
        soon = LessonFactory(**pair, starts_at=now() + timedelta(minutes=5))
        LessonFactory(**pair, starts_at=now() + timedelta(days=2))
        LessonFactory(**pair, starts_at=now() - timedelta(hours=3))
        _sign_in(page, live_server)

        room = page.get_by_role("link", name="Enter the room").get_attribute("href")

        assert room == f"/tutoring/lessons/{soon.pk}/room"
        assert_accessible(page)

    def test_are_concluded_by_keyboard(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        pair = {"tutor_id": tutor_id, "learner_id": _learner()}
        lesson = held(LessonFactory(**pair, starts_at=now() - timedelta(hours=3)), "tutor")
        _sign_in(page, live_server)

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
        lesson_id = book(_learner(), tutor_id, at)
        _sign_in(page, live_server)

        page.get_by_role("button", name="Cancel this lesson").click()
        assert queries.lesson(lesson_id, seen_by=tutor_id).state == "booked"
        assert_accessible(page)
        page.get_by_role("button", name="Yes, cancel it").click()

        expect(page.get_by_role("status")).to_contain_text("canceled")
        assert queries.lesson(lesson_id, seen_by=tutor_id).state == "canceled"


class TestTheWeek:
    def test_shows_hours_and_lessons(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        LessonFactory(tutor_id=tutor_id, learner_id=_learner(), starts_at=now())
        _sign_in(page, live_server)

        page.get_by_role("link", name="Week", exact=True).click()

        expect(page.get_by_text("00:00–24:00")).to_have_count(3)
        expect(page.get_by_text("No hours")).to_have_count(4)
        expect(page.get_by_text("Leo")).to_be_visible()
        assert_accessible(page)

    def test_turns_its_pages(self, live_server: Any, page: Page, tutor_id: UUID) -> None:
        _sign_in(page, live_server)
        page.goto(f"{live_server.url}/tutoring/week?from=2026-03-25")

        page.get_by_role("link", name="The week after").click()

        expect(page.get_by_role("heading", name="Monday 30 March")).to_be_visible()


class TestTheHours:
    def _open(self, page: Page, live_server: Any) -> None:
        _sign_in(page, live_server)
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


class TestTheProfile:
    def test_is_changed_paused_and_left_by_keyboard_and_mouse(
        self, live_server: Any, page: Page, tutor_id: UUID
    ) -> None:
        _sign_in(page, live_server)
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
        _sign_in(refused_page, live_server)
        refused_page.get_by_role("link", name="Profile").click()
        refused_page.get_by_label("Introduction").fill("Write to me@example.com")
        refused_page.get_by_role("button", name="Save").click()

        expect(refused_page.get_by_role("alert").first).to_contain_text("cannot contain addresses")
        expect(refused_page.get_by_label("Introduction")).to_have_value("Write to me@example.com")
        assert_accessible(refused_page)
        assert "@" not in queries.application(tutor_id).introduction
