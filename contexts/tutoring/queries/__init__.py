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
from contexts.tutoring.queries.desk import (
    Clock,
    DayShown,
    RequestShown,
    clock_of,
    requests,
    to_come,
    to_conclude,
    week_of,
)
