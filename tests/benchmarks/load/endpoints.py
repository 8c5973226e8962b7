"""The hot endpoints with a thousand learners and with a million, in one process, in turns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from busuu.workshop.fabricating import NEIGHBORS, Crowd
from contexts.courses.queries import enrollments_of
from contexts.shared.kernel import now
from tests.benchmarks.data import Learner
from tests.benchmarks.harness import Samples, Work, compare, speed
from tests.benchmarks.load import moving
from tests.benchmarks.load.plans import Statement, recorded, replay, wasteful
from tests.benchmarks.rest import answers
from tests.benchmarks.table import Row, microseconds, ratio_row
from tests.benchmarks.wire import full_stack, getting, posting
from tests.factories.identity import access_token

User = get_user_model()

# Learners from the whole crowd, so that no page of the table is cached more than another.
LEARNERS = 100
MUST = 1 / 1.3
Call = Callable[[], bytes]
Make = Callable[[WSGIHandler, list[Learner]], Call]


@dataclass(frozen=True, slots=True)
class Endpoint:
    name: str
    make: Make
    writes: bool = False


def _reading(name: str, path: str) -> Endpoint:
    return Endpoint(name, lambda handler, learners: getting(handler, path, learners))


def _answering(handler: WSGIHandler, learners: list[Learner]) -> Call:
    bodies = {one.version: answers(one) for one in learners}
    path = "/api/v1/enrollments/{enrollment}/answers"
    return posting(handler, path, learners, lambda one: bodies[one.version](one))


def _week() -> str:
    window = {"from": now().isoformat(), "to": (now() + timedelta(days=7)).isoformat()}
    return urlencode({"language": "en", **window})


ENDPOINTS = (
    _reading("next lesson", "/api/v1/enrollments/{enrollment}/next-lesson"),
    _reading("review queue", "/api/v1/reviews"),
    Endpoint("answer", _answering, writes=True),
    _reading("community feed", "/api/v1/community/feed"),
    _reading("notifications", "/api/v1/community/notifications"),
    _reading("unread notifications", "/api/v1/community/notifications/unread"),
    _reading("tutors of a language", "/api/v1/tutoring/tutors?language=es"),
    _reading("tutors with slots", f"/api/v1/tutoring/tutors?{_week()}"),
    _reading("booked lessons", "/api/v1/tutoring/lessons"),
    _reading("wallet", "/api/v1/billing/wallet"),
    _reading("entitlements", "/api/v1/billing/entitlements"),
)


def measure() -> Iterator[Row]:
    sizes, handler = moving.sizes(), full_stack()
    learners = {size: _learners(size) for size in sizes}
    _say(sizes)
    for endpoint in ENDPOINTS:
        yield from _measured(endpoint, handler, learners)


def _measured(
    endpoint: Endpoint, handler: WSGIHandler, learners: dict[int, list[Learner]]
) -> Iterator[Row]:
    asked = {size: _made(endpoint, handler, size, some) for size, some in learners.items()}
    statements = {size: _recorded(size, ask, len(learners[size])) for size, ask in asked.items()}
    counts = {size: len(rounds[0]) for size, rounds in statements.items()}
    assert len(set(counts.values())) == 1, f"{endpoint.name}: statements differ, {counts}"
    found = compare({str(size): Work(ask, moving.to(size)) for size, ask in asked.items()})
    name = f"{endpoint.name} ({next(iter(counts.values()))} statements)"
    yield from _rows(name, found, must=MUST)
    if not endpoint.writes:
        yield from _rows(f"{endpoint.name}, SQL alone", _replayed(statements))
    yield _planned(endpoint.name, statements)


def _made(endpoint: Endpoint, handler: WSGIHandler, size: int, learners: list[Learner]) -> Call:
    with moving.staying_at(size):
        return endpoint.make(handler, learners)


def _rows(work: str, found: dict[str, Samples], must: float | None = None) -> list[Row]:
    small, *larger = moving.sizes()
    return [
        ratio_row(
            f"{work}: {size:,} / {small:,} learners",
            speed(found[str(size)].wall, found[str(small)].wall),
            cpu=speed(found[str(size)].cpu, found[str(small)].cpu).median,
            must=must,
            ours=microseconds(found[str(size)].seconds),
            other=microseconds(found[str(small)].seconds),
        )
        for size in larger
    ]


def _recorded(size: int, ask: Call, times: int) -> list[list[Statement]]:
    """Return the statements of each learner's second request, when all is compiled."""
    moving.to(size)()
    ask()
    return [recorded(moving.alias(size), ask) for _ in range(times)]


def _replayed(statements: dict[int, list[list[Statement]]]) -> dict[str, Samples]:
    turns = {size: cycle(rounds) for size, rounds in statements.items()}
    return compare({str(size): Work(_replaying(size, each)) for size, each in turns.items()})


def _replaying(size: int, turns: Iterator[list[Statement]]) -> Callable[[], None]:
    alias = moving.alias(size)
    return lambda: replay(alias, next(turns))


def _planned(name: str, statements: dict[int, list[list[Statement]]]) -> Row:
    """Return a row about the plans of the largest database. Prints each scan of a big table."""
    largest = moving.sizes()[-1]
    bad = [line for one in statements[largest][0] for line in wasteful(moving.alias(largest), one)]
    for line in bad:
        print(f"{name}: {line}")
    return Row(
        work=f"{name}: plans without a scan of a big table, {largest:,} learners",
        reached=1.0 if not bad else 0.0,
        must=1.0,
        unit="",
    )


def _learners(size: int) -> list[Learner]:
    """Return active learners, with lessons, from the whole crowd."""
    crowd = Crowd(seed=1, now=now())
    active = range(NEIGHBORS - 1, size, NEIGHBORS)
    with moving.staying_at(size):
        return [_learner(crowd, number) for number in _spread(active, LEARNERS)]


def _spread(numbers: Sequence[int], count: int) -> list[int]:
    return [numbers[n * len(numbers) // count] for n in range(min(count, len(numbers)))]


def _learner(crowd: Crowd, number: int) -> Learner:
    user = User.objects.get(pk=crowd.id(number))
    enrollment = enrollments_of(user.pk).get()
    return Learner(user.pk, enrollment.pk, enrollment.version_id, access_token(user))


def _say(sizes: list[int]) -> None:
    """Print the tables of more than ten thousand rows, by the statistics."""
    for size in sizes:
        with connections[moving.alias(size)].cursor() as cursor:
            cursor.execute(
                "SELECT relname, reltuples::bigint FROM pg_class "
                "WHERE relkind = 'r' AND reltuples > 10000 ORDER BY 2 DESC"
            )
            tables: list[tuple[Any, ...]] = cursor.fetchall()
        summary = ", ".join(f"{name} {count:,}" for name, count in tables)
        print(f"{size:,} learners: {summary or 'no table of more than 10,000 rows'}")
    print()
