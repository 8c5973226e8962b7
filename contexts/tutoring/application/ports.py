"""What the use cases need of the world, in our own words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.booking import Offering
from contexts.tutoring.domain.lessons import Lesson
from contexts.tutoring.domain.tutors import Tutor


class Credits(Protocol):
    """The learner's lesson credits; a hold's id is its lesson's."""

    def hold(self, *, lesson_id: UUID, learner_id: UUID, until: datetime, now: datetime) -> None:
        """Set one credit aside, once however often asked.

        Raises NotEnoughCredits, and BookingLapsed where it was settled before.
        """
        ...

    def is_held(self, *, lesson_id: UUID) -> bool: ...


class Diaries(Protocol):
    """Who is busy when; a person's diary is open to one transaction at a time."""

    def take(self, *people: UUID) -> None:
        """Lock the diaries until the transaction ends, in one order for everybody."""
        ...

    def busy(self, *people: UUID, around: Slot, minutes: int) -> Mapping[UUID, frozenset[int]]:
        """The taken cells of each, from `minutes` before a slot to as many after it."""
        ...


class Offers(Protocol):
    def of(self, tutor_id: UUID, *, to: UUID) -> Offering:
        """Raises TutorNotFound, also when the two are apart or the tutor takes no bookings."""
        ...


class LessonRepository(Protocol):
    def add(self, lesson: Lesson) -> None:
        """Raises SlotTaken when a cell of one of the two is taken after all."""
        ...

    def take(self, lesson_id: UUID) -> Lesson:
        """Locked until the transaction ends. Raises LessonNotFound."""
        ...

    def take_of(self, lesson_id: UUID, *, person_id: UUID) -> Lesson:
        """The same, for one of its two; none to the other whom they do not meet."""
        ...

    def save(self, lesson: Lesson) -> None:
        """The row and the recorded events; what has ended leaves the diaries."""
        ...

    def move(self, lesson: Lesson) -> None:
        """The same, into the cells of its new slot. Raises SlotTaken."""
        ...


class TutorRepository(Protocol):
    def take(self, tutor_id: UUID) -> Tutor | None:
        """Locked until the transaction ends."""
        ...

    def add(self, tutor: Tutor) -> None:
        """Raises AlreadyATutor when a twin was faster."""
        ...

    def save(self, tutor: Tutor) -> None: ...
