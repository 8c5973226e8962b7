"""What is measured in one process."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from tests.benchmarks import data, dispatch, grading, graphql, outbox, output, rest
from tests.benchmarks.load import arriving, backlog, endpoints
from tests.benchmarks.table import Row


def requests() -> list[Row]:
    """All that goes without a broker; makes the rows that the other section finds."""
    _migrate()
    learners = data.fill()
    _analyze()
    parts = (rest, graphql, output, outbox, grading)
    return [row for part in parts for row in part.measure(learners)]


def load_dispatch() -> list[Row]:
    _migrate()
    return [*dispatch.measure(), *arriving.measure()]


def load_backlog() -> list[Row]:
    _migrate()
    return backlog.measure()


def _migrate() -> None:
    call_command("migrate_all", verbosity=0, stdout=_Silent())


class _Silent:
    def write(self, text: str) -> None:
        return None


def _analyze() -> None:
    # A fresh table has no statistics, and a plan made without them is nobody's.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


SECTIONS: dict[str, Callable[[], list[Row]]] = {
    "requests": requests,
    "dispatch": dispatch.measure,
    "load-endpoints": endpoints.measure,
    "load-dispatch": load_dispatch,
    "load-backlog": load_backlog,
}
