"""Every REST operation of the context, where there is `size` of all there may be much of."""

from collections.abc import Callable
from typing import Any

OPERATIONS: dict[str, Callable[[Any], Any]] = {}


def stage(world: Any) -> None:
    """Fill the world of tests/integration/endpoints.py: `world.size` of everything."""
