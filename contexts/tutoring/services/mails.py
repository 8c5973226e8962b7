"""Mails about lessons and applications. Each says what holds when it is sent."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.shared.mailing.facts import provides
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.posting import post
from contexts.tutoring.domain.lessons import LessonState
from contexts.tutoring.domain.tutors import TutorState
from contexts.tutoring.models import Lesson, Tutor
from contexts.tutoring.queries.mails import MailedLesson, mailed_lesson

# A tutor may have more lessons a day than other mails are sent.
_MOST_A_DAY = 200


def mail_lesson(
    template: str,
    *,
    lesson_id: UUID,
    people: tuple[UUID, ...],
    now: datetime,
    until: datetime | None = None,
    **facts: Any,
) -> None:
    """Post a mail about a lesson to participants, once for each template and instant.

    An erased person is no participant any more.
    """
    for person_id in _participants(lesson_id) & {*people}:
        post(
            template,
            context="tutoring",
            person_id=person_id,
            key=f"{lesson_id}:{now.isoformat()}",
            facts={"lesson_id": str(lesson_id), **facts},
            until=until,
            most_a_day=_MOST_A_DAY,
            now=now,
        )


def mail_decision(template: str, *, tutor_id: UUID, now: datetime) -> None:
    """Post what became of an application to teach. Does nothing if the person was erased."""
    if Tutor.objects.filter(pk=tutor_id).exists():
        post(template, context="tutoring", person_id=tutor_id, key=now.isoformat(), now=now)


def _participants(lesson_id: UUID) -> set[UUID]:
    pairs = Lesson.objects.filter(pk=lesson_id).values_list("learner_id", "tutor_id")
    return {one for pair in pairs for one in pair if one}


def _lesson_of(mail: Mail, holds: Callable[[MailedLesson], bool]) -> Mapping[str, Any] | None:
    lesson = mailed_lesson(UUID(mail.facts["lesson_id"]), to=mail.person_id)
    return {"lesson": lesson} if lesson is not None and holds(lesson) else None


@provides("tutoring", "lesson_booked")
@provides("tutoring", "lesson_rescheduled")
def _lesson_to_come(mail: Mail) -> Mapping[str, Any] | None:
    # If it has moved again, the mail of that move tells the time.
    start = datetime.fromisoformat(mail.facts["starts_at"])
    return _lesson_of(mail, lambda one: one.state is LessonState.BOOKED and one.starts_at == start)


@provides("tutoring", "lesson_canceled")
@provides("tutoring", "lesson_missed")
def _lesson_ended(mail: Mail) -> Mapping[str, Any] | None:
    return _lesson_of(mail, lambda one: not one.state.is_open)


@provides("tutoring", "absence_reported")
def _lesson_reported(mail: Mail) -> Mapping[str, Any] | None:
    return _lesson_of(mail, lambda one: one.state is LessonState.REPORTED)


@provides("tutoring", "absence_disputed")
def _lesson_disputed(mail: Mail) -> Mapping[str, Any] | None:
    return _lesson_of(mail, lambda one: one.state is LessonState.DISPUTED)


@provides("tutoring", "application_approved")
def _approved(mail: Mail) -> Mapping[str, Any] | None:
    return _tutor_is(TutorState.ACTIVE, mail)


@provides("tutoring", "application_rejected")
def _rejected(mail: Mail) -> Mapping[str, Any] | None:
    return _tutor_is(TutorState.REJECTED, mail)


@provides("tutoring", "teaching_paused")
def _paused(mail: Mail) -> Mapping[str, Any] | None:
    return _tutor_is(TutorState.PAUSED, mail)


@provides("tutoring", "teaching_resumed")
def _resumed(mail: Mail) -> Mapping[str, Any] | None:
    return _tutor_is(TutorState.ACTIVE, mail)


def _tutor_is(state: TutorState, mail: Mail) -> Mapping[str, Any] | None:
    return {} if Tutor.objects.filter(pk=mail.person_id, state=state).exists() else None
