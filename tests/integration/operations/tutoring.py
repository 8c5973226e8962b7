"""Every REST operation of the context, where there is `size` of all there may be much of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from contexts.identity.models import User
from contexts.shared.kernel import now
from contexts.tutoring.models import Lesson, Tutor, TutorLanguage
from tests.factories.identity import UserFactory
from tests.factories.tutoring import (
    LessonFactory,
    PersonFactory,
    approved_tutor,
    booked,
    learner_with,
    on_the_hour,
)
from tests.integration.operations.asking import Asking


class Staged:
    """A tutor with many hours, many other tutors, and a learner with many lessons."""

    def __init__(self, world: Any) -> None:
        self.learner: User = UserFactory()
        self.tutor: User = UserFactory(roles=("tutor",))
        approved_tutor(self.tutor.pk, rules=_week(world.size))
        self._crowd(world.size)
        learner_with(3, PersonFactory(id=self.learner.pk).pk)
        self.pair = {"learner_id": self.learner.pk, "tutor_id": self.tutor.pk}
        for n in range(world.size):
            LessonFactory(**self.pair, starts_at=on_the_hour(days=30 + n))
        self.ahead: Lesson = booked(**self.pair)
        self.open: Lesson = LessonFactory(**self.pair, starts_at=now() - timedelta(minutes=5))
        self.over: Lesson = LessonFactory(**self.pair, starts_at=now() - timedelta(hours=3))

    def _crowd(self, size: int) -> None:
        like = Tutor.objects.values("state", "languages", "policy", "availability", "applied_at")
        values = like.get(pk=self.tutor.pk)
        people = PersonFactory.create_batch(size)
        Tutor.objects.bulk_create(
            Tutor(**values, id=person.pk, introduction="I teach.") for person in people
        )
        TutorLanguage.objects.bulk_create(
            TutorLanguage(tutor_id=person.pk, language="en") for person in people
        )


def _week(size: int) -> list[dict[str, Any]]:
    """Hours around the clock, in one piece a day or in as many as there may be."""
    pieces = 1 if size == 1 else 8
    step = 24 // pieces
    return [
        {"weekday": day, "start": f"{n * step:02}:00", "end": f"{(n + 1) * step:02}:00"}
        for day in range(1, 8)
        for n in range(pieces)
    ]


def stage(world: Any) -> None:
    """Fill the world of tests/integration/endpoints.py: `world.size` of everything."""
    world.tutoring = Staged(world)


def _as(who: str, path: str, body: Any = None) -> Callable[[Any], Asking]:
    return lambda world: Asking(
        path=f"tutoring/{path}", body=body, caller=getattr(world.tutoring, who)
    )


def _lesson(name: str, path: str = "", *, who: str = "learner", body: Any = None) -> Any:
    def asking(world: Any) -> Asking:
        lesson_id: UUID = getattr(world.tutoring, name).pk
        caller = getattr(world.tutoring, who)
        return Asking(path=f"tutoring/lessons/{lesson_id}{path}", body=body, caller=caller)

    return asking


def _tutor(path: str = "") -> Callable[[Any], Asking]:
    return lambda world: _as("learner", f"tutors/{world.tutoring.tutor.pk}{path}")(world)


def _book(world: Any) -> Asking:
    body = {
        "tutor": str(world.tutoring.tutor.pk),
        "starts_at": on_the_hour(days=5).isoformat(),
        "language": "en-GB",
    }
    return _as("learner", "lessons", body)(world)


def _dates(world: Any) -> Asking:
    size = world.size
    days = [(now() + timedelta(days=n)).date().isoformat() for n in range(size)]
    return _as(
        "tutor",
        "availability/overrides",
        {"overrides": [{"date": day, "off": True, "hours": []} for day in days]},
    )(world)


def _search(world: Any) -> Asking:
    since = on_the_hour(days=4).isoformat().replace("+", "%2B")
    return _as("learner", f"tutors?language=en&from={since}&page_size=100")(world)


_HOURS = {
    "time_zone": "Europe/Madrid",
    "rules": _week(100),
    "lesson_minutes": 60,
    "grid_minutes": 30,
    "notice_minutes": 0,
    "horizon_days": 60,
    "buffer_minutes": 0,
    "policy": "graded.v1",
}
_WISH = {"languages": ["en", "fr"], "introduction": "I teach.", "time_zone": "Asia/Tokyo"}
_LATER = {"starts_at": on_the_hour(days=6).isoformat()}

OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "get tutor-application": _as("tutor", "application"),
    "post tutor-application": _as("learner", "application", _WISH),
    "get availability": _as("tutor", "availability"),
    "put availability": _as("tutor", "availability", _HOURS),
    "put overrides": _dates,
    "put travels": _as("tutor", "availability/travels", {"travels": []}),
    "get policies": _as("learner", "policies"),
    "get tutors": _search,
    "get tutor": _tutor(),
    "get slots": _tutor("/slots"),
    "get booked-lessons": _as("learner", "lessons"),
    "post booked-lessons": _book,
    "get booked-lesson": _lesson("ahead"),
    "post lesson-cancellation": _lesson("ahead", "/cancellation"),
    "post rescheduling": _lesson("ahead", "/rescheduling", body=_LATER),
    "post completion": _lesson("over", "/completion", who="tutor"),
    "post absence": _lesson("over", "/absence"),
    "post room": _lesson("open", "/room"),
    "post calendar": _as("learner", "calendar"),
}
