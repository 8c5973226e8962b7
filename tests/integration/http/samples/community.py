"""A call that succeeds for every route of community, and what must be there for it."""

from collections.abc import Callable
from typing import Any

from tests.integration.http.samples.call import Call

# Routes that answer in HTML or otherwise not in problems; other tests have theirs.
PAGES: frozenset[str] = frozenset()
CALLS: tuple[Call, ...] = ()

# How an operation comes to a documented status, where the general ways of
# tests/integration/http/test_documented_statuses.py do not lead there.
OWN: dict[tuple[str, int], Callable[[Any, Call], Any]] = {}


def stage(world: Any) -> None:
    """Put what the calls ask for into the world of tests/integration/http/world.py."""
