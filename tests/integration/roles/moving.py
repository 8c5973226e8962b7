"""What somebody changed that was there before and is not theirs."""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections
from django.test.utils import CaptureQueriesContext

from contexts.shared.database.placement.aliases import all_aliases

Rows = dict[tuple[str, Any], dict[str, Any]]
_CHANGE = re.compile(r'^(?:UPDATE|DELETE FROM|INSERT INTO)\s+["`]?(\w+)')


def tables() -> set[str]:
    """All that contexts keep."""
    return {model._meta.db_table for model in _models()}


def rows_of(kept: Iterable[str]) -> Rows:
    """What stands in these tables."""
    named = set(kept)
    return {
        (model._meta.label, row[model._meta.pk.attname]): row
        for model in _models()
        if model._meta.db_table in named
        for row in model._base_manager.values()
    }


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that are written to inside; filled in at its end."""
    found: set[str] = set()
    with ExitStack() as watched:
        captured = [
            watched.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in all_aliases()
        ]
        yield found
        statements = (_CHANGE.match(query["sql"]) for each in captured for query in each)
        found |= {match.group(1) for match in statements if match} & tables()


def moved(before: Rows, kept: set[str], caller_id: UUID | None) -> set[str]:
    """Rows of the tables that are changed or gone and do not name the caller; by model."""
    after = rows_of(kept)
    here = {model._meta.label for model in _models() if model._meta.db_table in kept}
    return {
        label
        for (label, key), row in before.items()
        if label in here
        and after.get((label, key)) != row
        and (caller_id is None or caller_id not in row.values())
    }


def _models() -> list[Any]:
    ours = ("contexts.", "busuu.sandbox.")
    return [model for model in apps.get_models() if model.__module__.startswith(ours)]
