"""A lesson leaves out dictations that nobody can hear, and is completed without them."""

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connections

from contexts.courses import queries
from contexts.courses.models import Course, CourseVersion, Lesson, LessonCompletion
from contexts.shared.database.placement.aliases import alias_of
from tests.factories.courses import EnrollmentFactory, published_course
from tests.integration.courses.learners import answer, complete
from tests.integration.courses.packs import CAFE, errors_of, write_pack

ORDER = "cafe.l.order"
SILENT = "cafe.e.listen"
SHOWN = ["cafe.e.sort", "cafe.e.translate", "cafe.e.write"]


def _outlined(version: CourseVersion) -> dict[str, int]:
    lessons = (lesson for unit in version.outline for lesson in unit["lessons"])
    return {lesson["lesson"]: lesson["exercises"] for lesson in lessons}


def _total(version: CourseVersion) -> int:
    return sum(len(lesson.exercises) for lesson in version.lessons.all())


@pytest.mark.django_db
class TestASilentDictation:
    def test_is_no_part_of_its_lesson(self, course: Course) -> None:
        version = course.current
        assert version is not None

        lesson = Lesson.objects.get(version=version, key=ORDER)

        assert [exercise["key"] for exercise in lesson.exercises] == SHOWN
        assert lesson.exercise_keys == SHOWN
        assert _outlined(version)[ORDER] == len(SHOWN)
        assert version.exercises_count == _total(version)

    def test_is_not_needed_to_complete_the_lesson(self, course: Course) -> None:
        enrollment = EnrollmentFactory(course=course)
        for exercise in SHOWN:
            answer(enrollment, exercise)

        complete(enrollment, ORDER)

        done = LessonCompletion.objects.get()
        assert (done.lesson_key, done.exercises) == (ORDER, len(SHOWN))

    def test_that_an_old_client_answers_is_no_progress(self, course: Course) -> None:
        enrollment = EnrollmentFactory(course=course)
        for exercise in (SILENT, *SHOWN):
            answer(enrollment, exercise)

        progress = queries.progress(enrollment.pk, learner_id=enrollment.learner_id)

        (lesson,) = (one for one in progress.lessons if one.lesson == ORDER)
        assert (lesson.answered, lesson.exercises) == (len(SHOWN), len(SHOWN))


@pytest.mark.django_db
class TestADictationWithAudio:
    def test_is_shown(self, tmp_path: Path) -> None:
        version = published_course(write_pack(tmp_path / "es-from-en")).current

        shown = Lesson.objects.get(version=version, key="cafe.l.drinks").exercises

        assert shown[-1]["key"] == "cafe.e.listen"
        assert shown[-1]["audio"] == "media/coffee.ogg"


class TestALessonOfSilentDictations:
    def test_is_refused(self, tmp_path: Path) -> None:
        begin, _, _ = CAFE.partition("      - id: cafe.e.order")
        silent = begin + (
            "      - id: cafe.e.listen\n        type: dictation\n"
            '        answers: ["Un café"]\n        uses: [cafe.w.coffee]\n'
        )

        errors = errors_of(write_pack(tmp_path, cafe=silent))

        assert errors == [
            "units/cafe.yaml:15: nobody can hear these dictations: add audio or an exercise"
        ]


@pytest.mark.django_db
class TestTheMigration:
    def test_leaves_them_out_of_published_lessons(self, course: Course) -> None:
        version = course.current
        assert version is not None
        _publish_as_before(version)
        before = version.exercises_count
        migration = import_module("contexts.courses.migrations.0004_no_silent_dictations")
        editor = SimpleNamespace(connection=connections[alias_of("courses")])

        migration.leave_out(apps, editor)
        migration.leave_out(apps, editor)

        version.refresh_from_db()
        lesson = Lesson.objects.get(version=version, key=ORDER)
        assert [exercise["key"] for exercise in lesson.exercises] == SHOWN
        assert lesson.exercise_keys == SHOWN
        assert _outlined(version)[ORDER] == len(SHOWN)
        assert version.exercises_count == before - 1 == _total(version)


def _publish_as_before(version: CourseVersion) -> None:
    """Show the silent dictation, as versions did that were published earlier."""
    lesson = Lesson.objects.get(version=version, key=ORDER)
    lesson.exercises = [{"key": SILENT, "type": "dictation", "language": "es"}, *lesson.exercises]
    lesson.exercise_keys = [SILENT, *lesson.exercise_keys]
    lesson.save()
    for unit in version.outline:
        for outlined in unit["lessons"]:
            outlined["exercises"] += outlined["lesson"] == ORDER
    version.exercises_count += 1
    version.save()
