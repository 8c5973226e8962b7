"""Ports of the use cases."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.booking import Offering, Record
from contexts.tutoring.domain.lessons import Lesson
from contexts.tutoring.domain.tutors import Tutor


class Credits(Protocol):
    """The learner's lesson credits; a hold's id is its lesson's."""

    def hold(
        self,
        *,
        lesson_id: UUID,
        learner_id: UUID,
        tutor_id: UUID,
        cost: int,
        until: datetime,
        now: datetime,
    ) -> None:
        """Hold `cost` hundredths of a credit; a repeated call changes nothing.

        Raises NotEnoughCredits, and BookingLapsed if the hold was settled before.
        """
        ...

    def is_held(self, *, lesson_id: UUID) -> bool: ...


class Diaries(Protocol):
    """Busy times of people. One transaction at a time holds a person's diary."""

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
        """Insert a lesson. Raises SlotTaken if a participant's cell is taken after all."""
        ...

    def take(self, lesson_id: UUID) -> Lesson:
        """Locked until the transaction ends. Raises LessonNotFound."""
        ...

    def take_of(self, lesson_id: UUID, *, person_id: UUID) -> Lesson:
        """Return a participant's lesson, locked; not found if a block separates the two."""
        ...

    def record_of(self, learner_id: UUID, *, since: datetime) -> Record:
        """Return a learner's open lessons, and their cancellations since then."""
        ...

    def is_apart(self, lesson: Lesson) -> bool:
        """Whether a block separates the two participants."""
        ...

    def save(self, lesson: Lesson) -> None:
        """Save the row and its events; an ended lesson leaves the diaries."""
        ...

    def move(self, lesson: Lesson) -> None:
        """Save a lesson with the cells of its new slot. Raises SlotTaken."""
        ...


class TutorRepository(Protocol):
    def take(self, tutor_id: UUID) -> Tutor | None:
        """Locked until the transaction ends."""
        ...

    def add(self, tutor: Tutor) -> None:
        """Insert a tutor. Raises AlreadyATutor if a parallel application won."""
        ...

    def save(self, tutor: Tutor) -> None: ...
