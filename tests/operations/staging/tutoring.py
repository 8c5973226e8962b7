"""A teacher with many hours, many other tutors, and the learner's lessons with the teacher."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from contexts.shared.kernel import now
from contexts.tutoring import api
from tests.factories.tutoring import (
    LessonFactory,
    PersonFactory,
    approved_tutor,
    book,
    learner_with,
    on_the_hour,
    tutors_like,
)
from tests.operations.ids import AHEAD, ALONE, LEARNER_ID, OPEN, OVER, REPORTED, TEACHING

if TYPE_CHECKING:
    from tests.operations.world import World

_PAIR = {"learner_id": LEARNER_ID, "tutor_id": TEACHING}
_PIECES = 8


def week(size: int) -> list[dict[str, Any]]:
    """Hours around the clock: one piece a day, or as many pieces as a day may have."""
    pieces = 1 if size == 1 else _PIECES
    step = 24 // pieces
    return [
        {"weekday": day, "start": f"{n * step:02}:00", "end": f"{(n + 1) * step:02}:00"}
        for day in range(1, 8)
        for n in range(pieces)
    ]


def stage(world: "World") -> None:
    approved_tutor(TEACHING, rules=week(world.size))
    tutors_like(TEACHING, count=world.size)
    PersonFactory(id=LEARNER_ID)
    learner_with(3, LEARNER_ID)
    book(LEARNER_ID, TEACHING, on_the_hour(days=3), lesson_id=AHEAD)
    for number in range(world.size):
        LessonFactory(**_PAIR, starts_at=on_the_hour(days=30 + number), state="missed")
    LessonFactory(id=OPEN, starts_at=now() - timedelta(minutes=5), **_PAIR)
    over = now() - timedelta(hours=3)
    LessonFactory(id=OVER, starts_at=over, learner_entered_at=over, tutor_entered_at=over, **_PAIR)
    LessonFactory(id=ALONE, starts_at=over, learner_entered_at=over, **_PAIR)
    LessonFactory(
        id=REPORTED,
        starts_at=over,
        tutor_entered_at=over,
        state="reported",
        absent="learner",
        decides_at=now() + timedelta(days=1),
        **_PAIR,
    )


def pause_by_staff(world: "World") -> None:
    """Let staff pause the teacher."""
    api.pause_tutor(tutor_id=TEACHING, now=now())


def leave(world: "World") -> None:
    """Let the teacher leave."""
    api.leave_tutoring(tutor_id=TEACHING)
