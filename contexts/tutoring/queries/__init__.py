"""The read side: what our own endpoints show, as frozen DTOs."""

from contexts.tutoring.queries.lessons import (
    LessonFilter,
    LessonShown,
    booked_lessons,
    lesson,
    lesson_shown,
    lessons_of,
)
from contexts.tutoring.queries.people import PersonShown, zone_of
from contexts.tutoring.queries.policies import PolicyShown, policies
from contexts.tutoring.queries.slots import (
    SlotShown,
    SlotsShown,
    slots_by_tutor,
    slots_of,
    tutors_with_slots,
    tutors_without_slots,
)
from contexts.tutoring.queries.tutors import (
    ApplicationShown,
    AvailabilityShown,
    TutorFilter,
    TutorShown,
    application,
    availability,
    is_tutor,
    tutor,
    tutor_shown,
    tutors,
)

__all__ = [
    "ApplicationShown",
    "AvailabilityShown",
    "LessonFilter",
    "LessonShown",
    "PersonShown",
    "PolicyShown",
    "SlotShown",
    "SlotsShown",
    "TutorFilter",
    "TutorShown",
    "application",
    "availability",
    "booked_lessons",
    "is_tutor",
    "lesson",
    "lesson_shown",
    "lessons_of",
    "policies",
    "slots_by_tutor",
    "slots_of",
    "tutor",
    "tutor_shown",
    "tutors",
    "tutors_with_slots",
    "tutors_without_slots",
    "zone_of",
]
