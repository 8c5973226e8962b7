"""Tutoring's ports on rows in memory, and its use cases on these ports."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contexts.shared.kernel import Event
from contexts.tutoring.application.booking import Booking, BookingSaga
from contexts.tutoring.application.lessons import Lessons
from contexts.tutoring.application.tutors import Tutors
from contexts.tutoring.domain.availability import Availability, Hours, Slot, WeeklyRule, cells
from contexts.tutoring.domain.booking import Offering, Record, SlotTaken
from contexts.tutoring.domain.lesson_refusals import LessonNotFound, NotEnoughCredits
from contexts.tutoring.domain.lessons import Lesson
from contexts.tutoring.domain.tutors import AlreadyATutor, Tutor, TutorNotFound, TutorState

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
START = NOW + timedelta(days=3)
LEARNER, TUTOR, LESSON = UUID(int=1), UUID(int=2), UUID(int=3)
ALL_DAY = tuple(WeeklyRule(day, Hours(0, 24 * 60)) for day in range(1, 8))


def pending(**changes: Any) -> Lesson:
    """Return a pending lesson in three days, as booking makes it."""
    facts: dict[str, Any] = {
        "id": LESSON,
        "learner_id": LEARNER,
        "tutor_id": TUTOR,
        "language": "en",
        "starts_at": START,
        "ends_at": START + timedelta(hours=1),
        "policy": "graded.v1",
        "hold_until": NOW + timedelta(hours=1),
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Lesson(**{**facts, **changes})


def booked(**changes: Any) -> Lesson:
    """Return a booked lesson without events."""
    found = pending(**changes)
    found.confirm(now=NOW)
    found.collect_events()
    return found


@dataclass
class FakeLessons:
    """Lessons by id, the cells that they take, and the events in order."""

    rows: dict[UUID, Lesson] = field(default_factory=dict)
    apart: bool = False
    record: Record = field(default_factory=lambda: Record(open=0, canceled=0))
    events: list[Event] = field(default_factory=list)
    cells: dict[UUID, frozenset[int]] = field(default_factory=dict)

    def add(self, lesson: Lesson) -> None:
        self._occupy(lesson)
        self.rows[lesson.id] = deepcopy(lesson)

    def take(self, lesson_id: UUID) -> Lesson:
        if lesson_id not in self.rows:
            raise LessonNotFound
        return deepcopy(self.rows[lesson_id])

    def take_of(self, lesson_id: UUID, *, person_id: UUID) -> Lesson:
        found = self.take(lesson_id)
        if self.apart or person_id not in {found.learner_id, found.tutor_id}:
            raise LessonNotFound
        return found

    def record_of(self, learner_id: UUID, *, since: datetime) -> Record:
        return self.record

    def is_apart(self, lesson: Lesson) -> bool:
        return self.apart

    def save(self, lesson: Lesson) -> None:
        self.events += lesson.collect_events()
        self.rows[lesson.id] = deepcopy(lesson)

    def move(self, lesson: Lesson) -> None:
        del self.cells[lesson.id]
        self._occupy(lesson)
        self.save(lesson)

    def _occupy(self, lesson: Lesson) -> None:
        wanted = frozenset(cells(lesson.slot))
        if any(not wanted.isdisjoint(taken) for taken in self.cells.values()):
            raise SlotTaken
        self.cells[lesson.id] = wanted


@dataclass
class FakeDiaries:
    """Taken cells by person; `locked` lists the calls of `take`."""

    taken: dict[UUID, frozenset[int]] = field(default_factory=dict)
    locked: list[tuple[UUID, ...]] = field(default_factory=list)

    def take(self, *people: UUID) -> None:
        self.locked.append(people)

    def busy(self, *people: UUID, around: Slot, minutes: int) -> Mapping[UUID, frozenset[int]]:
        return {one: self.taken[one] for one in people if one in self.taken}


@dataclass
class FakeOffers:
    """Offerings by tutor."""

    rows: dict[UUID, Offering] = field(default_factory=dict)

    def of(self, tutor_id: UUID, *, to: UUID) -> Offering:
        if tutor_id not in self.rows:
            raise TutorNotFound
        return self.rows[tutor_id]


@dataclass
class FakeCredits:
    """A wallet of whole credits, and the lessons that hold one."""

    available: int = 1
    held: set[UUID] = field(default_factory=set)

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
        if lesson_id in self.held:
            return
        if not self.available:
            raise NotEnoughCredits
        self.available -= 1
        self.held.add(lesson_id)

    def is_held(self, *, lesson_id: UUID) -> bool:
        return lesson_id in self.held


@dataclass
class FakeTutors:
    """Tutors by id, and their events. `twin` makes `add` lose against a parallel application."""

    rows: dict[UUID, Tutor] = field(default_factory=dict)
    twin: bool = False
    events: list[Event] = field(default_factory=list)

    def take(self, tutor_id: UUID) -> Tutor | None:
        return deepcopy(self.rows.get(tutor_id))

    def add(self, tutor: Tutor) -> None:
        if self.twin or tutor.id in self.rows:
            raise AlreadyATutor
        self.save(tutor)

    def save(self, tutor: Tutor) -> None:
        self.events += tutor.collect_events()
        self.rows[tutor.id] = deepcopy(tutor)


def offering(**changes: Any) -> Offering:
    """Return what a tutor of English offers: the whole day, every day, in UTC."""
    facts: dict[str, Any] = {
        "tutor_id": TUTOR,
        "languages": ("en",),
        "policy": "graded.v1",
        "availability": Availability(zone="UTC", rules=ALL_DAY),
    }
    return Offering(**{**facts, **changes})


@dataclass
class FakeTutoring:
    """All ports in memory; `keys` are the lessons that an Idempotency-Key has begun."""

    lessons: FakeLessons = field(default_factory=FakeLessons)
    diaries: FakeDiaries = field(default_factory=FakeDiaries)
    offers: FakeOffers = field(default_factory=lambda: FakeOffers({TUTOR: offering()}))
    credits: FakeCredits = field(default_factory=FakeCredits)
    tutors: FakeTutors = field(default_factory=FakeTutors)
    keys: dict[str, UUID] = field(default_factory=dict)

    @property
    def booking(self) -> Booking:
        return Booking(diaries=self.diaries, offers=self.offers, lessons=self.lessons)

    @property
    def life(self) -> Lessons:
        return Lessons(lessons=self.lessons)

    @property
    def teaching(self) -> Tutors:
        return Tutors(tutors=self.tutors)

    def saga(self, key: str = "") -> BookingSaga:
        """Return the saga; repeated calls under one key begin one lesson."""

        def begin(**facts: Any) -> UUID:
            if key not in self.keys or not key:
                self.keys[key] = self.booking.begin(**facts)
            return self.keys[key]

        return BookingSaga(
            begin=begin,
            credits=self.credits,
            confirm=self.booking.confirm,
            lapse=self.booking.lapse,
            read=self.lessons.take,
        )


def has_approved_tutor(tutoring: FakeTutoring, state: TutorState = TutorState.ACTIVE) -> Tutor:
    """Store a tutor in a state and return them."""
    tutor = Tutor(
        id=TUTOR,
        languages=("en",),
        introduction="Hello.",
        availability=Availability(zone="UTC"),
        state=state,
        applied_at=NOW,
    )
    tutoring.tutors.rows[TUTOR] = tutor
    return tutor
