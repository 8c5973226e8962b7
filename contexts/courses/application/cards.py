"""Corrections that a learner accepted, as cards to review."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.courses.application.ports import (
    AnswerRepository,
    Attempt,
    CardRepository,
    EnrollmentRepository,
)
from contexts.courses.domain.cards import Card
from contexts.courses.domain.grading.verdicts import Grade, Verdict
from contexts.courses.domain.reviews import Answered, Ask, Moment, Scheduler


@dataclass(frozen=True)
class Cards:
    enrollments: EnrollmentRepository
    answers: AnswerRepository
    cards: CardRepository
    scheduler: Scheduler

    def remember(self, *, learner_id: UUID, card: Card, now: datetime) -> None:
        """Add a card to the learner's reviews, as an item not yet known.

        Does nothing if the learner is in no course of its language or has the card.
        """
        newest = self.enrollments.find_newest(learner_id=learner_id, language=card.language)
        if newest is None:
            return
        enrollment = self.enrollments.take(newest, learner_id=learner_id)
        if not self.cards.add(enrollment, card, now=now):
            return
        grade = Grade(verdict=Verdict.WRONG, given=card.sentence, expected=card.corrected)
        answered = Answered(
            attempt_id=card.edit_id,
            moment=Moment(now, enrollment.time_zone),
            ask=Ask.PRODUCTION,
            ratings={card.key: grade.rating},
        )
        reviewed = enrollment.review(answered, traces={}, log=(), scheduler=self.scheduler, now=now)
        first = Attempt(
            answered=answered,
            lesson="",
            exercise=card.key,
            answer={},
            grade=grade,
            items=(card.key,),
            duration_ms=None,
        )
        self.answers.save(enrollment, first, reviewed)
