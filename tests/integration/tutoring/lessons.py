"""What has become of a lesson, and what was published of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from contexts.shared.messaging.models import StoredEvent
from contexts.tutoring.models import Lesson

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def published(name: str) -> list[dict[str, Any]]:
    """What the events of this name say, in order."""
    found = StoredEvent.objects.filter(name=f"tutoring.{name}.v1").order_by("id")
    return [event.data for event in found]


def all_published() -> list[str]:
    """The events of lessons, by their short names, in order."""
    names = StoredEvent.objects.filter(name__startswith="tutoring.lesson").order_by("id")
    return [name.split(".")[1] for name in names.values_list("name", flat=True)]


def state(lesson: Lesson) -> tuple[str, str, int | None]:
    """Its state, who ended it, and how much of the credit was spent."""
    row = Lesson.objects.get(pk=lesson.pk)
    return row.state, row.ended_by, row.spent_percent


def side(lesson: Lesson, part: str) -> UUID:
    """Who has this part in it, `learner` or `tutor`."""
    found = lesson.learner_id if part == "learner" else lesson.tutor_id
    assert found is not None
    return found
