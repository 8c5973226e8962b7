"""A call that succeeds for every route of tutoring, and what must be there for it."""

from typing import Any

from tests.integration.http.samples.call import Call

# Routes that answer in HTML or otherwise not in problems; other tests have theirs.
PAGES: frozenset[str] = frozenset()
CALLS: tuple[Call, ...] = ()


def stage(world: Any) -> None:
    """Put what the calls ask for into the world of tests/integration/http/world.py."""
