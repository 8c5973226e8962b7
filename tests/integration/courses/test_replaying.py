"""Memory that is computed from the answers again."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from contexts.courses import api
from contexts.courses.models import Attempt, Card, Course, Enrollment, Learner, Memory, Showing
from contexts.shared.kernel import new_id, now
from tests.integration.courses.learners import answer, learner_of
from tests.integration.courses.memories import replayed_memories, stored_memories
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

CARD, CHOICE, MATCH = "hello.e.card", "hello.e.choice", "cafe.e.match"
COFFEE, TEA = "cafe.w.coffee", "cafe.w.tea"
HALF_RIGHT = {"pairs": [["el café", "coffee"]]}


def _as_before_ratings(enrollment: Enrollment) -> None:
    """Leave rows as a release left them that rated all words of an answer alike."""
    attempts = Attempt.objects.filter(enrollment=enrollment)
    attempts.update(ratings=None, ask="", time_zone="", local_date=None)
    Memory.objects.filter(enrollment=enrollment).update(last_day=None, stability=0.212)
    Showing.objects.filter(enrollment=enrollment).delete()


def _run(**options: Any) -> str:
    output = StringIO()
    call_command("memory", "replay", stdout=output, **options)
    return output.getvalue()


@pytest.fixture
def enrollment(course: Course) -> Enrollment:
    enrollment = learner_of(course)
    Learner.objects.update_or_create(
        pk=enrollment.learner_id, defaults={"time_zone": "America/Bogota"}
    )
    return enrollment


class TestAReplay:
    def test_leaves_what_the_answers_left(self, enrollment: Enrollment) -> None:
        for days, exercise in enumerate((CARD, CHOICE, CARD, MATCH)):
            answer(enrollment, exercise, at=now() + timedelta(days=days))
        before = stored_memories(enrollment)

        api.replay_memory(enrollment_id=enrollment.pk, again=True)

        assert before == stored_memories(enrollment) == replayed_memories(enrollment)

    def test_rates_by_word_what_was_rated_as_one(self, enrollment: Enrollment) -> None:
        answer(enrollment, MATCH, HALF_RIGHT)
        expected = stored_memories(enrollment)
        _as_before_ratings(enrollment)

        printed = _run()

        attempt = Attempt.objects.get()
        assert printed == "Enrollments computed again: 1.\n"
        assert attempt.ratings == {COFFEE: 3, TEA: 1}
        assert (attempt.time_zone, attempt.zone_assumed) == ("America/Bogota", True)
        assert attempt.ask == "recognition"
        assert stored_memories(enrollment) == expected

    def test_forgets_reviews_that_were_showings(self, enrollment: Enrollment) -> None:
        shown = answer(enrollment, CARD)
        Memory.objects.create(
            enrollment=enrollment,
            learner_id=enrollment.learner_id,
            word_key="hello.w.hola",
            due_at=now(),
            last_review_at=now(),
            stability=2.3,
            difficulty=2.1,
            state="learning",
            step=1,
            model_version="fsrs-6.default",
        )

        _run()

        assert shown.reviewed == {}
        assert not Memory.objects.exists()
        assert Showing.objects.count() == 1

    def test_finds_nothing_to_do_the_second_time(self, enrollment: Enrollment) -> None:
        answer(enrollment, MATCH, HALF_RIGHT)
        _as_before_ratings(enrollment)
        _run()
        attempts = list(Attempt.objects.values())

        printed = _run()

        assert printed == "Enrollments computed again: 0.\n"
        assert list(Attempt.objects.values()) == attempts

    def test_keeps_ratings_of_exercises_that_are_gone(self, enrollment: Enrollment) -> None:
        answer(enrollment, CHOICE)
        _as_before_ratings(enrollment)
        Attempt.objects.update(exercise_key="hello.e.gone", rating=1)

        _run()

        assert Attempt.objects.get().ratings == {"hello.w.adios": 1}

    @pytest.mark.django_db(transaction=True)
    def test_beside_answers_loses_none(self, enrollment: Enrollment) -> None:
        answer(enrollment, CHOICE)

        def act(number: int) -> object:
            if number % 2:
                return answer(enrollment, CHOICE)
            return api.replay_memory(enrollment_id=enrollment.pk, again=True)

        results = at_once(act, times=6)

        assert not [one for one in results if isinstance(one, Exception)]
        assert Attempt.objects.count() == 4
        assert stored_memories(enrollment) == replayed_memories(enrollment)


class TestACorrectionOfAnErasedPerson:
    def test_goes_with_the_answers_that_repeat_it(self, enrollment: Enrollment) -> None:
        edit = Card.objects.create(
            id=new_id(),
            enrollment=enrollment,
            sentence="Yo es Ana.",
            corrected="Yo soy Ana.",
            language="es",
            category="verb",
            made_at=now(),
        )
        answer(enrollment, CHOICE)
        answer(enrollment, f"card:{edit.pk}", {"text": "Yo soy Ana."})

        api.forget_correction(edit_id=edit.pk)

        assert [one.exercise_key for one in Attempt.objects.all()] == [CHOICE]
        assert not Card.objects.exists()
        assert stored_memories(enrollment) == replayed_memories(enrollment)

    def test_leaves_no_answer_and_stops_no_replay(self, enrollment: Enrollment) -> None:
        lost = new_id()
        answer(enrollment, CHOICE)
        Attempt.objects.update(exercise_key=f"card:{lost}", items=[f"card:{lost}"], ratings=None)
        answer(enrollment, MATCH)

        printed = _run()

        assert printed == "Enrollments computed again: 1.\n"
        assert set(stored_memories(enrollment)) == {COFFEE, TEA}


class TestAShowing:
    def test_is_no_review_the_first_time(self, enrollment: Enrollment) -> None:
        first = answer(enrollment, CARD)
        second = answer(enrollment, CARD, at=now() + timedelta(days=1))

        assert first.reviewed == {}
        assert list(second.reviewed) == ["hello.w.hola"]
        assert stored_memories(enrollment) == replayed_memories(enrollment)


class TestLateAnswers:
    def test_before_the_first_showing_are_replayed(self, enrollment: Enrollment) -> None:
        begin = now() - timedelta(days=9)
        Enrollment.objects.filter(pk=enrollment.pk).update(enrolled_at=begin)
        answer(enrollment, CARD, at=begin + timedelta(days=3))
        for rows in (Attempt, Showing):
            key = {"items": ["hello.w.adios"], "ratings": {"hello.w.adios": 3}}
            rows.objects.update(**key if rows is Attempt else {"word_key": "hello.w.adios"})

        answer(enrollment, CHOICE, at=begin + timedelta(days=1))

        assert len(stored_memories(enrollment)) == 1
        assert stored_memories(enrollment) == replayed_memories(enrollment)

    def test_of_another_models_version_are_replayed(self, enrollment: Enrollment) -> None:
        answer(enrollment, CHOICE, at=now() - timedelta(days=2))
        Memory.objects.update(model_version="fsrs-6.default", stability=99.0)

        answer(enrollment, CHOICE)

        assert stored_memories(enrollment) == replayed_memories(enrollment)

    def test_leave_the_same_state_in_any_order(self, course: Course) -> None:
        begin, states = now() - timedelta(days=9), []
        answers = [(CARD, 0), (CHOICE, 2), (CARD, 3), (CHOICE, 5)]
        for order in (answers, answers[::-1], [answers[n] for n in (2, 0, 3, 1)]):
            enrollment = learner_of(course)
            Enrollment.objects.filter(pk=enrollment.pk).update(enrolled_at=begin)
            for exercise, days in order:
                at = begin + timedelta(days=days)
                api.answer(
                    enrollment_id=enrollment.pk,
                    learner_id=enrollment.learner_id,
                    attempt_id=_attempt_id(enrollment, days),
                    exercise=exercise,
                    answer={"recalled": True} if exercise == CARD else {"choice": "adiós"},
                    duration_ms=None,
                    answered_at=at,
                    now=now(),
                )
            states.append(stored_memories(enrollment))

        assert states[0] == states[1] == states[2]
        assert len(states[0]) == 2


def _attempt_id(enrollment: Enrollment, number: int) -> Any:
    return enrollment.pk.__class__(int=enrollment.pk.int ^ number)
