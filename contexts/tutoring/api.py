"""The door to tutoring: every use case, and what it may raise."""

from functools import partial

from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.people.people import People
from contexts.tutoring.adapters.credits import BillingCredits
from contexts.tutoring.adapters.diaries import OrmDiaries
from contexts.tutoring.adapters.lessons import OrmLessons, read_lesson
from contexts.tutoring.adapters.people import people
from contexts.tutoring.adapters.tutors import OrmOffers, OrmTutors
from contexts.tutoring.application.booking import Booking, BookingSaga
from contexts.tutoring.application.lessons import Lessons
from contexts.tutoring.application.tutors import Tutors
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
    TooManyCancellations,
    TooManyOpenLessons,
)
from contexts.tutoring.domain.documents import UnknownTimeZone
from contexts.tutoring.domain.lesson_refusals import (
    BookingLapsed,
    LearnerMayReport,
    LessonNotBooked,
    LessonNotFound,
    LessonNotOver,
    LessonStarted,
    NotEnoughCredits,
    NothingToAnswer,
    NothingToDecide,
    NotThereYourself,
    OnlyTheLearner,
    OnlyTheTutor,
    OtherWasThere,
)
from contexts.tutoring.domain.pauses import REASONS, NotAPause, PauseDay, PausedByStaff
from contexts.tutoring.domain.policies import (
    BOTH,
    POLICIES,
    LessonBinding,
    TooEarlyToReport,
    TooLateToReport,
    TooLateToReschedule,
    TooManyReschedules,
    UnknownPolicy,
)
from contexts.tutoring.domain.rooms import RoomClosed, RoomNotOpen
from contexts.tutoring.domain.tutors import (
    AlreadyATutor,
    ContactDetails,
    IntroductionTooLong,
    LanguagesMissing,
    NotATutor,
    NotInThisState,
    TutorNotFound,
)
from contexts.tutoring.events import PersonErased
from contexts.tutoring.services import (
    calendars,
    fabrication,
    leaving,
    mails,
    privacy,
    rooms,
    sweeping,
)
from contexts.tutoring.services.rooms import Room

atomic = for_context("tutoring")
_tutors = Tutors(tutors=OrmTutors())
_lessons = Lessons(lessons=OrmLessons())
_booking = Booking(diaries=OrmDiaries(), offers=OrmOffers(), lessons=OrmLessons())
_saga = BookingSaga(
    begin=atomic(_booking.begin),
    credits=BillingCredits(),
    confirm=atomic(_booking.confirm),
    lapse=atomic(_booking.lapse),
    read=read_lesson,
)

apply_as_tutor = atomic(_tutors.apply)
approve_tutor = atomic(_tutors.approve)
reject_tutor = atomic(_tutors.reject)
change_tutor_profile = atomic(_tutors.change_profile)
set_tutor_state = atomic(_tutors.set_state)
pause_tutor = atomic(_tutors.pause)
resume_tutor = atomic(_tutors.resume)
leave_tutoring = atomic(_tutors.leave)
set_hours = atomic(_tutors.set_hours)
set_overrides = atomic(_tutors.set_overrides)
set_travels = atomic(_tutors.set_travels)

book_lesson = _saga.book
reschedule_lesson = atomic(_booking.reschedule)
cancel_lesson = atomic(_lessons.cancel)
cancel_unpaid = atomic(_lessons.cancel_unpaid)
complete_lesson = atomic(_lessons.complete)
report_absence = atomic(_lessons.report_absence)
answer_absence = atomic(_lessons.answer_absence)
decide_absence = atomic(_lessons.decide_absence)
enter_room = partial(rooms.enter, atomic(_lessons.enter))
sweep = partial(
    sweeping.sweep,
    finish=_saga.finish,
    conclude=atomic(_lessons.conclude),
    resume=atomic(_tutors.resume_if_due),
)

rotate_calendar = atomic(calendars.rotate)
calendar = calendars.calendar

mail_lesson = atomic(mails.mail_lesson)
mail_decision = atomic(mails.mail_decision)

fabricate = atomic(fabrication.fabricate)

PEOPLE = People(
    directory=people,
    noun="person",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=leaving.erase,
    erased=PersonErased,
    end=leaving.end,
    ended="end_person",
    part=leaving.part,
)
