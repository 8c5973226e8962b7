"""Terms that hold from a day of the seller's zone on, until newer ones begin."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Term(Protocol):
    @property
    def valid_from(self) -> date: ...


T = TypeVar("T", bound=Term)


def in_force(terms: Iterable[T], *, day: date) -> T:
    """Return the newest term in force. Raises ValueError if there is none."""
    begun = (one for one in terms if one.valid_from <= day)
    return max(begun, key=lambda one: one.valid_from)
