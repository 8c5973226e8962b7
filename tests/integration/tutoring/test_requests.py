"""What a tutor is shown of learners' wishes, and a calendar of a lesson's changes."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from contexts.shared.kernel import now
from contexts.tutoring import api, queries
from contexts.tutoring.models import Lesson
from tests.factories.tutoring import approved_tutor, booked, on_the_hour

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


class TestRequests:
    @pytest.mark.parametrize("part", ["learner", "tutor"])
    def test_keep_their_time_and_order_when_a_room_is_entered(self, part: str) -> None:
        tutor_id, starts_at = approved_tutor(), on_the_hour()
        first, second = (
            booked(tutor_id=tutor_id, starts_at=starts_at + timedelta(hours=hours))
            for hours in (0, 1)
        )
        entering = starts_at - 5 * MINUTE
        before = queries.requests(tutor_id, now=entering)

        person_id = first.learner_id if part == "learner" else first.tutor_id
        assert person_id is not None
        api.enter_room(lesson_id=first.pk, person_id=person_id, now=entering)

        after = queries.requests(tutor_id, now=entering)
        assert [one.lesson.id for one in before] == [second.pk, first.pk]
        assert [(one.lesson.id, one.at) for one in after] == [
            (one.lesson.id, one.at) for one in before
        ]

    def test_tell_when_a_lesson_was_moved(self) -> None:
        lesson = booked()
        moved_at = now() + MINUTE
        assert lesson.learner_id is not None
        assert lesson.tutor_id is not None

        api.reschedule_lesson(
            lesson_id=lesson.pk,
            by=lesson.learner_id,
            starts_at=lesson.starts_at + timedelta(hours=1),
            now=moved_at,
        )

        (request,) = queries.requests(lesson.tutor_id, now=moved_at)
        assert request.at == moved_at


class TestACalendar:
    def test_is_as_it_was_after_a_room_was_entered(self) -> None:
        lesson = booked()
        learner_id = lesson.learner_id
        assert learner_id is not None
        token = api.rotate_calendar(person_id=learner_id, now=now())
        before = api.calendar(token=token, now=lesson.starts_at)
        assert before is not None

        api.enter_room(lesson_id=lesson.pk, person_id=learner_id, now=lesson.starts_at)

        assert api.calendar(token=token, now=lesson.starts_at) == before
        (event,) = Calendar.from_ical(before).walk("VEVENT")
        assert event["LAST-MODIFIED"].dt == lesson.changed_at.replace(microsecond=0)
        assert Lesson.objects.get(pk=lesson.pk).learner_entered_at == lesson.starts_at
