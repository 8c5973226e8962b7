"""The read side of tutoring: frozen DTOs and querysets."""

from contexts.tutoring.queries.availability import (
    Availability,
    ChangedDay,
    Hours,
    Rule,
    Travel,
    Week,
    availability,
)
from contexts.tutoring.queries.desk import (
    Clock,
    Day,
    Request,
    clock_of,
    requests,
    to_come,
    to_conclude,
    waiting,
    week_of,
)
from contexts.tutoring.queries.lessons import (
    BookedLesson,
    LessonFilter,
    lesson,
    lessons_of,
    room_is_open,
    to_lesson,
)
from contexts.tutoring.queries.people import Participant, zone_of
from contexts.tutoring.queries.policies import Band, Policies, Policy, policies
from contexts.tutoring.queries.slots import (
    FoundTutor,
    Slot,
    Slots,
    slots_by_tutor,
    slots_of,
    tutors_with_slots,
    tutors_without_slots,
)
from contexts.tutoring.queries.tutors import (
    Application,
    Tutor,
    TutorFilter,
    application,
    to_tutor,
    tutor,
    tutors,
)
