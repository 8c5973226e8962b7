"""Print a row for each operation that has none, for a human to read before it is kept.

python -m tests.integration.roles.record [--all]
"""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.integration.roles.stage import Stage


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "busuu.settings.test")
    import django
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    django.setup()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        _record(everything="--all" in arguments)
    finally:
        teardown_databases(databases, verbosity=0)


def _record(*, everything: bool) -> None:
    from tests.integration.roles import graphql, pages, rest
    from tests.integration.roles.stage import Stage, undone

    with undone():
        stage = Stage()
        for name, every, answers in (
            ("rest", rest.operations(), rest.answers),
            ("graphql", graphql.operations(), graphql.answers),
            ("pages", pages.operations(), pages.answers),
            ("admin", pages.lists(), pages.list_answers),
        ):
            _say(f"# {name}.toml")
            _rows(stage, name, every, answers, everything=everything)


def _rows(
    stage: "Stage",
    name: str,
    operations: Iterable[str],
    answers: Callable[["Stage", str], Any],
    *,
    everything: bool,
) -> None:
    from tests.integration.roles.rows import line, table

    known = {} if everything else table(name)
    for operation in operations:
        if operation not in known:
            found = answers(stage, operation)
            _say(line(operation, found.row))
            for role, what in found.told.items():
                _say(f"#   {role} is told {', '.join(sorted(what))}")
            if found.moved:
                _say(f"#   strangers move {', '.join(sorted(found.moved))}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
