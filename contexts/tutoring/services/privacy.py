"""Export and erasure of a person's data."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from contexts.shared.privacy.exporting import exported
from contexts.tutoring.models import Block, CalendarFeed, Lesson, LessonCell, Person, Tutor

# Every column with a person's id, by model.
COLUMNS = frozenset(
    {
        "Block.blocked_id",
        "Block.blocker_id",
        "CalendarFeed.person_id",
        "Lesson.learner_id",
        "Lesson.tutor_id",
        "LessonCell.person_id",
        "Person.id",
        "Tutor.approved_by_id",
        "Tutor.id",
        "TutorLanguage.tutor",
    }
)


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Return the person, their offer as a tutor and their lessons; empty for a stranger."""
    parts: dict[str, QuerySet[Any, Any]] = {
        "person": Person.objects.filter(pk=person_id).values(
            "display_name", "time_zone", "interface_language"
        ),
        "tutor": Tutor.objects.filter(pk=person_id).values(
            "state", "languages", "introduction", "policy", "availability", "applied_at"
        ),
        "lessons": Lesson.objects.filter(Q(learner_id=person_id) | Q(tutor_id=person_id))
        .order_by("starts_at", "pk")
        .values("id", "language", "starts_at", "ends_at", "state", "policy", "spent_percent"),
        "calendar": CalendarFeed.objects.filter(person_id=person_id).values("rotated_at"),
    }
    return exported(parts)


def erase_traces(*, person_id: UUID) -> None:
    """Delete the tutor and the feed; lessons stay with the others, without this person."""
    Tutor.objects.filter(pk=person_id).delete()
    Tutor.objects.filter(approved_by_id=person_id).update(approved_by_id=None)
    CalendarFeed.objects.filter(person_id=person_id).delete()
    LessonCell.objects.filter(person_id=person_id).delete()
    Lesson.objects.filter(learner_id=person_id).update(learner_id=None)
    Lesson.objects.filter(tutor_id=person_id).update(tutor_id=None)
    Block.objects.filter(Q(blocker_id=person_id) | Q(blocked_id=person_id)).delete()
