"""Synthetic people for development and benchmarks.

Each context writes the rows that events would have produced in it, and publishes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Model

P = TypeVar("P")

_ALL = 2**64 - 1
_BEGAN_AT = datetime(2023, 1, 1, tzinfo=UTC)
_BETWEEN = timedelta(seconds=10)
_FIRST_MS = int(_BEGAN_AT.timestamp() * 1000)
_STEP_MS = int(_BETWEEN.total_seconds() * 1000)
# One person joins every ten seconds. More people would join in the future.
MOST = 10_000_000
_KNOWN_AT_ONCE = 1_000


class MadeUpLesson(NamedTuple):
    """A lesson with a tutor. It has spent a credit if it `took_place`, otherwise it holds one."""

    id: UUID
    tutor_id: UUID
    language: str
    starts_at: datetime
    ends_at: datetime
    took_place: bool


class MadeUpPerson(NamedTuple):
    """A synthetic person. `number` and `seed` determine all other values.

    - `texts`: the number of texts that they wrote. `correctors` may correct them.
    - `answered`: the number of exercises that they answered since `began_at`.
    - `lessons_completed`: the number of lessons, one a day, if `is_active`.
    """

    number: int
    seed: int
    id: UUID
    email: str
    name: str
    native: str
    studied: str
    level: str
    country: str
    time_zone: str
    joined_at: datetime
    began_at: datetime
    is_active: bool
    answered: int
    lessons_completed: int
    texts: int
    correctors: tuple[UUID, ...]
    teaches: bool
    premium_until: datetime | None
    blocks: UUID | None
    lessons: tuple[MadeUpLesson, ...]


def mixed(seed: int, number: int) -> int:
    """Return 64 bits that look random and depend only on the arguments (SplitMix64's finalizer)."""
    mixing = (seed * 0x9E3779B97F4A7C15 + number * 0xD1342543DE82EF95 + 0x632BE59BD9B4E019) & _ALL
    mixing = ((mixing ^ (mixing >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    mixing = ((mixing ^ (mixing >> 27)) * 0x94D049BB133111EB) & _ALL
    return mixing ^ (mixing >> 31)


def made_up_id(seed: int, kind: int, number: int, of: int = 0) -> UUID:
    """Return a UUIDv7 at a person's time. `kind` and `of` distinguish the ids of one person."""
    milliseconds = _FIRST_MS + number * _STEP_MS + kind
    low = mixed(seed + kind * 1_000_003 + of * 7_919, number)
    high = (milliseconds << 16) | 0x7000 | (low >> 52)
    return UUID(int=(high << 64) | (low & 0x3FFFFFFFFFFFFFFF) | (0b10 << 62))


def joined_at(number: int) -> datetime:
    """Return when a person joined, ten seconds after the previous one."""
    return _BEGAN_AT + number * _BETWEEN


def unknown(
    people: Sequence[MadeUpPerson], model: type[Model], *, using: str
) -> list[MadeUpPerson]:
    """Return the people without a row in the table `model`, which has one row per person."""
    rows, known = model._default_manager.using(using), set[UUID]()
    for some in in_parts(people, _KNOWN_AT_ONCE):
        known.update(rows.filter(pk__in=[one.id for one in some]).values_list("pk", flat=True))
    return [one for one in people if one.id not in known]


def in_parts(things: Iterable[P], size: int) -> Iterator[list[P]]:
    """Yield lists of `size` things. The last one may be shorter."""
    waiting = iter(things)
    while part := list(islice(waiting, size)):
        yield part
