"""Synthetic learners by the million, with their history.

Everything about a person follows from the number and `now`. So a stopped run can go on, and a
larger run contains a smaller one. A person only refers to people with lower numbers of the same
batch.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from busuu.workshop.journey.answers import right
from contexts.billing import api as billing
from contexts.community import api as community
from contexts.courses import api as courses
from contexts.identity import api as identity
from contexts.shared.people.made_up import (
    MadeUpLesson,
    MadeUpPerson,
    in_parts,
    joined_at,
    made_up_id,
    mixed,
)
from contexts.tutoring import api as tutoring

AT_ONCE = 10_000
# One of so many neighbors learns a lot, writes texts and takes lessons.
NEIGHBORS = 25
_BEGINNERS = 7
LESSONS = 2
_STREET = 200
# There are more tutors and texts among the first, so that their pages are full.
_EARLY = 2_000
_PERSON, _LESSON = 1, 2
_HALVES = {
    "es": (("ES", "Europe/Madrid"), ("MX", "America/Mexico_City"), ("CO", "America/Bogota")),
    "en": (("GB", "Europe/London"), ("US", "America/New_York"), ("IE", "Europe/Dublin")),
}
_STUDIED = {"es": "en", "en": "es"}
_LEVELS = ("A1", "A1", "A2", "B1")
_SYLLABLES = ("lu", "mi", "ta", "ro", "ve", "ka", "se", "no", "dora", "fen", "gali", "su", "re")


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of a seed at `now`."""

    seed: int
    now: datetime

    def people(self, start: int, stop: int) -> list[MadeUpPerson]:
        return [self.person(number) for number in range(start, stop)]

    def person(self, number: int) -> MadeUpPerson:
        chance = mixed(self.seed, number)
        native, active = self.native(number), _is_active(number)
        homes = _HALVES[native]
        country, time_zone = homes[chance // 7 % len(homes)]
        return MadeUpPerson(
            number=number,
            seed=self.seed,
            id=self.id(number),
            email=f"learner{number}.{self.seed}@fabricated.example",
            name=f"{_name(chance >> 8)} {_name(chance >> 32)}",
            native=native,
            studied=_STUDIED[native],
            level=_LEVELS[chance // 3 % len(_LEVELS)],
            country=country,
            time_zone=time_zone,
            joined_at=joined_at(number),
            began_at=self.now - timedelta(hours=24 * (LESSONS + 1) + chance % (24 * 60)),
            is_active=active,
            answered=_answered(number),
            lessons_completed=LESSONS if active else 0,
            texts=4 if active else int(number < _EARLY and number % 10 == 1),
            correctors=self._correctors(number, native) if active else (),
            teaches=number == _tutor_of(number),
            premium_until=self._premium_until(number, chance),
            blocks=self.id(number - 1) if number % 500 == 311 else None,
            lessons=self._lessons(number, native) if active else (),
        )

    def id(self, number: int) -> UUID:
        return made_up_id(self.seed, _PERSON, number)

    def native(self, number: int) -> str:
        return "en" if mixed(self.seed, number) & 1 else "es"

    def _correctors(self, number: int, native: str) -> tuple[UUID, ...]:
        near = range(number - number % NEIGHBORS, number)
        return tuple(self.id(other) for other in near if self.native(other) != native)

    def _premium_until(self, number: int, chance: int) -> datetime | None:
        if number % 20 != 7:
            return None
        return self.now + timedelta(days=30 + chance % 365)

    def _lessons(self, number: int, native: str) -> tuple[MadeUpLesson, ...]:
        tutor = _tutor_of(number)
        if self.native(tutor) == native:
            return ()
        turn = number % _STREET // NEIGHBORS
        return (
            self._lesson(number, tutor, days=-10 - turn, took_place=True),
            self._lesson(number, tutor, days=2 + turn, took_place=False),
        )

    def _lesson(self, number: int, tutor: int, *, days: int, took_place: bool) -> MadeUpLesson:
        # It is day then wherever a tutor lives.
        starts_at = (self.now + timedelta(days=days)).replace(
            hour=16, minute=0, second=0, microsecond=0
        )
        return MadeUpLesson(
            id=made_up_id(self.seed, _LESSON, number, int(took_place)),
            tutor_id=self.id(tutor),
            language=self.native(tutor),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            took_place=took_place,
        )


def fabricate(
    learners: int, *, seed: int, password: str | None, now: datetime
) -> Iterator[tuple[int, int]]:
    """Write so many learners into every context. Existing learners stay unchanged.

    Yields after each batch the number of learners so far and the rows of the batch. Raises
    courses.CourseNotFound if no course is published.
    """
    crowd, hashed = Crowd(seed, now), identity.password_hash(password)
    writes: list[Callable[[list[MadeUpPerson]], int]] = [
        lambda people: identity.fabricate(people, password_hash=hashed),
        lambda people: courses.fabricate(people, answer=right),
        lambda people: community.fabricate(people, now=now),
        lambda people: tutoring.fabricate(people, now=now),
        lambda people: billing.fabricate(people, now=now),
    ]
    for numbers in in_parts(range(learners), AT_ONCE):
        people = crowd.people(numbers[0], numbers[-1] + 1)
        yield numbers[-1] + 1, sum(write(people) for write in writes)


def _is_active(number: int) -> bool:
    return number % NEIGHBORS == NEIGHBORS - 1


def _answered(number: int) -> int:
    place = number % NEIGHBORS
    return place + 1 if place < _BEGINNERS else 0


def _tutor_of(number: int) -> int:
    return number - number % (20 if number < _EARLY else _STREET)


def _name(chance: int) -> str:
    count = len(_SYLLABLES)
    picked = (_SYLLABLES[chance // count**place % count] for place in range(3))
    return "".join(picked).capitalize()
