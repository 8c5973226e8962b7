"""The read side: what our own endpoints show, as frozen DTOs."""

from contexts.tutoring.queries.lessons import (
    LessonFilter,
    LessonShown,
    lesson,
    lesson_shown,
    lessons_of,
    room_is_open,
)
from contexts.tutoring.queries.people import PersonShown
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
    tutor,
    tutor_shown,
    tutors,
)
from contexts.tutoring.queries.weeks import (
    Clock,
    DayShown,
    RequestShown,
    clock_of,
    requests,
    to_come,
    to_conclude,
    week_of,
)

__all__ = [
    "ApplicationShown",
    "AvailabilityShown",
    "Clock",
    "DayShown",
    "LessonFilter",
    "LessonShown",
    "PersonShown",
    "PolicyShown",
    "RequestShown",
    "SlotShown",
    "SlotsShown",
    "TutorFilter",
    "TutorShown",
    "application",
    "availability",
    "clock_of",
    "lesson",
    "lesson_shown",
    "lessons_of",
    "policies",
    "requests",
    "room_is_open",
    "slots_by_tutor",
    "slots_of",
    "to_come",
    "to_conclude",
    "tutor",
    "tutor_shown",
    "tutors",
    "tutors_with_slots",
    "tutors_without_slots",
    "week_of",
]
