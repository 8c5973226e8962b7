"""Commands that publish, against twins that run the same statements but publish nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from random import choice
from typing import Any

from busuu.workshop.journey.answers import right
from contexts.courses import api, queries
from contexts.shared.kernel import new_id, now
from tests.benchmarks.data import Learner
from tests.benchmarks.harness import Work, compare
from tests.benchmarks.rest import against, open_exercises
from tests.benchmarks.table import Row
from tests.factories.courses import answered, first_lesson, forget_completions

# The learners of a chunk; each completes the lesson for the first time.
_CALLS = 20

Command = Callable[[Any, Learner], object]


def measure(learners: list[Learner]) -> Iterator[Row]:
    answers, lessons = api._answers, api._lessons
    mute = replace(answers, answers=_mute(answers.answers))
    yield _row("answer, 1 outbox row", _answer(learners), (answers, mute), learners)
    mute_lessons = replace(lessons, lessons=_mute(lessons.lessons))
    work = "complete a lesson, 2 outbox rows"
    yield _row(work, _complete(learners), (lessons, mute_lessons), learners, forget_completions)


def _mute(repository: Any) -> Any:
    """Return a repository of the same kind that publishes nothing."""
    return type(repository)(publish=lambda events: None)


def _row(
    work: str,
    command: Command,
    use_cases: tuple[Any, Any],
    learners: list[Learner],
    prepare: Callable[[], object] = int,
) -> Row:
    loud, silent = use_cases
    variants = {
        "ours": Work(_run(command, loud, learners), prepare),
        "silent": Work(_run(command, silent, learners), prepare),
    }
    found = compare(variants, calls=_CALLS)
    return against(f"{work} / the same without", found, "silent", must=0.80, stretch=0.95)


def _run(command: Command, use_case: Any, learners: list[Learner]) -> Callable[[], object]:
    each = cycle(learners)
    atomic = api.atomic(command)
    return lambda: atomic(use_case, next(each))


def _answer(learners: list[Learner]) -> Command:
    answers = [(row.key, right(row.body)) for row in open_exercises(learners[0])]

    def command(use_case: Any, learner: Learner) -> object:
        exercise, answer = choice(answers)
        return use_case.answer(
            enrollment_id=learner.enrollment,
            learner_id=learner.id,
            attempt_id=new_id(),
            exercise=exercise,
            answer=answer,
            duration_ms=1200,
            now=now(),
        )

    return command


def _complete(learners: list[Learner]) -> Command:
    lesson = first_lesson(learners[0].version)
    for learner in learners:
        enrollment = queries.enrollments_of(learner.id).get()
        for key in lesson.exercise_keys:
            answered(enrollment, lesson.key, key, times=1)

    def command(use_case: Any, learner: Learner) -> object:
        return use_case.complete(
            enrollment_id=learner.enrollment, learner_id=learner.id, lesson=lesson.key, now=now()
        )

    return command
