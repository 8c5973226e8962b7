from typing import Any

from contexts.billing.events import HoldLost
from contexts.identity import events as identity_events
from contexts.shared.messaging.registry import subscribe
from contexts.shared.people.people import follow_people
from contexts.tutoring import api
from contexts.tutoring.events import (
    AbsenceDisputed,
    AbsenceReported,
    LessonBooked,
    LessonCanceled,
    LessonMissed,
    LessonRescheduled,
    TutorApproved,
    TutorPaused,
    TutorRejected,
    TutorResumed,
)

follow_people(api.PEOPLE, events=identity_events)


@subscribe(HoldLost)
def cancel_unpaid(event: HoldLost) -> None:
    api.cancel_unpaid(lesson_id=event.hold_id, now=event.occurred_at)


@subscribe(LessonBooked)
def mail_booking(event: LessonBooked) -> None:
    _mail_time("lesson_booked", event)


@subscribe(LessonRescheduled)
def mail_move(event: LessonRescheduled) -> None:
    _mail_time("lesson_rescheduled", event)


@subscribe(LessonCanceled)
def mail_cancellation(event: LessonCanceled) -> None:
    _mail_both("lesson_canceled", event, by=event.by, spent_percent=event.spent_percent)


@subscribe(LessonMissed)
def mail_missed_lesson(event: LessonMissed) -> None:
    _mail_both("lesson_missed", event, absent=event.absent, spent_percent=event.spent_percent)


@subscribe(AbsenceReported)
def mail_reported_absence(event: AbsenceReported) -> None:
    api.mail_lesson(
        "absence_reported",
        lesson_id=event.lesson_id,
        people=(event.learner_id if event.absent == "learner" else event.tutor_id,),
        until=event.decides_at,
        now=event.occurred_at,
    )


@subscribe(AbsenceDisputed)
def mail_disputed_absence(event: AbsenceDisputed) -> None:
    api.mail_lesson(
        "absence_disputed",
        lesson_id=event.lesson_id,
        people=(event.tutor_id if event.absent == "learner" else event.learner_id,),
        now=event.occurred_at,
    )


@subscribe(TutorApproved)
def mail_approval(event: TutorApproved) -> None:
    api.mail_decision("application_approved", tutor_id=event.tutor_id, now=event.occurred_at)


@subscribe(TutorRejected)
def mail_rejection(event: TutorRejected) -> None:
    api.mail_decision("application_rejected", tutor_id=event.tutor_id, now=event.occurred_at)


@subscribe(TutorPaused)
def mail_pause(event: TutorPaused) -> None:
    # A tutor who pauses by themselves knows it.
    if event.by == "staff":
        api.mail_decision("teaching_paused", tutor_id=event.tutor_id, now=event.occurred_at)


@subscribe(TutorResumed)
def mail_return(event: TutorResumed) -> None:
    if event.by != "tutor":
        api.mail_decision("teaching_resumed", tutor_id=event.tutor_id, now=event.occurred_at)


def _mail_time(template: str, event: LessonBooked | LessonRescheduled) -> None:
    start = event.starts_at
    _mail_both(template, event, starts_at=start.isoformat(), until=start)


def _mail_both(
    template: str,
    event: LessonBooked | LessonRescheduled | LessonCanceled | LessonMissed,
    **more: Any,
) -> None:
    api.mail_lesson(
        template,
        lesson_id=event.lesson_id,
        people=(event.learner_id, event.tutor_id),
        now=event.occurred_at,
        **more,
    )
