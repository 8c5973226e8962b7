from functools import partial
from typing import Any

from contexts.billing.events import EntitlementChanged, PaymentFailed
from contexts.community import api
from contexts.community.events import (
    CorrectionThanked,
    EditAccepted,
    EditDisputed,
    EditReplied,
    SubmissionCorrected,
    SubmissionOpened,
    SubmissionRewritten,
)
from contexts.courses.events import LessonCompleted, WritingSubmitted
from contexts.identity import events as identity_events
from contexts.shared.messaging.registry import Subscriber, add, subscribe
from contexts.shared.people.people import follow_people
from contexts.tutoring.events import (
    AbsenceDisputed,
    AbsenceReported,
    LessonBooked,
    LessonCanceled,
    LessonMissed,
    LessonRescheduled,
)
from contexts.tutoring.events import (
    LessonCompleted as LessonHeld,
)

follow_people(api.PEOPLE, events=identity_events)


@subscribe(LessonCompleted)
def count_lesson(event: LessonCompleted) -> None:
    api.note_lesson(member_id=event.learner_id, completed_at=event.occurred_at)


@subscribe(WritingSubmitted)
def open_writing(event: WritingSubmitted) -> None:
    api.open_draft(submission_id=event.submission_id, now=event.occurred_at)


@subscribe(SubmissionOpened, outside=True)
def draft_opened(event: SubmissionOpened) -> None:
    api.make_draft(submission_id=event.submission_id)


@subscribe(SubmissionRewritten, outside=True)
def draft_rewritten(event: SubmissionRewritten) -> None:
    api.make_draft(submission_id=event.submission_id)


@subscribe(SubmissionCorrected)
def tell_of_correction(event: SubmissionCorrected) -> None:
    api.notify(
        recipient_id=event.member_id,
        kind="submission_corrected",
        cause=f"correction:{event.correction_id}",
        actor_id=event.corrector_id,
        subject_id=event.correction_id,
        submission_id=event.submission_id,
        now=event.occurred_at,
    )


@subscribe(EditAccepted)
def tell_of_acceptance(event: EditAccepted) -> None:
    api.notify(
        recipient_id=event.corrector_id,
        kind="edit_accepted",
        cause=f"accepted:{event.edit_id}",
        actor_id=event.member_id,
        subject_id=event.edit_id,
        submission_id=event.submission_id,
        now=event.occurred_at,
    )


@subscribe(EditDisputed)
def tell_of_dispute(event: EditDisputed) -> None:
    api.notify(
        recipient_id=event.corrector_id,
        kind="edit_disputed",
        cause=f"disputed:{event.edit_id}",
        actor_id=event.member_id,
        subject_id=event.edit_id,
        submission_id=event.submission_id,
        now=event.occurred_at,
    )


@subscribe(EditReplied)
def tell_of_reply(event: EditReplied) -> None:
    api.notify(
        recipient_id=event.told_id,
        kind="edit_replied",
        cause=f"reply:{event.reply_id}",
        actor_id=event.member_id,
        subject_id=event.edit_id,
        submission_id=event.submission_id,
        now=event.occurred_at,
    )


@subscribe(CorrectionThanked)
def tell_of_thanks(event: CorrectionThanked) -> None:
    api.notify(
        recipient_id=event.corrector_id,
        kind="correction_thanked",
        cause=f"thanked:{event.correction_id}",
        actor_id=event.member_id,
        subject_id=event.correction_id,
        submission_id=event.submission_id,
        now=event.occurred_at,
    )


@subscribe(LessonBooked)
def tell_of_booking(event: LessonBooked) -> None:
    api.notify(
        recipient_id=event.tutor_id,
        kind="lesson_booked",
        cause=f"booked:{event.lesson_id}",
        actor_id=event.learner_id,
        subject_id=event.lesson_id,
        now=event.occurred_at,
    )


@subscribe(LessonCanceled)
def tell_of_cancellation(event: LessonCanceled) -> None:
    people = {"learner": event.learner_id, "tutor": event.tutor_id}
    actor_id = people.pop(event.by, None)
    for recipient_id in people.values():
        api.notify(
            recipient_id=recipient_id,
            kind="lesson_canceled",
            cause=f"canceled:{event.lesson_id}",
            actor_id=actor_id,
            subject_id=event.lesson_id,
            now=event.occurred_at,
        )


@subscribe(EntitlementChanged)
def tell_of_entitlement(event: EntitlementChanged) -> None:
    api.notify(
        recipient_id=event.customer_id,
        kind="entitlement_changed",
        cause=f"entitlement:{event.feature}:{event.revision}"[:80],
        now=event.occurred_at,
    )


@subscribe(PaymentFailed)
def tell_of_failed_payment(event: PaymentFailed) -> None:
    api.notify(
        recipient_id=event.customer_id,
        kind="payment_failed",
        cause=f"unpaid:{event.subscription_id}:{event.occurred_at:%y%m%d%H%M%S}",
        subject_id=event.subscription_id,
        now=event.occurred_at,
    )


def _tell_both(kind: str, event: Any) -> None:
    """Tell both participants of a lesson. It may happen to one lesson more than once."""
    cause = f"{kind}:{event.lesson_id}:{event.occurred_at:%y%m%d%H%M%S}"
    pair = (event.learner_id, event.tutor_id)
    for recipient_id, actor_id in (pair, pair[::-1]):
        api.notify(
            recipient_id=recipient_id,
            kind=kind,
            cause=cause,
            actor_id=actor_id,
            subject_id=event.lesson_id,
            now=event.occurred_at,
        )


for _event, _kind, _name in (
    (LessonRescheduled, "lesson_rescheduled", "tell_of_rescheduling"),
    (LessonHeld, "lesson_completed", "tell_of_completion"),
    (LessonMissed, "lesson_missed", "tell_of_missed_lesson"),
    (AbsenceReported, "absence_reported", "tell_of_absence"),
    (AbsenceDisputed, "absence_disputed", "tell_of_disputed_absence"),
):
    add(Subscriber(f"community.{_name}", "community", _event, partial(_tell_both, _kind), False))
