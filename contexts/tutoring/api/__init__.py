"""The door to tutoring: every use case, and what it may raise."""

from contexts.tutoring.api.booking import book_lesson, reschedule_lesson, sweep
from contexts.tutoring.api.fabricating import fabricate
from contexts.tutoring.api.lessons import (
    Room,
    calendar,
    cancel_lesson,
    cancel_unpaid,
    complete_lesson,
    enter_room,
    report_absence,
    rotate_calendar,
)
from contexts.tutoring.api.people import PEOPLE
from contexts.tutoring.api.tutors import (
    apply_as_tutor,
    approve_tutor,
    leave_tutoring,
    pause_tutor,
    resume_tutor,
    set_hours,
    set_overrides,
    set_travels,
)
from contexts.tutoring.domain.availability import (
    HoursMalformed,
    HoursOverlap,
    TooMuchAvailability,
    TravelsOverlap,
)
from contexts.tutoring.domain.booking import (
    LanguageNotTaught,
    LearnerBusy,
    OwnLesson,
    SlotNotOffered,
    SlotTaken,
    TooFarAhead,
    TooLateToBook,
)
from contexts.tutoring.domain.documents import UnknownTimeZone
from contexts.tutoring.domain.policies import (
    POLICIES,
    LessonBinding,
    TooEarlyToReport,
    TooLateToReport,
    TooLateToReschedule,
    TooManyReschedules,
    UnknownPolicy,
)
from contexts.tutoring.domain.lesson_refusals import (
    BookingLapsed,
    LessonNotBooked,
    LessonNotFound,
    LessonNotOver,
    LessonStarted,
    NotEnoughCredits,
    OnlyTheLearner,
    OnlyTheTutor,
    OtherWasThere,
)
from contexts.tutoring.domain.rooms import RoomClosed, RoomNotOpen
from contexts.tutoring.domain.tutors import (
    AlreadyATutor,
    IntroductionTooLong,
    LanguagesMissing,
    NotATutor,
    NotInThisState,
    TutorNotFound,
)
