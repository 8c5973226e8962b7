"""REST against a bare view with the same SQL, and against stock Django REST framework."""

from collections.abc import Callable, Iterator
from random import choice
from typing import Any

import orjson

from busuu.workshop.journey.answers import right, wrong
from contexts.shared.kernel import new_id
from tests.benchmarks.data import WRITTEN, Learner
from tests.benchmarks.harness import Samples, Work, compare, speed
from tests.benchmarks.table import Row, microseconds, ratio_row
from tests.benchmarks.wire import full_stack, getting, no_middleware, posting
from tests.factories.courses import exercises_of

Body = Callable[[Learner], dict[str, Any]]
# Must and stretch: our full stack against the same SQL without authentication.
LIST, OBJECT = (0.45, 0.60), (0.50, 0.65)


def measure(learners: list[Learner]) -> Iterator[Row]:
    yield from _read("course list", "courses", learners, path="/api/v1/courses", goal=LIST)
    yield from _read(
        "review queue", "{learner}/reviews", learners, path="/api/v1/reviews", goal=LIST
    )
    yield from _read(
        "next lesson",
        "{learner}/{enrollment}/next-lesson",
        learners,
        path="/api/v1/enrollments/{enrollment}/next-lesson",
        goal=OBJECT,
    )
    yield _answer(learners)


def _read(
    work: str, other: str, learners: list[Learner], *, path: str, goal: tuple[float, float]
) -> list[Row]:
    bare = getting(no_middleware(), f"/bare/{other}", learners)
    stock = getting(no_middleware(), f"/stock/{other}", learners)
    ours = getting(full_stack(), path, learners)
    _check_same(work, ours(), bare())
    found = compare({"ours": Work(ours), "bare": Work(bare), "stock": Work(stock)})
    must, stretch = goal
    return [
        against(f"REST {work} / bare view", found, "bare", must=must, stretch=stretch),
        against(f"REST {work} / stock DRF", found, "stock", must=1.4),
    ]


def _answer(learners: list[Learner]) -> Row:
    body = answers(learners[0])
    path = "{learner}/{enrollment}/answers"
    found = compare(
        {
            "ours": Work(
                posting(full_stack(), "/api/v1/enrollments/{enrollment}/answers", learners, body)
            ),
            "bare": Work(posting(no_middleware(), f"/bare/{path}", learners, body)),
        }
    )
    return against("REST answer / bare view", found, "bare", must=0.60, stretch=0.90)


def answers(learner: Learner) -> Body:
    """Return a maker of answers to any exercise of the course, one of four wrong."""
    exercises = open_exercises(learner)
    choices = [
        (row.key, make(row.body)) for row in exercises for make in (right, right, right, wrong)
    ]

    def body(_learner: Learner) -> dict[str, Any]:
        key, answer = choice(choices)
        return {"attempt_id": new_id(), "exercise": key, "answer": answer, "duration_ms": 1200}

    return body


def open_exercises(learner: Learner) -> list[Any]:
    """Return exercises that need no Premium and that a machine grades."""
    found = exercises_of(learner.version)
    graded = [row for row in found if row.body["type"] not in WRITTEN]
    return [row for row in graded if not row.body.get("premium")]


def against(
    work: str,
    found: dict[str, Samples],
    other: str,
    *,
    must: float | None = None,
    stretch: float | None = None,
) -> Row:
    ours, theirs = found["ours"], found[other]
    return ratio_row(
        work,
        speed(ours.wall, theirs.wall),
        cpu=speed(ours.cpu, theirs.cpu).median,
        must=must,
        stretch=stretch,
        ours=microseconds(ours.seconds),
        other=microseconds(theirs.seconds),
    )


def _check_same(work: str, ours: bytes, bare: bytes) -> None:
    """Raises AssertionError if the bare view answers something else."""
    mine, theirs = orjson.loads(ours), orjson.loads(bare)
    assert all(mine[name] == value for name, value in theirs.items()), work
