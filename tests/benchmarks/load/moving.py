"""Move all contexts from one database to another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections


def sizes() -> list[int]:
    """Return the sizes of the databases, the smallest first."""
    return sorted(int(alias.removeprefix("n")) for alias in connections if alias.startswith("n"))


def alias(size: int) -> str:
    return f"n{size}"


def to(size: int) -> Callable[[], None]:
    """Return a call that moves all contexts there."""
    homes: dict[str, str] = settings.CONTEXT_DATABASES
    return lambda: homes.update(dict.fromkeys(homes, alias(size)))


@contextmanager
def staying_at(size: int) -> Iterator[None]:
    """Stay there for the block, then go back to the first."""
    to(size)()
    try:
        yield
    finally:
        to(sizes()[0])()
