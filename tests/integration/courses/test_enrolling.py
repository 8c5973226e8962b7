from pathlib import Path
from uuid import UUID

import pytest

from contexts.courses import api, queries
from contexts.courses.models import Course, CourseVersion, Enrollment, Memory
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.courses import TINY, EnrollmentFactory
from tests.integration.courses.learners import answer, complete, finish, learner_of, revised
from tests.parallel import at_once


def _enroll(learner_id: UUID, course: str = "tiny") -> UUID:
    return api.enroll(enrollment_id=new_id(), learner_id=learner_id, course=course, now=now())


def _told(fact: str) -> int:
    return StoredEvent.objects.filter(name=f"courses.{fact}.v1").count()


@pytest.mark.django_db
class TestEnrolling:
    def test_begins_the_course_on_its_current_version(self, course: Course) -> None:
        learner_id = new_id()

        enrollment_id = _enroll(learner_id)

        row = Enrollment.objects.get()
        assert (row.pk, row.learner_id, row.version_id) == (
            enrollment_id,
            learner_id,
            course.current_id,
        )
        [event] = StoredEvent.objects.all()
        assert (event.name, event.subject) == ("courses.learner_enrolled.v1", str(learner_id))

    def test_twice_gives_the_first_enrollment(self, course: Course) -> None:
        learner_id = new_id()

        first, second = _enroll(learner_id), _enroll(learner_id)

        assert first == second
        assert Enrollment.objects.count() == 1
        assert _told("learner_enrolled") == 1

    @pytest.mark.parametrize("key", ["nothing", "", "TINY", "tiny ", "x" * 200])
    def test_in_an_unknown_course_is_refused(self, key: str, course: Course) -> None:
        with pytest.raises(api.CourseNotFound):
            _enroll(new_id(), key)

        assert not Enrollment.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestEnrollingAtOnce:
    def test_makes_one_enrollment_for_all_calls(self, course: Course) -> None:
        learner_id = new_id()

        outcomes = at_once(lambda _: _enroll(learner_id), times=20)

        assert set(outcomes) == {Enrollment.objects.get().pk}
        assert _told("learner_enrolled") == 1


@pytest.mark.django_db
class TestPublishing:
    def test_the_same_pack_again_changes_nothing(self, course: Course) -> None:
        published = api.publish_pack(TINY, now=now())

        assert not published
        assert CourseVersion.objects.count() == 1

    def test_another_content_makes_the_next_version(self, course: Course, tmp_path: Path) -> None:
        published = api.publish_pack(revised(tmp_path, TINY), now=now())

        assert published
        numbers = CourseVersion.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [1, 2]
        assert Course.objects.select_related("current").get().current.number == 2

    def test_a_broken_pack_is_refused_whole(self, course: Course, tmp_path: Path) -> None:
        broken = revised(tmp_path, TINY)
        (broken / "units/cafe.yaml").unlink()

        with pytest.raises(api.PackRefused):
            api.publish_pack(broken, now=now())

        assert CourseVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestPublishingAtOnce:
    def test_makes_one_version(self) -> None:
        outcomes = at_once(lambda _: api.publish_pack(TINY, now=now()), times=8)

        assert sorted(outcomes) == [False] * 7 + [True]
        assert CourseVersion.objects.count() == 1


@pytest.mark.django_db
class TestMovingOn:
    def test_keeps_learners_on_their_version_until_they_ask(
        self, enrollment: Enrollment, tmp_path: Path
    ) -> None:
        before = enrollment.version_id

        api.publish_pack(revised(tmp_path, TINY), now=now())

        enrollment.refresh_from_db()
        assert enrollment.version_id == before
        seen = queries.lesson(
            enrollment.pk, "hello.l.greet", learner_id=enrollment.learner_id, now=now()
        )
        assert seen.title == {"en": "Say hello"}

    def test_takes_the_newest_version_with_all_progress(
        self, enrollment: Enrollment, tmp_path: Path
    ) -> None:
        finish(enrollment)
        memories = list(Memory.objects.order_by("pk").values())
        api.publish_pack(revised(tmp_path, TINY), now=now())

        api.move_on(enrollment_id=enrollment.pk, learner_id=enrollment.learner_id)

        progress = queries.progress(enrollment.pk, learner_id=enrollment.learner_id).lessons
        assert (progress[0].title, progress[0].answered) == ({"en": "Say hello again"}, 3)
        assert progress[0].completed_at is not None
        assert list(Memory.objects.order_by("pk").values()) == memories
        complete(enrollment)
        assert _told("lesson_completed") == 1
        assert answer(enrollment).grade.rating > 1

    def test_is_for_ones_own_course_alone(self, enrollment: Enrollment, tmp_path: Path) -> None:
        api.publish_pack(revised(tmp_path, TINY), now=now())

        with pytest.raises(api.EnrollmentNotFound):
            api.move_on(enrollment_id=enrollment.pk, learner_id=new_id())

        assert Enrollment.objects.get().version_id == enrollment.version_id


@pytest.mark.django_db
class TestALearner:
    def test_sees_nothing_of_another(self, enrollment: Enrollment) -> None:
        finish(enrollment)
        stranger = learner_of(enrollment.course).learner_id
        mine = {"learner_id": stranger}

        for look in (
            lambda: queries.enrollment(enrollment.pk, **mine),
            lambda: queries.progress(enrollment.pk, **mine),
            lambda: queries.lesson(enrollment.pk, "hello.l.greet", **mine, now=now()),
            lambda: queries.next_lesson(enrollment.pk, **mine, now=now()),
        ):
            with pytest.raises(api.EnrollmentNotFound):
                look()
        assert not queries.review_queue(stranger).exists()
        assert [row.learner_id for row in queries.enrollments_of(stranger)] == [stranger]
        assert queries.progress_by_enrollment([enrollment.pk], **mine) == {}
        assert queries.next_lessons([enrollment.pk], **mine, now=now()) == {}
        assert EnrollmentFactory._meta.model.objects.count() == 2
