"""The answers of the staged world to each role, and the rows of others that a role changes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections
from django.test.utils import CaptureQueriesContext

from contexts.shared.database.placement.aliases import all_aliases
from tests.integration.roles.telling import leaks
from tests.operations.roles import INVOLVED, ROLES, Roles
from tests.operations.world import World, undone

Rows = dict[tuple[str, Any], dict[str, Any]]
_CHANGE = re.compile(r'^(?:UPDATE|DELETE FROM|INSERT INTO)\s+["`]?(\w+)')


class Watch:
    """A world in which every request is undone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.remember()

    def remember(self) -> None:
        """Take the rows of now for the rows that existed before."""
        self.before = rows_of(tables())

    def answers(
        self, ask: Callable[[str], Any], *, tells: Roles
    ) -> tuple[Mapping[str, Any], dict[str, set[str]], set[str]]:
        """Each role's response, the secrets it reads, and the models of rows that strangers change.

        Roles in `tells` may read everything. The rows existed before and do not name the caller.
        """
        responses, changes = {}, set()
        for role in ROLES:
            responses[role], more = self.one(role, partial(ask, role))
            changes |= more
        secrets = {
            role: leaks(self.world, role, response.content.decode(errors="replace"))
            for role, response in responses.items()
            if response.status_code < 300 and role not in tells
        }
        return responses, {role: found for role, found in secrets.items() if found}, changes

    def one(self, role: str, ask: Callable[[], Any]) -> tuple[Any, set[str]]:
        """A role's response, and the models of rows that it changes unless it is involved."""
        with undone():
            with written() as changed:
                response = ask()
            person = self.world.people.get(role)
            changes = moved(self.before, changed, person.pk if person else None)
        return response, set() if role in INVOLVED else changes


def tables() -> set[str]:
    """The tables of all contexts."""
    return {model._meta.db_table for model in _models()}


def rows_of(kept: Iterable[str]) -> Rows:
    """Every row of these tables, by model and key."""
    named = set(kept)
    return {
        (model._meta.label, row[model._meta.pk.attname]): row
        for model in _models()
        if model._meta.db_table in named
        for row in model._base_manager.values()
    }


@contextmanager
def written() -> Iterator[set[str]]:
    """Yield a set that holds, after the block, the tables that it wrote to."""
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
    """The models of rows that are changed or gone and do not name the caller."""
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
