from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from busuu.workshop.journey import answers
from contexts.courses import api
from contexts.courses.application.answers import Reviewed
from contexts.courses.models import Attempt, Course, Enrollment, LessonCompletion, Memory
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.courses import exercise_body
from tests.integration.courses.learners import (
    EXERCISES,
    LESSON,
    answer,
    complete,
    finish,
    learner_of,
)
from tests.integration.courses.memories import replayed_memories, stored_memories
from tests.parallel import at_once

CHOICE = "hello.e.choice"
WRONG = {"choice": "hola"}


def _told(fact: str) -> int:
    return StoredEvent.objects.filter(name=f"courses.{fact}.v1").count()


@pytest.mark.django_db
class TestAnswering:
    def test_keeps_the_attempt_and_schedules_its_words(self, enrollment: Enrollment) -> None:
        at = now()

        graded = answer(enrollment, CHOICE, at=at)

        attempt = Attempt.objects.get()
        assert (attempt.exercise_key, attempt.lesson_key, attempt.verdict) == (
            CHOICE,
            LESSON,
            "correct",
        )
        assert (attempt.answered_at, attempt.duration_ms, attempt.rating) == (at, 1_200, 3)
        assert attempt.items == ["hello.w.adios"]
        assert graded.reviewed == {"hello.w.adios": Reviewed(3, Memory.objects.get().due_at)}
        assert _told("item_reviewed") == 1

    def test_of_every_type_is_right_when_it_is_right(self, enrollment: Enrollment) -> None:
        lessons = enrollment.version.lessons.filter(premium=False)
        keys = [key for lesson in lessons for key in lesson.exercise_keys]

        verdicts = {key: answer(enrollment, key).grade.verdict for key in keys}

        assert verdicts.pop("cafe.e.write") == "submitted"
        assert len(verdicts) == 8
        assert set(verdicts.values()) == {"correct"}
        assert stored_memories(enrollment) == replayed_memories(enrollment)

    def test_twice_gives_the_first_grade(self, enrollment: Enrollment) -> None:
        attempt_id, at = new_id(), now()
        first = answer(enrollment, CHOICE, WRONG, attempt_id=attempt_id, at=at)
        memory = stored_memories(enrollment)

        again = answer(enrollment, CHOICE, attempt_id=attempt_id, at=at + timedelta(days=1))

        assert again == first
        assert Attempt.objects.count() == 1
        assert stored_memories(enrollment) == memory
        assert _told("item_reviewed") == 1

    def test_with_the_id_of_another_exercise_is_refused(self, enrollment: Enrollment) -> None:
        attempt_id = new_id()
        answer(enrollment, CHOICE, attempt_id=attempt_id)
        memory = stored_memories(enrollment)

        with pytest.raises(api.AttemptIdReused):
            answer(enrollment, EXERCISES[0], attempt_id=attempt_id)

        assert Attempt.objects.get().exercise_key == CHOICE
        assert stored_memories(enrollment) == memory

    def test_with_the_id_of_another_learner_is_another_attempt(
        self, enrollment: Enrollment, course: Course
    ) -> None:
        attempt_id = new_id()
        answer(enrollment, attempt_id=attempt_id)

        answer(learner_of(course), attempt_id=attempt_id)

        assert Attempt.objects.count() == 2

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"choice": 7},
            {"choice": None},
            {"text": "adiós"},
            {"choice": ["adiós"]},
            {"choice": "nothing that was offered"},
            {"choice": "adi\x00ós"},
            {"choice": "adiós", "extra": "\x00"},
        ],
    )
    def test_in_another_shape_stores_nothing(
        self, given: Mapping[str, Any], enrollment: Enrollment
    ) -> None:
        with pytest.raises(api.MalformedAnswer):
            answer(enrollment, CHOICE, given)

        assert not Attempt.objects.exists()
        assert not Memory.objects.exists()
        assert not StoredEvent.objects.exists()

    @pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 100_000, "🦉", "\u202e", "{a|b}"])
    def test_with_odd_text_is_wrong_or_malformed(self, text: str, enrollment: Enrollment) -> None:
        try:
            graded = answer(enrollment, "cafe.e.translate", {"text": text})
        except api.MalformedAnswer:
            assert not Attempt.objects.exists()
        else:
            assert graded.grade.rating == 1
            assert Attempt.objects.get().answer == {"text": text}

    def test_for_somebody_else_is_refused(self, enrollment: Enrollment, course: Course) -> None:
        with pytest.raises(api.EnrollmentNotFound):
            answer(enrollment, learner_id=learner_of(course).learner_id)
        with pytest.raises(api.EnrollmentNotFound):
            answer(enrollment, learner_id=new_id())

        assert not Attempt.objects.exists()

    @pytest.mark.parametrize("exercise", ["hello.e.nothing", "", "x" * 300, "hello.e.choice "])
    def test_of_an_unknown_exercise_is_refused(self, exercise: str, enrollment: Enrollment) -> None:
        with pytest.raises(api.ExerciseNotFound):
            answer(enrollment, exercise, WRONG)

        assert not Attempt.objects.exists()

    def test_takes_six_statements_at_most(self, enrollment: Enrollment) -> None:
        answer(enrollment, "cafe.e.match")
        given = answers.right(exercise_body(enrollment, "cafe.e.match"))

        with CaptureQueriesContext(connections[alias_of("courses")]) as captured:
            answer(enrollment, "cafe.e.match", given)

        boundaries = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "SET")
        statements = [one["sql"] for one in captured if not one["sql"].startswith(boundaries)]
        assert len(statements) <= 6, statements
        assert sum("messaging_storedevent" in sql for sql in statements) == 1

    def test_with_a_clock_that_runs_behind_never_turns_memory_back(
        self, enrollment: Enrollment
    ) -> None:
        at = now()
        answer(enrollment, CHOICE, at=at)

        answer(enrollment, CHOICE, at=at - timedelta(minutes=5))

        assert Memory.objects.get().last_review_at == at
        assert stored_memories(enrollment) == replayed_memories(enrollment)


@pytest.mark.django_db(transaction=True)
class TestAnsweringAtOnce:
    def test_with_one_attempt_id_is_one_attempt_with_one_grade(
        self, enrollment: Enrollment
    ) -> None:
        attempt_id = new_id()

        outcomes = at_once(lambda _: answer(enrollment, CHOICE, attempt_id=attempt_id), times=8)

        assert [one for one in outcomes if isinstance(one, Exception)] == []
        assert all(one == outcomes[0] for one in outcomes)
        assert Attempt.objects.count() == 1
        assert _told("item_reviewed") == 1

    def test_from_eight_devices_loses_no_review(self, enrollment: Enrollment) -> None:
        start = now()

        def study(device: int) -> None:
            for turn in range(6):
                given = None if (device + turn) % 3 else WRONG
                answer(enrollment, CHOICE, given, at=start + timedelta(hours=turn, minutes=device))

        outcomes = at_once(study, times=8)

        assert outcomes == [None] * 8
        assert Attempt.objects.count() == 48
        assert _told("item_reviewed") == 48
        assert stored_memories(enrollment) == replayed_memories(enrollment)


@pytest.mark.django_db
class TestCompleting:
    def test_counts_what_was_right_at_the_last_try(self, enrollment: Enrollment) -> None:
        for exercise in EXERCISES:
            answer(enrollment, exercise)
        answer(enrollment, CHOICE, WRONG)

        complete(enrollment)

        row = LessonCompletion.objects.get()
        assert (row.lesson_key, row.exercises, row.correct) == (LESSON, 3, 2)
        [event] = StoredEvent.objects.filter(name="courses.lesson_completed.v1")
        assert (event.data["exercises"], event.data["correct"]) == (3, 2)

    def test_is_refused_while_an_exercise_has_no_answer(self, enrollment: Enrollment) -> None:
        answer(enrollment, EXERCISES[0])

        with pytest.raises(api.LessonUnfinished) as refused:
            complete(enrollment)

        assert refused.value.params["missing"] == ["hello.e.choice", "hello.e.truth"]
        assert not LessonCompletion.objects.exists()
        assert _told("lesson_completed") == 0

    def test_twice_keeps_the_first(self, enrollment: Enrollment) -> None:
        finish(enrollment)
        before = LessonCompletion.objects.values().get()
        answer(enrollment, CHOICE, WRONG)

        complete(enrollment)

        assert LessonCompletion.objects.values().get() == before
        assert _told("lesson_completed") == 1

    @pytest.mark.parametrize("lesson", ["nothing", "", "HELLO.L.GREET", "hello.l.greet "])
    def test_of_an_unknown_lesson_is_refused(self, lesson: str, enrollment: Enrollment) -> None:
        with pytest.raises(api.LessonNotFound):
            complete(enrollment, lesson)

        assert not LessonCompletion.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestCompletingAtOnce:
    def test_completes_once_for_all_calls(self, enrollment: Enrollment) -> None:
        for exercise in EXERCISES:
            answer(enrollment, exercise)

        outcomes = at_once(lambda _: complete(enrollment), times=8)

        assert outcomes == [None] * 8
        assert LessonCompletion.objects.count() == 1
        assert _told("lesson_completed") == 1
