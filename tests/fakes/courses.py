"""Courses' ports on rows in memory, and its use cases on these ports."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contexts.courses.application.answers import AlreadyAnswered, Answers, Graded, Reviewed
from contexts.courses.application.cards import Cards
from contexts.courses.application.enrollments import AlreadyEnrolled, Enrollments
from contexts.courses.application.lessons import Lessons
from contexts.courses.application.ports import Attempt, CurrentCourse, PlacedExercise
from contexts.courses.domain.cards import Card, card_id
from contexts.courses.domain.enrollments import (
    CourseNotFound,
    Enrollment,
    EnrollmentNotFound,
    ExerciseNotFound,
    LessonNotFound,
)
from contexts.courses.domain.exercises import parse
from contexts.courses.domain.grading.verdicts import Accents
from contexts.courses.domain.reviews import Answered, MemoryState, Trace
from contexts.shared.kernel import Event

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEARNER = UUID("01900000-0000-7000-8000-000000000001")
ENROLLMENT = UUID("01900000-0000-7000-8000-000000000002")
VERSION = UUID("01900000-0000-7000-8000-000000000003")
LESSON = "cafe.l.drinks"


def document(key: str, type_: str, **body: Any) -> dict[str, Any]:
    """Return an exercise as it is stored."""
    return {"id": key, "type": type_, "uses": ["cafe.w.coffee"], "language": "es", **body}


EXERCISES = {
    body["id"]: body
    for body in (
        document("cafe.e.choice", "choice", prompt={"en": "a"}, options=["un", "la"], answer="un"),
        document("cafe.e.write", "write", prompt={"en": "Who are you?"}, uses=[]),
        document(
            "cafe.e.secret", "translate", prompt={"en": "a tea"}, answers=["un té"], premium=True
        ),
    )
}


class NextDay:
    """A scheduler whose every review is due a day later."""

    model_version = "next-day.1"

    def review(
        self, state: MemoryState | None, *, rating: int, at: datetime, weight: float = 1.0
    ) -> MemoryState:
        del weight
        return MemoryState(
            stability=(state.stability if state else 0.0) + rating,
            difficulty=5.0,
            state="review",
            step=None,
            due=at + timedelta(days=1),
            last_review=at,
            model_version=self.model_version,
        )

    def retrievability(self, state: MemoryState, *, at: datetime) -> float:
        del state, at
        return 1.0


class NoDictionary:
    def is_word(self, text: str, language: str) -> bool | None:
        del text, language
        return None

    def lemma(self, text: str, language: str) -> str:
        del language
        return text


@dataclass
class Rows:
    """All that courses stores, for one course in Spanish."""

    version: UUID = VERSION
    enrollments: dict[UUID, Enrollment] = field(default_factory=dict)
    attempts: dict[UUID, Attempt] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)
    cards: dict[UUID, Card] = field(default_factory=dict)
    completions: dict[str, tuple[int, int]] = field(default_factory=dict)
    premium: set[UUID] = field(default_factory=set)
    writings: dict[UUID, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def publish(self, enrollment: Enrollment) -> None:
        self.events += enrollment.collect_events()

    def own(self, enrollment_id: UUID, learner_id: UUID) -> Enrollment:
        found = self.enrollments.get(enrollment_id)
        if found is None or found.learner_id != learner_id:
            raise EnrollmentNotFound
        return deepcopy(found)


@dataclass
class FakeCatalogue:
    rows: Rows

    def current(self, course: str) -> CurrentCourse:
        if course != "tiny":
            raise CourseNotFound(course=course)
        return CurrentCourse(key=course, version_id=self.rows.version, language="es-ES", level="A1")


@dataclass
class FakeEnrollments:
    rows: Rows

    def find(self, *, learner_id: UUID, course: str) -> UUID | None:
        mine = (one for one in self.rows.enrollments.values() if one.learner_id == learner_id)
        return next((one.id for one in mine if one.course == course), None)

    def find_newest(self, *, learner_id: UUID, language: str) -> UUID | None:
        return self.find(learner_id=learner_id, course="tiny") if language == "es" else None

    def add(self, enrollment: Enrollment, *, now: datetime) -> None:
        del now
        if self.find(learner_id=enrollment.learner_id, course=enrollment.course):
            raise AlreadyEnrolled
        self.rows.publish(enrollment)
        self.rows.enrollments[enrollment.id] = enrollment

    def take(self, enrollment_id: UUID, *, learner_id: UUID) -> Enrollment:
        return self.rows.own(enrollment_id, learner_id)

    def move(self, enrollment: Enrollment) -> None:
        self.rows.enrollments[enrollment.id] = enrollment


@dataclass
class FakeAnswers:
    rows: Rows

    def take(
        self, enrollment_id: UUID, *, learner_id: UUID, exercise: str
    ) -> tuple[Enrollment, PlacedExercise]:
        enrollment = self.rows.own(enrollment_id, learner_id)
        card = card_id(exercise)
        body = self.rows.cards[card].body() if card else EXERCISES.get(exercise)
        if body is None:
            raise ExerciseNotFound(exercise=exercise)
        lesson = "" if card else LESSON
        placed = PlacedExercise(lesson=lesson, exercise=parse(body), accents=Accents.LENIENT)
        return enrollment, placed

    def traces(self, enrollment_id: UUID, answered: Answered) -> dict[str, Trace]:
        del enrollment_id
        return {
            item: self.rows.traces[item] for item in answered.ratings if item in self.rows.traces
        }

    def log(self, enrollment: Enrollment, items: Collection[str]) -> list[Answered]:
        del enrollment
        log = [attempt.answered for attempt in self.rows.attempts.values()]
        return [one for one in log if {*items} & {*one.ratings}]

    def save(self, enrollment: Enrollment, attempt: Attempt, traces: Mapping[str, Trace]) -> None:
        if attempt.answered.attempt_id in self.rows.attempts:
            raise AlreadyAnswered
        self.rows.attempts[attempt.answered.attempt_id] = attempt
        self.rows.traces.update(traces)
        self.rows.publish(enrollment)

    def find_graded(self, enrollment_id: UUID, attempt_id: UUID, *, exercise: str) -> Graded | None:
        del enrollment_id
        stored = self.rows.attempts[attempt_id]
        if stored.exercise != exercise:
            return None
        return Graded(
            attempt_id=attempt_id,
            exercise=exercise,
            lesson=stored.lesson,
            grade=stored.grade,
            answered_at=stored.answered.moment.at,
            reviewed={
                item: Reviewed(rating, state.due)
                for item, rating in stored.answered.ratings.items()
                if (state := self.rows.traces[item].state)
            },
        )


@dataclass
class FakeLessons:
    rows: Rows

    def exercises(self, version_id: UUID, lesson: str) -> tuple[str, ...]:
        if version_id != self.rows.version or lesson != LESSON:
            raise LessonNotFound(lesson=lesson)
        return ("cafe.e.choice", "cafe.e.write")

    def last_passes(self, enrollment_id: UUID, lesson: str) -> dict[str, bool]:
        del enrollment_id
        attempts = [one for one in self.rows.attempts.values() if one.lesson == lesson]
        return {one.exercise: one.grade.verdict.accepted for one in attempts}

    def is_completed(self, enrollment_id: UUID, lesson: str) -> bool:
        del enrollment_id
        return lesson in self.rows.completions

    def save_completion(
        self, enrollment: Enrollment, *, lesson: str, exercises: int, correct: int, now: datetime
    ) -> None:
        del now
        self.rows.completions[lesson] = (exercises, correct)
        self.rows.publish(enrollment)


@dataclass
class FakeCards:
    rows: Rows

    def add(self, enrollment: Enrollment, card: Card, *, now: datetime) -> bool:
        del enrollment, now
        if card.edit_id in self.rows.cards:
            return False
        self.rows.cards[card.edit_id] = card
        return True


@dataclass
class FakeEntitlements:
    rows: Rows

    def has_premium(self, learner_id: UUID, *, now: datetime) -> bool:
        del now
        return learner_id in self.rows.premium


@dataclass
class FakeWritings:
    rows: Rows

    def keep(self, *, submission_id: UUID, text: str, **_: object) -> UUID:
        self.rows.writings[submission_id] = text
        return submission_id


@dataclass
class Courses:
    """The use cases on one world of rows."""

    rows: Rows = field(default_factory=Rows)

    def __post_init__(self) -> None:
        rows, scheduler = self.rows, NextDay()
        self.enrollments = Enrollments(
            catalogue=FakeCatalogue(rows), enrollments=FakeEnrollments(rows)
        )
        self.lessons = Lessons(enrollments=FakeEnrollments(rows), lessons=FakeLessons(rows))
        self.answers = Answers(
            catalogue=FakeCatalogue(rows),
            answers=FakeAnswers(rows),
            scheduler=scheduler,
            words=NoDictionary(),
            entitlements=FakeEntitlements(rows),
            writings=FakeWritings(rows),
        )
        self.cards = Cards(
            enrollments=FakeEnrollments(rows),
            answers=FakeAnswers(rows),
            cards=FakeCards(rows),
            scheduler=scheduler,
        )

    def enroll(self) -> "Courses":
        """Enroll the learner, and forget the event."""
        self.enrollments.enroll(
            enrollment_id=ENROLLMENT, learner_id=LEARNER, course="tiny", now=NOON
        )
        self.rows.events.clear()
        return self
