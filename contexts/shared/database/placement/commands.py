"""The databases on which the transaction of a use case is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[frozenset[str]] = ContextVar("open_transactions", default=frozenset())


def in_command(using: str) -> bool:
    """Whether a use case's transaction is open on this database."""
    return using in _open.get()


def open_commands() -> frozenset[str]:
    """Return the aliases with an open transaction of a use case."""
    return _open.get()


@contextmanager
def command_on(using: str) -> Iterator[None]:
    """Mark the transaction as open within the block."""
    token = _open.set(_open.get() | {using})
    try:
        yield
    finally:
        _open.reset(token)
