"""On which databases the transaction of a use case is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[frozenset[str]] = ContextVar("open_transactions", default=frozenset())


def in_command(using: str) -> bool:
    """Whether a use case's transaction is open on this database."""
    return using in _open.get()


def open_commands() -> frozenset[str]:
    """The databases on which a use case's transaction is open."""
    return _open.get()


@contextmanager
def command_on(using: str) -> Iterator[None]:
    token = _open.set(_open.get() | {using})
    try:
        yield
    finally:
        _open.reset(token)
