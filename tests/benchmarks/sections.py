"""What is measured in one process."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from tests.benchmarks import data, rest
from tests.benchmarks.table import Row


def requests() -> list[Row]:
    call_command("migrate_all", verbosity=0)
    learners = data.fill()
    _analyze()
    return [*rest.measure(learners)]


def _analyze() -> None:
    # A fresh table has no statistics, and a plan made without them is nobody's.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


SECTIONS: dict[str, Callable[[], list[Row]]] = {"requests": requests}
