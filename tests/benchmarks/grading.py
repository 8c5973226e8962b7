"""Pure Python: grading by type of exercise, and a step of FSRS."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from busuu.workshop.journey.answers import right, wrong
from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.domain.exercises import parse
from contexts.courses.domain.grading.verdicts import Accents, GradingPolicy
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.kernel import now
from tests.benchmarks.data import WRITTEN, Learner
from tests.benchmarks.table import Row, microseconds
from tests.factories.courses import exercises_of

_ROUNDS = 5
_STEPS = 5_000


def measure(learners: list[Learner]) -> Iterator[Row]:
    words = SystemKnownWords()
    bodies: dict[str, list[Any]] = defaultdict(list)
    for row in exercises_of(learners[0].version):
        if row.body["type"] not in WRITTEN:
            bodies[row.body["type"]].append(row.body)
    for kind, found in sorted(bodies.items()):
        yield _graded(kind, found, words)
    words.close()
    yield _scheduled()


def _graded(kind: str, bodies: list[Any], words: SystemKnownWords) -> Row:
    policy = GradingPolicy(accents=Accents.LENIENT)
    exercises = [parse(body) for body in bodies]
    rights = list(zip(exercises, map(right, bodies), strict=True))
    wrongs = list(zip(exercises, map(wrong, bodies), strict=True))

    def grade(pairs: Any) -> None:
        for exercise, answer in pairs:
            exercise.grade(answer, words=words, policy=policy)

    first = _seconds(lambda: grade(rights), 1)
    good, bad = (_seconds(lambda pairs=pairs: grade(pairs), _ROUNDS) for pairs in (rights, wrongs))
    count = len(exercises)
    return Row(
        work=f"grading {kind} ({count}): right, wrong, first time",
        reached=(good + bad) / 2 / count * 1e6,
        unit=" µs",
        ours=f"{microseconds(good / count)}, {microseconds(bad / count)}",
        other=microseconds(first / count),
    )


def _seconds(run: Callable[[], object], rounds: int) -> float:
    return min(_timed(run) for _ in range(rounds))


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _scheduled() -> Row:
    scheduler, at = FsrsScheduler(), now()

    def steps() -> None:
        state = None
        for _, rating in product(range(_STEPS // 4), (3, 3, 1, 3)):
            state = scheduler.review(state, rating=rating, at=state.due if state else at)
            state = state if state.stability < 1_000 else None

    seconds = _seconds(steps, _ROUNDS) / _STEPS
    return Row(
        work="FSRS steps a second", reached=1 / seconds, unit="/s", ours=microseconds(seconds)
    )
