"""The rows that one process measures, by the name of the section."""

from collections.abc import Callable, Iterable, Iterator

from django.core.management import call_command
from django.db import connection

from tests.benchmarks import data, dispatch, grading, graphql, outbox, output, rest
from tests.benchmarks.load import arriving, backlog, endpoints
from tests.benchmarks.table import Row


def requests() -> Iterator[Row]:
    """Yield the rows that need no broker. Makes the tables that the other sections read."""
    _migrate()
    learners = data.fill()
    _analyze()
    for part in (rest, graphql, output, outbox, grading):
        yield from part.measure(learners)


def load_dispatch() -> Iterator[Row]:
    _migrate()
    yield from dispatch.measure()
    yield from arriving.measure()


def load_backlog() -> Iterable[Row]:
    _migrate()
    return backlog.measure()


def _migrate() -> None:
    call_command("migrate_all", verbosity=0, stdout=_Silent())


class _Silent:
    def write(self, text: str) -> None:
        return None


def _analyze() -> None:
    # A new table has no statistics, and a plan without them would not be realistic.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


SECTIONS: dict[str, Callable[[], Iterable[Row]]] = {
    "requests": requests,
    "dispatch": dispatch.measure,
    "load-endpoints": endpoints.measure,
    "load-dispatch": load_dispatch,
    "load-backlog": load_backlog,
}
