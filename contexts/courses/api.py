"""The door to courses: every use case, and what it may raise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from contexts.courses.adapters import answers, learners
from contexts.courses.adapters import writings as corrections
from contexts.courses.adapters.catalogue import OrmCatalogue
from contexts.courses.adapters.enrollments import OrmEnrollments
from contexts.courses.adapters.learners import LearnerEntitlements
from contexts.courses.adapters.packs import PackRefused, read_pack
from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.application.enrollments import (
    AlreadyAnswered,
    AlreadyEnrolled,
    Graded,
    Learning,
)
from contexts.courses.domain.cards import NoCard
from contexts.courses.domain.enrollments import (
    CourseNotFound,
    EnrollmentNotFound,
    ExerciseNotFound,
    LessonNotFound,
    LessonUnfinished,
    PremiumRequired,
    UnitNotFound,
)
from contexts.courses.domain.exercises import MalformedAnswer
from contexts.courses.domain.grading.patterns import expand_patterns
from contexts.courses.events import PersonErased
from contexts.courses.services import fabrication, privacy
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Conflict, NotFound
from contexts.shared.people.people import People


class AttemptIdReused(Conflict):
    code = "attempt_id_reused"
    message = "This attempt id was used for another exercise."


atomic = for_context("courses")
_catalogue = OrmCatalogue()
_enrollments = OrmEnrollments()
_learning = Learning(
    catalogue=_catalogue,
    enrollments=_enrollments,
    scheduler=FsrsScheduler(),
    words=SystemKnownWords(),
    entitlements=LearnerEntitlements(),
    drafts=corrections.CommunityDrafts(),
)

_enroll = atomic(_learning.enroll)
_answer = atomic(_learning.answer)
complete_lesson = atomic(_learning.complete_lesson)
move_on = atomic(_learning.move_on)
_publish = atomic(_catalogue.publish)
note_premium = atomic(learners.note_premium)
_remember = atomic(_learning.remember_correction)
PEOPLE = People(
    directory=learners.directory,
    noun="learner",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=privacy.erase,
    erased=PersonErased,
)
fabricate = atomic(fabrication.fabricate)


def enroll(*, enrollment_id: UUID, learner_id: UUID, course: str, now: datetime) -> UUID:
    """Begin a course; whoever is enrolled already gets that enrollment. Raises CourseNotFound."""
    try:
        return _enroll(enrollment_id=enrollment_id, learner_id=learner_id, course=course, now=now)
    except AlreadyEnrolled:
        existing = _enrollments.find(learner_id=learner_id, course=course)
        if existing is None:
            raise
        return existing


def answer(
    *,
    enrollment_id: UUID,
    learner_id: UUID,
    attempt_id: UUID,
    exercise: str,
    answer: Mapping[str, Any],
    duration_ms: int | None,
    now: datetime,
) -> Graded:
    """Grade an answer, once an attempt id: sent again, it gets the grade that it got.

    Raises EnrollmentNotFound, ExerciseNotFound, MalformedAnswer, AttemptIdReused.
    """
    try:
        return _answer(
            enrollment_id=enrollment_id,
            learner_id=learner_id,
            attempt_id=attempt_id,
            exercise=exercise,
            answer=answer,
            duration_ms=duration_ms,
            now=now,
        )
    except AlreadyAnswered:
        kept = answers.graded(enrollment_id, attempt_id, exercise=exercise)
        if kept is None:
            raise AttemptIdReused from None
        return kept


def remember_correction(*, learner_id: UUID, edit_id: UUID, now: datetime) -> None:
    """Put an edit that the learner accepted into their reviews; a second time changes nothing."""
    try:
        card = corrections.corrected_sentence(edit_id)
    except (NoCard, NotFound):
        # Taken back or erased meanwhile: there is nothing to remember any more.
        return
    _remember(learner_id=learner_id, card=card, now=now)


def model_answer(patterns: Sequence[str]) -> str:
    """The answer that a list of patterns shows first."""
    return expand_patterns(patterns)[0]


def publish_pack(folder: Path, *, now: datetime) -> bool:
    """Publish the pack in a folder as its course's newest version; False when it already is.

    Raises PackRefused with every error in it.
    """
    return _publish(read_pack(folder), now=now)
