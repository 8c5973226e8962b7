"""All contexts on one of several databases, and on another the moment after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections


def sizes() -> list[int]:
    """Of the databases that were given, the smallest first."""
    return sorted(int(alias.removeprefix("n")) for alias in connections if alias.startswith("n"))


def alias(size: int) -> str:
    return f"n{size}"


def to(size: int) -> Callable[[], None]:
    """A call that moves there."""
    homes: dict[str, str] = settings.CONTEXT_DATABASES
    return lambda: homes.update(dict.fromkeys(homes, alias(size)))


@contextmanager
def staying_at(size: int) -> Iterator[None]:
    """There for the block, then back to the first."""
    to(size)()
    try:
        yield
    finally:
        to(sizes()[0])()
